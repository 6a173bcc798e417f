package workbook.queries.mistakes;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
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
      earns = 1)
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

  @Mistake(
      exercise = "3.6",
      violates = "Every row of books counts once, lent or not",
      idea = "Join the loans: they belong to the books",
      because = """
          A join makes a row of each pair, so a book that was lent three times counts three
          times.""",
      instead = "Count in the one table that has what is counted.",
      rejectedBy = "only_authors_with_more_books_are_found",
      says = "Authors with more than",
      earns = 1)
  static class JoinsLoans extends ReferenceCatalogue {
    @Override
    public List<AuthorCount> authorsWithMoreThan(Jdbi jdbi, int count) {
      return authors(
          jdbi,
          """
          SELECT author, count(*) FROM books LEFT JOIN loans ON book_id = books.id
          GROUP BY author HAVING count(*) > :count ORDER BY 2 DESC, 1
          """,
          count);
    }
  }

  @Mistake(
      exercise = "3.6",
      violates = "Every row of books counts once, lent or not",
      idea = "An author whose books are never lent does not matter",
      because = "An inner join drops each book without a loan.",
      instead = "No join.",
      rejectedBy = "only_authors_with_more_books_are_found",
      says = "Authors with more than",
      earns = 0)
  static class OnlyLentBooks extends ReferenceCatalogue {
    @Override
    public List<AuthorCount> authorsWithMoreThan(Jdbi jdbi, int count) {
      return authors(
          jdbi,
          """
          SELECT author, count(DISTINCT books.id) FROM books JOIN loans ON book_id = books.id
          GROUP BY author HAVING count(DISTINCT books.id) > :count ORDER BY 2 DESC, 1
          """,
          count);
    }
  }

  @Mistake(
      exercise = "3.6",
      violates = "if another row has the same title",
      idea = "A title that is there twice is one book",
      because = """
          The library has two copies of it, in two rows of books: `count(DISTINCT title)` sees
          one.""",
      instead = "`count(*)` counts rows.",
      rejectedBy = "only_authors_with_more_books_are_found",
      says = "Authors with more than",
      earns = 1)
  static class CountsTitles extends ReferenceCatalogue {
    @Override
    public List<AuthorCount> authorsWithMoreThan(Jdbi jdbi, int count) {
      return authors(
          jdbi,
          """
          SELECT author, count(DISTINCT title) FROM books GROUP BY author
          HAVING count(DISTINCT title) > :count ORDER BY 2 DESC, 1
          """,
          count);
    }
  }

  @Mistake(
      exercise = "3.6",
      violates = "if its genre is NULL",
      idea = "`count` of any column counts the rows",
      because = "It counts the rows in which this column is not NULL.",
      instead = "`count(*)`.",
      rejectedBy = "only_authors_with_more_books_are_found",
      says = "Authors with more than",
      earns = 0)
  static class CountsGenres extends ReferenceCatalogue {
    @Override
    public List<AuthorCount> authorsWithMoreThan(Jdbi jdbi, int count) {
      return authors(
          jdbi,
          """
          SELECT author, count(genre) FROM books GROUP BY author
          HAVING count(genre) > :count ORDER BY 2 DESC, 1
          """,
          count);
    }
  }

  @Mistake(
      exercise = "3.6",
      violates = "Names that differ in case or in blanks are different authors",
      idea = "`Le Fanu` and `le fanu` are the same man",
      because = """
          Perhaps. But the table says two names, and the caller asked what the table says.""",
      instead = "`GROUP BY author`.",
      rejectedBy = "only_authors_with_more_books_are_found",
      says = "Authors with more than",
      earns = 0)
  static class OneNameInAnyCase extends ReferenceCatalogue {
    @Override
    public List<AuthorCount> authorsWithMoreThan(Jdbi jdbi, int count) {
      return authors(
          jdbi,
          """
          SELECT min(author), count(*) FROM books GROUP BY lower(author)
          HAVING count(*) > :count ORDER BY 2 DESC, 1
          """,
          count);
    }
  }

  @Mistake(
      exercise = "3.6",
      violates = "Names that differ in case or in blanks are different authors",
      idea = "A blank at the end of a name is a slip",
      because = """
          It is data all the same. Cleaning it up is another task, and one for whoever owns
          the table.""",
      instead = "`GROUP BY author`.",
      rejectedBy = "only_authors_with_more_books_are_found",
      says = "Authors with more than",
      earns = 1)
  static class TrimsNames extends ReferenceCatalogue {
    @Override
    public List<AuthorCount> authorsWithMoreThan(Jdbi jdbi, int count) {
      return authors(
          jdbi,
          """
          SELECT trim(author), count(*) FROM books GROUP BY trim(author)
          HAVING count(*) > :count ORDER BY 2 DESC, 1
          """,
          count);
    }
  }

  @Mistake(
      exercise = "3.6",
      violates = "0 and negative numbers find every author",
      idea = "A negative count makes no sense",
      because = "More than -1 is true of every author, so the question has an answer.",
      instead = "No special case: `HAVING` compares any two numbers.",
      rejectedBy = "only_authors_with_more_books_are_found",
      says = "A count of books is not negative",
      earns = 1)
  static class NegativeIsAnError extends ReferenceCatalogue {
    @Override
    public List<AuthorCount> authorsWithMoreThan(Jdbi jdbi, int count) {
      if (count < 0) {
        throw new IllegalArgumentException("A count of books is not negative: " + count);
      }
      return super.authorsWithMoreThan(jdbi, count);
    }
  }

  @Mistake(
      exercise = "3.6",
      violates = "the number to exceed",
      idea = "More than n is at least n + 1",
      because = """
          In Java n + 1 may be less than n: beyond `Integer.MAX_VALUE` the numbers begin anew,
          with the smallest.""",
      instead = "`>`, and no sum.",
      rejectedBy = "only_authors_with_more_books_are_found",
      says = "Authors with more than 2147483647 books",
      earns = 1)
  static class OneMoreInJava extends ReferenceCatalogue {
    @Override
    public List<AuthorCount> authorsWithMoreThan(Jdbi jdbi, int count) {
      return authors(
          jdbi,
          """
          SELECT author, count(*) FROM books GROUP BY author
          HAVING count(*) >= :count ORDER BY 2 DESC, 1
          """,
          count + 1);
    }
  }

  @Mistake(
      exercise = "3.6",
      violates = "Errors of the server reach the caller",
      idea = "A query that fails has found nothing",
      because = """
          An empty list says that there is no such author. The caller believes it, and the
          fault stays.""",
      instead = "Let the exception through.",
      rejectedBy = "authors_come_most_books_first_then_by_name",
      says = "42P01",
      earns = 1)
  static class NoAuthorsOnFailure extends ReferenceCatalogue {
    @Override
    public List<AuthorCount> authorsWithMoreThan(Jdbi jdbi, int count) {
      try {
        return super.authorsWithMoreThan(jdbi, count);
      } catch (JdbiException e) {
        return List.of();
      }
    }
  }

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
