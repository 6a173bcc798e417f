package workbook.queries.mistakes;

import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.AuthorCount;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.6: counting the books of authors. */
final class AuthorMistakes {
  private AuthorMistakes() {}

  static List<AuthorCount> authors(Jdbi jdbi, String sql, int count) {
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
      violates = "of whom there are more than a number of books",
      idea = "`WHERE count(*) > n`",
      because = """
          `WHERE` looks at single rows, before there are groups to count. The server refuses
          it: 42803.""",
      instead = "`HAVING` looks at groups.",
      rejectedBy = "only_authors_with_more_books_are_found",
      says = "aggregate functions are not allowed in WHERE",
      earns = 0)
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
      violates = "the number to exceed: 2 finds authors of three or more",
      idea = "More than n is n or more",
      because = "With 2, authors of two books are found as well. More than 2 begins at 3.",
      instead = "`>`, not `>=`.",
      rejectedBy = "only_authors_with_more_books_are_found",
      says = "Authors with more than",
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
      violates = "those with equally many by name",
      idea = "Most books first, and that is an order",
      because = """
          Authors with as many books come as the server finds them, in another order tomorrow.""",
      instead = "Say what decides then: `ORDER BY books DESC, author`.",
      rejectedBy = "authors_come_most_books_first_then_by_name",
      says = "The first two neighbours in the wrong order",
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
      violates = "most books first",
      idea = "The count decides, so order by the count",
      because = "`ORDER BY` begins with the smallest. Asked for was: most books first.",
      instead = "`DESC` behind the count, and only there.",
      rejectedBy = "authors_come_most_books_first_then_by_name",
      says = "The first two neighbours in the wrong order",
      earns = 1)
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

  @Mistake(
      exercise = "3.6",
      violates = "most books first",
      idea = "By name is order enough",
      because = "With few authors it may look right. Asked for was: most books first.",
      instead = "The count first, with `DESC`; the name second.",
      rejectedBy = "authors_come_most_books_first_then_by_name",
      says = "The first two neighbours in the wrong order",
      earns = 1)
  static class ByNameOnly extends ReferenceCatalogue {
    @Override
    public List<AuthorCount> authorsWithMoreThan(Jdbi jdbi, int count) {
      return authors(
          jdbi,
          """
          SELECT author, count(*) FROM books GROUP BY author
          HAVING count(*) > :count ORDER BY author
          """,
          count);
    }
  }

  @Mistake(
      exercise = "3.6",
      violates = "in the order that the database, not Java, gives to text",
      idea = "Case does not matter in an order",
      because = """
          It matters to the server when nothing else differs: of Cy, CY and cy the order is
          left to chance with `lower(author)`.""",
      instead = "`author` itself.",
      rejectedBy = "authors_come_most_books_first_then_by_name",
      says = "The first two neighbours in the wrong order",
      earns = 1)
  static class CaseDoesNotSort extends ReferenceCatalogue {
    @Override
    public List<AuthorCount> authorsWithMoreThan(Jdbi jdbi, int count) {
      return authors(
          jdbi,
          """
          SELECT author, count(*) FROM books GROUP BY author
          HAVING count(*) > :count ORDER BY 2 DESC, lower(author)
          """,
          count);
    }
  }

  @Mistake(
      exercise = "3.6",
      violates = "in the order that the database, not Java, gives to text",
      idea = "Let Java sort the names",
      because = """
          `String.compareTo` compares code units: every capital comes before every small
          letter. A server may have learnt to sort as people do, and then two lists of the
          same names differ.""",
      instead = "`ORDER BY`: one place decides for all programs.",
      rejectedBy = "authors_come_most_books_first_then_by_name",
      says = "The first two neighbours in the wrong order",
      earns = 1)
  static class SortsInJava extends ReferenceCatalogue {
    @Override
    public List<AuthorCount> authorsWithMoreThan(Jdbi jdbi, int count) {
      return super.authorsWithMoreThan(jdbi, count).stream()
          .sorted(
              Comparator.comparingLong(AuthorCount::books)
                  .reversed()
                  .thenComparing(AuthorCount::author))
          .toList();
    }
  }

  @Mistake(
      exercise = "3.6",
      violates = "all these authors",
      idea = "The first ten are what people want to see",
      because = "Asked for are all. Whoever wants ten can take ten of them.",
      instead = "No `LIMIT`.",
      rejectedBy = "authors_come_most_books_first_then_by_name",
      says = "How many authors have more than 0 books",
      earns = 0)
  static class TopTen extends ReferenceCatalogue {
    @Override
    public List<AuthorCount> authorsWithMoreThan(Jdbi jdbi, int count) {
      return authors(
          jdbi,
          """
          SELECT author, count(*) FROM books GROUP BY author
          HAVING count(*) > :count ORDER BY 2 DESC, 1 LIMIT 10
          """,
          count);
    }
  }

  @Mistake(
      exercise = "3.6",
      violates = "all these authors",
      idea = "A hundred rows are enough for anybody",
      because = "The 101st author is missing, and no error says so.",
      instead = "No `LIMIT` that the contract does not ask for.",
      rejectedBy = "authors_come_most_books_first_then_by_name",
      says = "How many authors have more than 0 books",
      earns = 1)
  static class OnlyAHundred extends ReferenceCatalogue {
    @Override
    public List<AuthorCount> authorsWithMoreThan(Jdbi jdbi, int count) {
      return authors(
          jdbi,
          """
          SELECT author, count(*) FROM books GROUP BY author
          HAVING count(*) > :count ORDER BY 2 DESC, 1 LIMIT 100
          """,
          count);
    }
  }
}
