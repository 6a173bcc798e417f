package workbook.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.queries.Steps.refused;
import static workbook.queries.Steps.step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.queries.Catalogue.NewBook;

/** Exercise 3.2: one book, and its id. */
interface AddChecks {

  /** Ids begin beyond an int's, and a book from elsewhere has a greater one. */
  String NUMBERING =
      """
      ALTER TABLE books ALTER COLUMN id RESTART WITH 3000000041;
      INSERT INTO books (id, title, author, genre, published)
      OVERRIDING SYSTEM VALUE
      VALUES (9000000000, 'Emma', 'Austen', 'novel', 1815),
        (7, 'Emma', 'Austen', 'novel', 1815)
      """;

  /** What no quoting by hand gets right, and words to look for in the SQL. */
  List<NewBook> BOOKS =
      List.of(
          new NewBook("Emma", "Austen", "novel", 1815),
          new NewBook("Emma", "Austen", "novel", 1815),
          new NewBook("x'); DROP TABLE books; --", "O'Brien", "", 1847),
          new NewBook("'Emma' \\' $1 $$ ? :a {d} %s", "\"Jane\"\\", "  novel ", -44),
          new NewBook("  \u00c4rger\t\ud83d\ude00\u00df\n ", " ", "\u00c4rger''", 0),
          new NewBook("", "", "", Integer.MAX_VALUE),
          new NewBook(OddTexts.ODD, OddTexts.ODD, OddTexts.ODD, Integer.MIN_VALUE));

  /** The answer to check, made anew. */
  Catalogue answer();

  @Check(exercise = "3.2", points = 2)
  default void a_book_is_added_and_its_id_returned(FreshDatabase database) {
    Library.empty(database);
    database.execute(NUMBERING);

    List<Long> ids = new ArrayList<>();
    List<Long> wanted = new ArrayList<>();
    List<List<String>> sent = new ArrayList<>();
    try (WatchedSource source = new WatchedSource(database.dataSource())) {
      for (NewBook book : BOOKS) {
        // Another session adds the same right afterwards.
        source.afterAdding(() -> database.execute(twin()));
        wanted.add(3000000041L + 2 * ids.size());
        Catalogue answer = answer();
        int before = source.sentToAdd().size();
        ids.add(step("addBook of " + book, () -> answer.addBook(source.dataSource(), book)));
        sent.add(source.sentToAdd().stream().skip(before).toList());
      }
      assertThat(ids)
          .as(
              "The ids returned by addBook of %s books. The server was told to start at 3000000041;"
                  + " another session adds a book right after each, and a book from elsewhere has"
                  + " 9000000000",
              BOOKS.size())
          .isEqualTo(wanted);
      assertThat(rows(database, wanted))
          .as("The rows of these books, seen from another session")
          .isEqualTo(BOOKS.stream().map(AddChecks::row).toList());
      assertThat(database.value("SELECT count(*) FROM books"))
          .as("Books in the table: %s more, 2 that were there, and the other session's",
              BOOKS.size())
          .isEqualTo("" + (2 + 2 * BOOKS.size()));
      assertPlaceholders(source, "Emma", "Brien", "rger", "1847", "novel", "-44");
      assertOneText(sent);
      assertThat(source.leftOpen())
          .as("What addBook left open, although it closed the connection")
          .isEqualTo(List.of());
    }
  }

