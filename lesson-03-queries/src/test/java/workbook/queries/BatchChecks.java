package workbook.queries;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static workbook.queries.Steps.refused;
import static workbook.queries.Steps.step;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.postgresql.ds.PGSimpleDataSource;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.grading.jdbc.LentSessions;
import workbook.queries.Catalogue.NewBook;

/** Exercise 3.4: many books at once. */
interface BatchChecks {

  /** No portion of any round size fits into it. */
  int MANY = 10_011;

  /** What one might put between values; all but the first of them are in no title. */
  String SEPARATORS =
      "|;~\u00a7" + IntStream.range(1, 32).mapToObj(Character::toString).collect(joining())
          + "\u007f\u0085\u2028\ue000\uffff";

  /** The answer to check, made anew. */
  Catalogue answer();

  @Check(exercise = "3.4", points = 1)
  default void many_books_make_one_batch(FreshDatabase database) {
    Library.empty(database);
    try (LentSessions source = LentSessions.of(database)) {
      // Few of them first: a trip for each of many would take its time.
      for (int count : new int[] {2, 103, MANY}) {
        database.execute("DELETE FROM books");
        assertSentTogether(database, source, books(count));
      }
      noValueIsPartOfTheText(source);
    }
  }

  private void noValueIsPartOfTheText(LentSessions reused) {
    List<List<String>> sent = new ArrayList<>();
    for (int year : new int[] {1815, 1897}) {
      try (WatchedSource source = new WatchedSource(reused.dataSource())) {
        List<NewBook> books =
            Collections.nCopies(2, new NewBook("Title " + year, "Author " + year, "g", year));
        step("addBooks of 2 books", () -> answer().addBooks(source.dataSource(), books));
        sent.add(source.sentToAdd());
      }
    }
    AddChecks.assertOneText(sent);
  }

  private void assertSentTogether(
      FreshDatabase database, LentSessions reused, List<NewBook> books) {
    int count = books.size();
    String call = "addBooks of %s books".formatted(count);
    try (WatchedSource source = new WatchedSource(reused.dataSource())) {
      int added = step(call, () -> answer().addBooks(source.dataSource(), books));

      assertRows(database, call, books);
      assertThat(added).as("What %s returned", call).isEqualTo(count);
      assertThat(source.sentToAdd().size())
          .as("Times that books were sent to the server, for %s books:"
              + " collect them, then send them together", count)
          .isLessThanOrEqualTo(1);
      assertThat(source.sent().size())
          .as("Statements that were sent to the server, for %s books", count)
          .isLessThan(10);
      if (count == MANY) {
        assertFewTransactions(database);
        assertThat(placeholders(source))
            .as("Placeholders in the SQL, for %s books of 4 values. The server takes 65,535, so"
                + " with one for each value 20,000 books would be too many", MANY)
            .isLessThan(MANY);
        AddChecks.assertPlaceholders(source, "no. 2501", "Some body", "novel", "2501");
      }
      assertThat(source.leftOpen()).as("What addBooks left open").isEqualTo(List.of());
    }
  }

  @Check(exercise = "3.4", points = 1)
  default void the_count_is_right_when_the_driver_rewrites_batches(FreshDatabase database) {
    Library.empty(database);
    PGSimpleDataSource plain = (PGSimpleDataSource) database.dataSource();
    PGSimpleDataSource rewriting = (PGSimpleDataSource) database.dataSource();
    rewriting.setReWriteBatchedInserts(true);
    List<NewBook> added = new ArrayList<>();

    for (PGSimpleDataSource each : List.of(rewriting, plain)) {
      String with = (each == plain ? "without" : "with") + " reWriteBatchedInserts=true";
      try (WatchedSource source = new WatchedSource(each)) {
        // What others add in the meantime is not counted.
        source.afterAdding(
            () ->
                database.execute(
                    "INSERT INTO books (title, author) VALUES ('Emma', 'another session')"));
        for (int count : new int[] {0, 1, 2, 203}) {
          List<NewBook> books = books(count);
          added.addAll(books);
          int before = source.sentToAdd().size();
          assertThat(
                  step(
                      "addBooks of %s books, %s".formatted(count, with),
                      () -> answer().addBooks(source.dataSource(), books)))
              .as("What addBooks of %s books returned, %s", count, with)
              .isEqualTo(count);
          assertOnce(source, before, "addBooks of %s books, %s".formatted(count, with));
        }
        assertRows(database, "addBooks of 0, 1, 2 and 203 books, " + with, added);
        String sixth = "addBooks of 8 books, the sixth ";
        String title = sixth + "without a title, " + with;
        refuse(source, title, "23502", new NewBook(null, "Austen", "novel", 1815));
        String author = sixth + "without an author, " + with;
        refuse(source, author, "23502", new NewBook("Emma", null, "novel", 1815));
        String zero = sixth + "with a character 0, " + with;
        refuse(source, zero, "22021", new NewBook("Em\0ma", "Austen", "novel", 1815));
        database.execute("ALTER TABLE books ADD CHECK (title <> 'Dracula')");
        String rule = sixth + "of a title that another program's rule forbids, " + with;
        refuse(source, rule, "23514", new NewBook("Dracula", "Stoker", "horror", 1897));
        database.execute(
            "INSERT INTO books (id, title, author) OVERRIDING SYSTEM VALUE"
                + " VALUES (500000, 'Emma', 'another session')",
            "ALTER TABLE books ALTER COLUMN id RESTART WITH 500000");
        String taken = "addBooks of 8 books, when the next number is taken, " + with;
        refuse(source, taken, "23505", new NewBook("Emma", "Austen", "novel", 1815));
        database.execute("ALTER TABLE books ALTER COLUMN id RESTART WITH 1000000");
        source.assertClosesWhatIsBroken(
            "addBooks", () -> answer().addBooks(source.dataSource(), books(7)));
        database.execute("DELETE FROM books");
        added.clear();
      }
    }
  }

