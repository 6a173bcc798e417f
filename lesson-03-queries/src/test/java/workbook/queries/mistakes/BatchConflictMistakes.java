package workbook.queries.mistakes;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.NewBook;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.4: rows that the server would refuse. */
final class BatchConflictMistakes {
  private BatchConflictMistakes() {}


  private static int add(DataSource dataSource, List<NewBook> books, String sql)
      throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (NewBook book : books) {
        BatchMistakes.bind(statement, book);
        statement.addBatch();
      }
      statement.executeBatch();
      return books.size();
    }
  }

  @Mistake(
      exercise = "3.4",
      violates = "if the server refuses one of them",
      idea = "`ON CONFLICT DO NOTHING`, to be safe",
      because = "A book whose number is taken is left out, and the count says that it was added.",
      instead = "The refusal reaches the caller.",
      rejectedBy = "the_count_is_right_when_the_driver_rewrites_batches",
      says = "when the next number is taken",
      earns = 1,
      detail = true)
  static class SkipsConflicts extends ReferenceCatalogue {
    @Override
    public int addBooks(DataSource dataSource, List<NewBook> books) throws SQLException {
      return add(dataSource, books, BatchMistakes.INSERT + " ON CONFLICT DO NOTHING");
    }
  }
}
