package workbook.queries.mistakes;

import static workbook.queries.mistakes.AuthorMistakes.authors;

import java.util.List;
import org.jdbi.v3.core.Jdbi;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.AuthorCount;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.6: equal rows, and names that differ in case. */
final class AuthorEqualMistakes {
  private AuthorEqualMistakes() {}

  @Mistake(
      exercise = "3.6",
      violates = "Every row of books counts once",
      idea = """
          `DISTINCT` over all columns but the id: a row that is there twice is a mistake of
          typing""",
      because = "A library has two copies of a book.",
      instead = "Count rows.",
      rejectedBy = "only_authors_with_more_books_are_found",
      says = "Authors with more than 1 books",
      earns = 1)
  static class CountsDifferentRows extends ReferenceCatalogue {
    @Override
    public List<AuthorCount> authorsWithMoreThan(Jdbi jdbi, int count) {
      return authors(
          jdbi,
          """
          SELECT author, count(*) AS n
          FROM (SELECT DISTINCT title, author, genre, published FROM books) AS different
          GROUP BY author HAVING count(*) > :count ORDER BY n DESC, author
          """,
          count);
    }
  }

  @Mistake(
      exercise = "3.6",
      violates = "in the order that the database, not Java, gives to text",
      idea = "By `lower(author)` first",
      because = """
          Where computers sort, `Zola` comes before `ada`; the order of the server is that of
          `ORDER BY author`.""",
      instead = "`ORDER BY author`.",
      rejectedBy = "authors_come_most_books_first_then_by_name",
      says = "in the wrong order",
      earns = 1)
  static class SortsInLowerCase extends ReferenceCatalogue {
    @Override
    public List<AuthorCount> authorsWithMoreThan(Jdbi jdbi, int count) {
      return authors(
          jdbi,
          """
          SELECT author, count(*) AS n FROM books
          GROUP BY author HAVING count(*) > :count ORDER BY n DESC, lower(author), author
          """,
          count);
    }
  }
}
