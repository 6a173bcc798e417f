package workbook.queries.mistakes;

import java.sql.SQLException;
import javax.sql.DataSource;
import workbook.grading.proofs.Mistake;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.1: keys and numbers. */
final class TableKeyMistakes {
  private TableKeyMistakes() {}

  @Mistake(
      exercise = "3.1",
      violates = "a second row with the same id (23505)",
      idea = "`PRIMARY KEY (id, book_id)`: more columns make it more unique",
      because = "They make it less so: two loans of different books may have one id.",
      instead = "The id alone is the key.",
      rejectedBy = "the_server_refuses_rows_that_break_the_rules",
      says = "a second row with the same key or email",
      earns = 2)
  static class KeyOfTwoColumns extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      TableMistakes.run(
          dataSource,
          TableMistakes.RIGHT
              .replace("IDENTITY PRIMARY KEY,\n  book_id", "IDENTITY,\n  book_id")
              .replace("returned_on date", "returned_on date, PRIMARY KEY (id, book_id)"));
    }
  }

  @Mistake(
      exercise = "3.1",
      violates = "primary key, numbered by the server",
      idea = "A sequence of its own, `AS integer`",
      because = "It ends at 2147483647, although the column is a bigint.",
      instead = "An identity column: its sequence has the type of the column.",
      rejectedBy = "the_tables_have_the_columns_of_the_lesson",
      says = "Sequences that end before 3000000000",
      earns = 3,
      detail = true)
  static class SmallSequence extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      TableMistakes.run(
          dataSource,
          "CREATE SEQUENCE IF NOT EXISTS numbers AS integer;"
              + TableMistakes.RIGHT.replace(
                  "GENERATED ALWAYS AS IDENTITY", "DEFAULT nextval('numbers')"));
    }
  }
}
