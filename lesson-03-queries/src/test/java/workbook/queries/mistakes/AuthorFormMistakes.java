package workbook.queries.mistakes;

import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.AuthorCount;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.6: one name written in two ways, and names that are left out. */
final class AuthorFormMistakes {
  private AuthorFormMistakes() {}

  @Mistake(
      exercise = "3.6",
      violates = "are different authors",
      idea = "`GROUP BY normalize(author)`: the accent is written in two ways",
      because = "Then two authors become one. Who means that cleans up the table.",
      instead = "Group by the column as it is.",
      rejectedBy = "only_authors_with_more_books_are_found",
      says = "Authors with more than",
      earns = 1)
  static class NormalForm extends ReferenceCatalogue {
    @Override
    public List<AuthorCount> authorsWithMoreThan(Jdbi jdbi, int count) {
      return AuthorMistakes.authors(
          jdbi,
          """
          SELECT normalize(author) AS name, count(*) AS n FROM books
          GROUP BY name HAVING count(*) > :count ORDER BY n DESC, name
          """,
          count);
    }
  }

  @Mistake(
      exercise = "3.6",
      violates = "Finds the authors of whom there are more than a number of books",
      idea = "`HAVING books > :count`: the count has that name",
      because = """
          `AS` gives a name to a column of the result, which comes after `HAVING`. There, `books`
          is the table, a row of which is no number.""",
      instead = "`HAVING count(*) > :count`.",
      rejectedBy = "only_authors_with_more_books_are_found",
      says = "HAVING does not know the names that AS gives",
      earns = 0)
  static class AliasInHaving extends ReferenceCatalogue {
    @Override
    public List<AuthorCount> authorsWithMoreThan(Jdbi jdbi, int count) {
      return jdbi.withHandle(
          handle ->
              handle
                  .createQuery(
                      """
                      SELECT author, count(*) AS books FROM books
                      GROUP BY author HAVING books > :count ORDER BY books DESC, author
                      """)
                  .bind("count", count)
                  .map(ConstructorMapper.of(AuthorCount.class))
                  .list());
    }
  }

  @Mistake(
      exercise = "3.6",
      violates = "all these authors",
      idea = "`LIMIT 10000` protects the memory",
      because = "Who has more authors does not hear that some are missing.",
      instead = "No `LIMIT`.",
      rejectedBy = "authors_come_most_books_first_then_by_name",
      says = "when there are 9000 more of them",
      earns = 1)
  static class AtMostTenThousand extends ReferenceCatalogue {
    @Override
    public List<AuthorCount> authorsWithMoreThan(Jdbi jdbi, int count) {
      return super.authorsWithMoreThan(jdbi, count).stream().limit(10_000).toList();
    }
  }

  @Mistake(
      exercise = "3.6",
      violates = "all these authors",
      idea = "A `LIMIT` whose number is a placeholder",
      because = "It cuts the list all the same, and nothing in the SQL text shows where.",
      instead = "No `LIMIT`.",
      rejectedBy = "authors_come_most_books_first_then_by_name",
      says = "LIMIT 50000",
      earns = 1)
  static class BoundLimit extends ReferenceCatalogue {
    @Override
    public List<AuthorCount> authorsWithMoreThan(Jdbi jdbi, int count) {
      return jdbi.withHandle(
          handle ->
              handle
                  .createQuery(
                      """
                      SELECT author, count(*) AS books FROM books
                      GROUP BY author HAVING count(*) > :count
                      ORDER BY books DESC, author LIMIT :most
                      """)
                  .bind("count", count)
                  .bind("most", 50_000)
                  .map(ConstructorMapper.of(AuthorCount.class))
                  .list());
    }
  }
}