  private void refuse(WatchedSource source, String call, String state, NewBook sixth) {
    List<NewBook> books = new ArrayList<>(books(8));
    // Its long texts come with the 203.
    books.remove(6);
    books.add(5, sixth);
    int before = source.sentToAdd().size();
    refused(call, state, () -> answer().addBooks(source.dataSource(), books));
    assertOnce(source, before, call);
    assertThat(source.leftOpen())
        .as("What addBooks left open when the server refused a book")
        .isEqualTo(List.of());
  }

  private static void assertOnce(WatchedSource source, int before, String call) {
    assertThat(source.sentToAdd().size() - before)
        .as("Times that books were sent to the server by %s: collect them, however few, then"
            + " send them together", call)
        .isLessThanOrEqualTo(1);
  }

  // The driver sends a batch in some transactions; a COPY for each book has one for each.
  private static void assertFewTransactions(FreshDatabase database) {
    assertThat(Integer.parseInt(database.value("SELECT count(DISTINCT xmin::text) FROM books")))
        .as("Transactions that added the %s books: collect them, then send them together", MANY)
        .isLessThan(MANY / 100);
  }

  private static int placeholders(WatchedSource source) {
    return source.sent().stream()
        .mapToInt(sql -> (int) sql.chars().filter(c -> c == '?').count())
        .max()
        .orElse(0);
  }

  private static void assertRows(FreshDatabase database, String calls, List<NewBook> books) {
    List<List<String>> found =
        database.rows(
            "SELECT title, author, genre, published FROM books"
                + " WHERE author <> 'another session' ORDER BY id");
    List<List<String>> wanted = books.stream().map(AddChecks::row).toList();

    assertThat(found.size())
        .as("Rows of books after %s, seen from another session", calls)
        .isEqualTo(wanted.size());
    if (found.equals(wanted)) {
      return;
    }
    assertThat(without(found, wanted))
        .as("Rows that differ from the book they are made of, after %s", calls)
        .isEqualTo(without(wanted, found));
  }

  // What is in one list more often than in the other; the first of them tell enough.
  private static List<List<String>> without(List<List<String>> rows, List<List<String>> others) {
    Map<List<String>, Integer> left = new HashMap<>();
    others.forEach(row -> left.merge(row, 1, Integer::sum));
    return rows.stream()
        .filter(row -> left.merge(row, -1, Integer::sum) < 0)
        .limit(3)
        .map(row -> row.stream().map(OddTexts::shown).collect(Collectors.toList()))
        .collect(Collectors.toList());
  }

  // Every fourth has no genre, every third no year; some are there twice; odd ones come first.
  private static List<NewBook> books(int count) {
    List<NewBook> books =
        new ArrayList<>(
            List.of(
                new NewBook("\\N", "\\.", "", null),
                new NewBook("a,\"b\"\tc\\", "O'Brien\n\\.\n", " ", 0),
                new NewBook("a,\"b\"\tc\\", "O'Brien\n\\.\n", " ", 0),
                new NewBook("", "", "", 0),
                new NewBook("null", "none", "null", 0),
                new NewBook("cr\rlf\r\n", SEPARATORS, SEPARATORS, 1),
                new NewBook(OddTexts.EVERY, OddTexts.LONG, OddTexts.EVERY, Integer.MIN_VALUE),
                new NewBook("'); DROP TABLE books; --", "{x,NULL}", "NULL", -44)));
    for (int n = books.size(); n < count; n++) {
      books.add(
          new NewBook(
              "It's no. " + n,
              "Some body",
              n % 4 == 0 ? null : "novel " + n % 2,
              n % 3 == 0 ? null : n));
    }
    return books.subList(0, count);
  }
}
