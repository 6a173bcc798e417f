package workbook.queries.mistakes;

import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.AuthorCount;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.6: counting the books of authors. */
final class AuthorMistakes {
  private AuthorMistakes() {}

  private static List<AuthorCount> authors(Jdbi jdbi, String sql, int count) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(sql)
                .bind("count", count)
                .map((row, context) -> new AuthorCount(row.getString(1), row.getLong(2)))
                .list());
  }

  @Mistake(
      exercise = "3.6",
      idea = "`WHERE count(*) > n`",
      because = """
          `WHERE` looks at single rows, before there are groups to count. The server refuses it:
          42803.""",
      instead = "`HAVING` looks at groups.",
      rejectedBy = "only_authors_with_more_books_are_found",
      says = "aggregate functions are not allowed in WHERE")
  static class WhereForHaving extends ReferenceCatalogue {
    @Override
    public List<AuthorCount> authorsWithMoreThan(Jdbi jdbi, int count) {
      return authors(
          jdbi,
          "SELECT author, count(*) FROM books WHERE count(*) > :count GROUP BY author",
          count);
    }
  }

  @Mistake(
      exercise = "3.6",
      idea = "More than n is n or more",
      because = "With 2, authors of two books are found as well. More than 2 begins at 3.",
      instead = "`>`, not `>=`.",
      rejectedBy = "only_authors_with_more_books_are_found",
      says = "Authors with more than 1 book",
      earns = 1)
  static class AtLeast extends ReferenceCatalogue {
    @Override
    public List<AuthorCount> authorsWithMoreThan(Jdbi jdbi, int count) {
      return authors(
          jdbi,
          """
          SELECT author, count(*) FROM books GROUP BY author
          HAVING count(*) >= :count ORDER BY 2 DESC, 1
          """,
          count);
    }
  }

  @Mistake(
      exercise = "3.6",
      idea = "Most books first, and that is an order",
      because = """
          Authors with as many books come as the server finds them, in another order tomorrow.""",
      instead = "Say what decides then: `ORDER BY books DESC, author`.",
      rejectedBy = "authors_come_most_books_first_then_by_name",
      says = "Authors with more than 0 books, in order",
      earns = 1)
  static class ByCountOnly extends ReferenceCatalogue {
    @Override
    public List<AuthorCount> authorsWithMoreThan(Jdbi jdbi, int count) {
      // DESC for the author, since luck might bring the right order
      return authors(
          jdbi,
          """
          SELECT author, count(*) FROM books GROUP BY author
          HAVING count(*) > :count ORDER BY 2 DESC, 1 DESC
          """,
          count);
    }
  }

  @Mistake(
      exercise = "3.6",
      idea = "By name is order enough",
      because = "Asked for was: most books first.",
      instead = "The count first, with `DESC`; the name second.",
      rejectedBy = "authors_come_most_books_first_then_by_name",
      says = "Authors with more than 0 books, in order")
  static class Ascending extends ReferenceCatalogue {
    @Override
    public List<AuthorCount> authorsWithMoreThan(Jdbi jdbi, int count) {
      return authors(
          jdbi,
          """
          SELECT author, count(*) FROM books GROUP BY author
          HAVING count(*) > :count ORDER BY 2, 1
          """,
          count);
    }
  }

  @Alternative(
      exercise = "3.6",
      idea = "A query around a query, so that `WHERE` can do it; or a window. Here: a subquery, "
          + "and a "
          + "mapper written by hand.")
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
      idea = "The counting in Java: `groupingBy`. It moves every row, but it is right.")
  static class InJava extends ReferenceCatalogue {
    @Override
    public List<AuthorCount> authorsWithMoreThan(Jdbi jdbi, int count) {
      try (Handle handle = jdbi.open()) {
        return handle.select("SELECT author FROM books").mapTo(String.class).list().stream()
            .collect(Collectors.groupingBy(author -> author, Collectors.counting()))
            .entrySet()
            .stream()
            .filter(entry -> entry.getValue() > count)
            .map(entry -> new AuthorCount(entry.getKey(), entry.getValue()))
            .sorted(
                (one, other) ->
                    one.books() == other.books()
                        ? one.author().compareTo(other.author())
                        : Long.compare(other.books(), one.books()))
            .toList();
      }
    }
  }
}
