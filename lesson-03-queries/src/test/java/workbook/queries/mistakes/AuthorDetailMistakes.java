package workbook.queries.mistakes;

import static workbook.queries.mistakes.AuthorMistakes.authors;

import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.AuthorCount;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.6: what counts as a book, an author, or a number. */
final class AuthorDetailMistakes {
  private AuthorDetailMistakes() {}

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
      earns = 0)
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
      says = "Authors with more than",
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
}
