package workbook.queries.mistakes;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static workbook.queries.mistakes.AuthorMistakes.authors;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import workbook.grading.proofs.Alternative;
import workbook.queries.Catalogue.AuthorCount;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.6: right answers that differ from the reference. */
final class AuthorAlternatives {
  private AuthorAlternatives() {}

  @Alternative(
      exercise = "3.6",
      idea =
          "A query around a query, so that `WHERE` can do it; or a window. Here: a "
          + "subquery, and a mapper written by hand.")
  static class WithSubquery extends ReferenceCatalogue {
    @Override
    public List<AuthorCount> authorsWithMoreThan(Jdbi jdbi, int count) {
      return authors(
          jdbi,
          """
          SELECT DISTINCT author, n FROM (
            SELECT author, count(*) OVER (PARTITION BY author) AS n FROM books) AS counted
          WHERE n > :count ORDER BY n DESC, author
          """,
          count);
    }
  }

  @Alternative(
      exercise = "3.6",
      idea =
          "The counting in Java: `groupingBy`, which keeps the server's order of names, "
          + "and a stable sort. It moves every row, but it is right.")
  static class InJava extends ReferenceCatalogue {
    @Override
    public List<AuthorCount> authorsWithMoreThan(Jdbi jdbi, int count) {
      try (Handle handle = jdbi.open()) {
        return handle
            .select("SELECT author FROM books ORDER BY author")
            .mapTo(String.class)
            .collect(groupingBy(author -> author, LinkedHashMap::new, counting()))
            .entrySet()
            .stream()
            .filter(entry -> entry.getValue() > count)
            .map(entry -> new AuthorCount(entry.getKey(), entry.getValue()))
            .sorted(Comparator.comparingLong(AuthorCount::books).reversed())
            .toList();
      }
    }
  }

  @Alternative(
      exercise = "3.6",
      idea = "JDBC on the handle's connection, and a common table expression.")
  static class WithJdbc extends ReferenceCatalogue {
    @Override
    public List<AuthorCount> authorsWithMoreThan(Jdbi jdbi, int count) {
      String sql =
          "WITH counted AS (SELECT author, sum(1) AS n FROM books GROUP BY author)"
              + " SELECT * FROM counted WHERE n > ? ORDER BY n DESC, author";
      try (Handle handle = jdbi.open();
          PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
        statement.setInt(1, count);
        ResultSet rows = statement.executeQuery();
        List<AuthorCount> found = new ArrayList<>();
        while (rows.next()) {
          found.add(new AuthorCount(rows.getString("author"), rows.getLong("n")));
        }
        return found;
      } catch (SQLException e) {
        throw new IllegalStateException("The authors could not be counted.", e);
      }
    }
  }

  @Alternative(
      exercise = "3.6",
      idea = "Each author once, and a count beside each: a lateral join.")
  static class WithLateral extends ReferenceCatalogue {
    @Override
    public List<AuthorCount> authorsWithMoreThan(Jdbi jdbi, int count) {
      return authors(
          jdbi,
          """
          SELECT author, n FROM (SELECT DISTINCT author FROM books) AS authors
          CROSS JOIN LATERAL (
            SELECT count(*) FROM books WHERE books.author = authors.author) AS counted(n)
          WHERE n > :count ORDER BY n DESC, author
          """,
          count);
    }
  }
}
