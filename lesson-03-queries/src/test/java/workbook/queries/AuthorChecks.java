package workbook.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.queries.Refused.assertRefusedWithout;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.grading.jdbc.LentSessions;
import workbook.queries.Catalogue.AuthorCount;

/** Exercise 3.6: authors and how many books they have. */
interface AuthorChecks {

  /** The answer to check, made anew. */
  Catalogue answer();

  @Check(exercise = "3.6", points = 1)
  default void only_authors_with_more_books_are_found(FreshDatabase database) {
    String longName = "Long ".repeat(14);
    Library.filled(
        database,
        """
        INSERT INTO books (title, author, genre, published) VALUES
          ('Emma', 'Austen', 'novel', 1815),
          ('Emma', 'Austen', NULL, NULL),
          ('Persuasion', 'Austen', 'novel', 1817),
          ('Dracula', 'Stoker', 'horror', 1897),
          ('', 'Stoker', NULL, 1897),
          ('Carmilla', 'Le Fanu', 'horror', 1872),
          ('Uncle Silas', 'le fanu', NULL, 1864),
          ('In a Glass Darkly', 'Le Fanu ', 'horror', NULL),
          ('Beowulf', '', 'poem', NULL),
          ('Uncle Silas', 'le fanu', NULL, 1864);
        INSERT INTO books (title, author)
        SELECT 'x', author FROM unnest(string_to_array('%s', '|')) AS author
        """
            .formatted(String.join("|", OddTexts.ALIKE) + "|" + longName),
        "INSERT INTO members (name, email) VALUES ('Jane Lee', 'jane'), ('Ada Kern', 'ada')",
        "INSERT INTO loans (book_id, member_id) VALUES (4, 1), (4, 2), (6, 1), (6, 2), (6, 1)",
        "UPDATE books SET genre = genre WHERE id IN (1, 9)");

    List<AuthorCount> some =
        List.of(
            new AuthorCount("", 1),
            new AuthorCount("Austen", 3),
            new AuthorCount("Le Fanu", 1),
            new AuthorCount("Le Fanu ", 1),
            new AuthorCount("Stoker", 2),
            new AuthorCount("le fanu", 2));
    List<AuthorCount> all = new ArrayList<>(some);
    OddTexts.ALIKE.forEach(author -> all.add(new AuthorCount(author, 1)));
    all.add(new AuthorCount(longName, 1));
    try (LentSessions source = LentSessions.of(database)) {
      for (int count : new int[] {1, 2, 3, 0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
        List<AuthorCount> found = sorted(authors(source.jdbi(), count));
        // Without those of one book that look alike, a reader finds the difference.
        assertThat(found.stream().filter(author -> isNamed(author, some)).toList())
            .as("Authors with more than %s books (here by name), of %s. Each of their books"
                + " counts, those without a genre, too", count, some)
            .isEqualTo(more(some, count));
        assertThat(found)
            .as("Authors with more than %s books (here by name), of %s and %s more, who have one"
                + " book each and names that look alike", count, some, all.size() - some.size())
            .isEqualTo(more(all, count));
      }
    }
  }

  private static boolean isNamed(AuthorCount author, List<AuthorCount> some) {
    return some.stream().anyMatch(one -> one.author().equals(author.author()));
  }

  private static List<AuthorCount> more(List<AuthorCount> authors, int count) {
    return sorted(authors).stream().filter(author -> author.books() > count).toList();
  }

  private List<AuthorCount> authors(Jdbi jdbi, int count) {
    try {
      return answer().authorsWithMoreThan(jdbi, count);
    } catch (UnableToExecuteStatementException e) {
      if (e.getCause() instanceof SQLException refused && "42883".equals(refused.getSQLState())) {
        throw new AssertionError(
            "authorsWithMoreThan(%s)%nexpected: no exception%n but was: %s%n".formatted(
                    count, refused.getMessage())
                + "HAVING does not know the names that AS gives: there, books is the table. Which"
                + " expression counts the rows of a group?",
            e);
      }
      throw e;
    }
  }

  @Check(exercise = "3.6", points = 1)
  default void authors_come_most_books_first_then_by_name(FreshDatabase database) {
    Library.filled(
        database,
        """
        INSERT INTO books (title, author)
        SELECT 'Title ' || b, 'Author ' || (a * 59) % 1131
        FROM generate_series(1, 1131) AS a, generate_series(1, 1 + a % 4) AS b
        """,
        """
        INSERT INTO books (title, author) VALUES
          ('A', 'Zola'), ('B', 'de la Mare'), ('C', 'Zola'), ('D', 'de la Mare'),
          ('E', 'Émile'), ('F', 'ada'), ('G', 'Ada'), ('H', 'Bo'), ('I', 'bo'), ('J', 'CY'),
          ('K', 'Cy'), ('L', 'cy'), ('P', ' Zola'), ('M', '\uFF5E'), ('N', '\uD83D\uDE00');
        INSERT INTO books (title, author)
        SELECT 'x', repeat('Long ', 500) || n * 7 % 23 FROM generate_series(1, 23) AS n
        """);
    try (LentSessions source = LentSessions.of(database)) {
      for (String collation : Library.COLLATIONS) {
        database.execute(Library.collate("author", collation));
        // Asked of the server, as the contract has it that the order is the server's.
        Map<String, Integer> places = places(database);

        List<AuthorCount> found = answer().authorsWithMoreThan(source.jdbi(), 0);

        assertThat(found.size()).as("How many authors have more than 0 books").isEqualTo(1_167);
        assertThat(firstOutOfOrder(found, places))
            .as(
                "The first two neighbours in the wrong order, of 1167 authors: most books first,"
                    + " and those with as many by name, as ORDER BY author of this server sorts")
            .isEqualTo("none");
      }
      manyAuthorsAreFound(database, source);
      assertRefusedWithout(
          "books", database, source, () -> answer().authorsWithMoreThan(source.jdbi(), 0));
    }
  }

  private void manyAuthorsAreFound(FreshDatabase database, LentSessions reused) {
    // With an index: also who looks up each author's books has to come to an end.
    database.execute(
        "INSERT INTO books (title, author) SELECT 'x', 'x' || n FROM generate_series(1, 9000) AS n",
        "CREATE INDEX ON books (author)");
    try (WatchedSource source = new WatchedSource(reused.dataSource())) {
      assertThat(answer().authorsWithMoreThan(Jdbi.create(source.dataSource()), 0).size())
          .as("How many authors have more than 0 books when there are 9000 more of them")
          .isEqualTo(10_167);
      source.assertAllClosed("authorsWithMoreThan");
      assertThat(source.limits())
          .as("Limits on how many authors are returned: all")
          .isEqualTo(List.of());
    }
  }

  private static Map<String, Integer> places(FreshDatabase database) {
    Map<String, Integer> places = new HashMap<>();
    database
        .rows("SELECT author FROM books GROUP BY author ORDER BY author")
        .forEach(row -> places.put(row.get(0), places.size()));
    return places;
  }

  private static List<AuthorCount> sorted(List<AuthorCount> authors) {
    return authors.stream().sorted(Comparator.comparing(AuthorCount::author)).toList();
  }

  private static String firstOutOfOrder(
      List<AuthorCount> found, Map<String, Integer> places) {
    Comparator<AuthorCount> order =
        Comparator.comparingLong(AuthorCount::books)
            .reversed()
            .thenComparing(author -> places.getOrDefault(author.author(), -1));
    for (int i = 1; i < found.size(); i++) {
      if (order.compare(found.get(i - 1), found.get(i)) >= 0) {
        return found.get(i - 1) + " before " + found.get(i);
      }
    }
    return "none";
  }
}
