package workbook.queries.mistakes;

import static workbook.queries.mistakes.AuthorMistakes.authors;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.AuthorCount;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.6: blanks within a name, limits, and what stays open. */
final class AuthorReadMistakes {
  private AuthorReadMistakes() {}


  @Mistake(
      exercise = "3.6",
      violates = "Names that differ in case or in blanks are different authors",
      idea = "Several blanks within a name are one",
      because = "Two blanks are another name than one.",
      instead = "`GROUP BY author`.",
      rejectedBy = "only_authors_with_more_books_are_found",
      says = "Authors with more than 1 books",
      earns = 1)
  static class OneBlankWithin extends ReferenceCatalogue {
    @Override
    public List<AuthorCount> authorsWithMoreThan(Jdbi jdbi, int count) {
      return authors(
          jdbi,
          """
          SELECT min(author), count(*) FROM books
          GROUP BY regexp_replace(author, ' +', ' ', 'g')
          HAVING count(*) > :count ORDER BY 2 DESC, 1
          """,
          count);
    }
  }

  @Mistake(
      exercise = "3.6",
      violates = "all these authors, most books first",
      idea = "`FETCH FIRST 50000 ROWS ONLY`, for a list that no reader finishes",
      because = "The contract has no such number.",
      instead = "No limit.",
      rejectedBy = "authors_come_most_books_first_then_by_name",
      says = "Limits on how many authors are returned",
      earns = 1,
      detail = true)
  static class FiftyThousandAtMost extends ReferenceCatalogue {
    @Override
    public List<AuthorCount> authorsWithMoreThan(Jdbi jdbi, int count) {
      return authors(
          jdbi,
          """
          SELECT author, count(*) FROM books GROUP BY author HAVING count(*) > :count
          ORDER BY 2 DESC, 1 FETCH FIRST 50000 ROWS ONLY
          """,
          count);
    }
  }

  @Mistake(
      exercise = "3.6",
      violates = "Close what you open, on every path: connections, handles, and the statements",
      idea = "JDBC's statement goes with its handle",
      because = """
          A handle gives its connection back, to a pool perhaps. The statement is JDBC's, and
          Jdbi does not know of it.""",
      instead = "The statement in the head of try.",
      rejectedBy = "authors_come_most_books_first_then_by_name",
      says = "What authorsWithMoreThan left open",
      earns = 1,
      detail = true)
  static class LeavesTheStatement extends ReferenceCatalogue {
    @Override
    public List<AuthorCount> authorsWithMoreThan(Jdbi jdbi, int count) {
      String query =
          "SELECT author, count(*) FROM books GROUP BY author HAVING count(*) > %s"
              + " ORDER BY 2 DESC, 1";
      List<AuthorCount> authors = new ArrayList<>();
      try (Handle handle = jdbi.open()) {
        Statement statement = handle.getConnection().createStatement();
        ResultSet rows = statement.executeQuery(query.formatted(count));
        while (rows.next()) {
          authors.add(new AuthorCount(rows.getString(1), rows.getLong(2)));
        }
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      return authors;
    }
  }
}