  @Check(exercise = "3.2", points = 1)
  default void an_unknown_genre_and_year_are_stored_as_null(FreshDatabase database) {
    Library.empty(database);
    // Rules that no contract names: another program needs them.
    database.execute(
        NUMBERING,
        "DELETE FROM books",
        "ALTER TABLE books ADD CHECK (title <> 'Dracula')");
    List<NewBook> books =
        List.of(
            new NewBook("Beowulf", "unknown", null, null),
            new NewBook("Edda", "unknown", "", null),
            new NewBook("Emma", "Austen", null, 0));

    try (WatchedSource source = new WatchedSource(database.dataSource())) {
      List<Long> ids = new ArrayList<>();
      for (NewBook book : books) {
        Catalogue answer = answer();
        ids.add(step("addBook of " + book, () -> answer.addBook(source.dataSource(), book)));
      }
      assertThat(rows(database, ids))
          .as("The rows that were added, found by the ids that were returned; null is NULL")
          .isEqualTo(books.stream().map(AddChecks::row).toList());

      refuse(source, "23502", new NewBook(null, "Austen", "novel", 1815));
      refuse(source, "23502", new NewBook("Emma", null, "novel", 1815));
      refuse(source, "23514", new NewBook("Dracula", "Stoker", "horror", 1897));
      refuse(source, "22021", new NewBook("Em\0ma", "Austen", "novel", 1815));
      // The next number is taken.
      database.execute("ALTER TABLE books ALTER COLUMN id RESTART WITH 3000000041");
      refuse(source, "23505", new NewBook("Ivanhoe", "Scott", "novel", 1819));
      source.assertClosesWhatIsBroken(
          "addBook", () -> answer().addBook(source.dataSource(), books.get(0)));
    }
    assertThat(database.value("SELECT count(*) FROM books"))
        .as("Books after five that the server had to refuse: none was added")
        .isEqualTo("" + books.size());
    longOnes(database);
  }

  private void longOnes(FreshDatabase database) {
    database.execute("ALTER TABLE books ALTER COLUMN id RESTART WITH 4000000000");
    String text = "No end of it. ".repeat(600) + OddTexts.LONG + OddTexts.EVERY;
    long id =
        step(
            "addBook of a book with %,d characters in title, author and genre"
                .formatted(text.length()),
            () -> answer().addBook(database.dataSource(), new NewBook(text, text, text, 1)));
    assertThat(
            database
                .rows("SELECT title, author, genre FROM books WHERE id = " + id)
                .get(0)
                .stream()
                .map(OddTexts::shown)
                .toList())
        .as("Title, author and genre that are stored: as they were given")
        .isEqualTo(Collections.nCopies(3, OddTexts.shown(text)));
  }

  private void refuse(WatchedSource source, String state, NewBook book) {
    int before = source.sentToAdd().size();
    refused("addBook of " + book, state, () -> answer().addBook(source.dataSource(), book));
    assertThat(source.sentToAdd().size() - before)
        .as("Statements that were sent to add %s: it is for the server to refuse it", book)
        .isEqualTo(1);
    assertThat(source.leftOpen())
        .as("What addBook left open when the server refused %s", book)
        .isEqualTo(List.of());
  }

  /** Looks for values in the SQL that was sent. */
  static void assertPlaceholders(WatchedSource source, String... values) {
    for (String value : values) {
      assertThat(source.sentWith(value))
          .as("SQL that was sent with the value %s in it: ? stands for a value", value)
          .isEqualTo(List.of());
    }
  }

  /** Demands that the SQL of each call is the same, so that no value is a part of it. */
  static void assertOneText(List<List<String>> calls) {
    for (List<String> sent : calls) {
      assertThat(sent)
          .as("SQL that was sent for other values: the text is the same, ? stands for a value")
          .isEqualTo(calls.get(0));
    }
  }

  // Whoever looks for the title or for the greatest id finds that one.
  private static String twin() {
    return "INSERT INTO books (title, author, genre, published)"
        + " SELECT title, author, genre, published FROM books"
        + " ORDER BY id % 9000000000 DESC LIMIT 1";
  }

  private static List<List<String>> rows(FreshDatabase database, List<Long> ids) {
    return database.rows(
        "SELECT title, author, genre, published FROM books WHERE id IN ("
            + String.join(", ", ids.stream().map(String::valueOf).toList())
            + ") ORDER BY id");
  }

  /** A book as {@link FreshDatabase} returns its row. */
  static List<String> row(NewBook book) {
    Function<Object, String> text = value -> value == null ? null : value.toString();
    return Arrays.asList(
        book.title(), book.author(), book.genre(), text.apply(book.published()));
  }
}
