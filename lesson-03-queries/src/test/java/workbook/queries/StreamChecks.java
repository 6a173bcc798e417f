package workbook.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static workbook.queries.Refused.assertRefused;
import static workbook.queries.Refused.assertRefusedWithout;

import java.io.EOFException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionException;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.grading.jdbc.LentSessions;

/** Exercise 3.8: more titles than memory holds. */
interface StreamChecks {

  /** So many titles are more than twice what the driver may hold. */
  int MANY = 5_003;

  /** Of so long titles 2,000 fit into what the driver may hold, with an id each, and not 2,050. */
  int LENGTH = 1_980;

  /** The answer to check, made anew. */
  Catalogue answer();

  @Check(exercise = "3.8", points = 1)
  default void every_title_comes_once_and_in_order(FreshDatabase database) {
    Library.filled(
        database,
        """
        INSERT INTO books (id, title, author) OVERRIDING SYSTEM VALUE VALUES
          (9, 'Emma', 'Austen'), (3000000000, 'Aurora', 'x'), (2, 'Emma', 'Austen'),
          (20, 'Dracula', 'Stoker'), (10, ' Emma ', 'Austen'), (11, '', 'x'), (3, 'emma', 'x'),
          (12, 'C:\\new', 'x'), (4, '\\N', 'x'), (5, 'NULL', 'x'),
          (6, E'two\\nlines\\tand a tab', 'x'), (7, '"Ü", 本 😀', 'x'), (8, '%s', 'x'),
          (-3, 'Ivanhoe', 'Scott')
        """
            .formatted(OddTexts.ODD),
        "INSERT INTO books (id, title, author) OVERRIDING SYSTEM VALUE VALUES (1, '%s', 'x')"
            .formatted(OddTexts.EVERY.replace("'", "''")),
        "INSERT INTO members (name, email) VALUES ('Jane Lee', 'jane'), ('Ada Kern', 'ada')",
        "INSERT INTO loans (book_id, member_id) VALUES (9, 1), (9, 2), (2, 2)",
        "UPDATE books SET genre = 'moved' WHERE id IN (2, 9)");
    List<String> titles = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();

    answer()
        .forEachTitle(
            Library.jdbi(database),
            title -> {
              titles.add(title);
              threads.add(Thread.currentThread());
            });

    assertThat(titles.stream().map(OddTexts::shown).toList())
        .as("The titles handed to the action, by the id of their books (that of Ivanhoe is"
            + " negative)")
        .isEqualTo(
            List.of(
                "Ivanhoe", OddTexts.shown(OddTexts.EVERY), "Emma", "emma", "\\N", "NULL",
                "two\nlines\tand a tab", "\"Ü\", 本 😀", OddTexts.ODD, "Emma", " Emma ", "",
                "C:\\new", "Dracula", "Aurora"));
    Thread caller = Thread.currentThread();
    assertThat(threads.stream().filter(thread -> thread != caller).count())
        .as("Calls of the action in another thread than the caller's")
        .isZero();
    database.execute(
        "ALTER TABLE books ALTER COLUMN id RESTART WITH 4000000000",
        "INSERT INTO books (title, author) SELECT 'x', 'x' FROM generate_series(1, 10000)");
    int[] calls = {0};
    try (WatchedSource source = new WatchedSource(database.dataSource())) {
      answer().forEachTitle(Jdbi.create(source.dataSource()), title -> calls[0]++);
      source.assertAllClosed("forEachTitle");
    }
    assertThat(calls[0]).as("Calls of the action for 10,015 books").isEqualTo(10_015);
  }

  @Check(exercise = "3.8", points = 3)
  default void the_driver_never_holds_the_whole_result(FreshDatabase database)
      throws Exception {
    Library.crowded(database, MANY, LENGTH);
    PGSimpleDataSource limited = (PGSimpleDataSource) database.dataSource();
    limited.setMaxResultBuffer("4040K");
    try (WatchedSource source = new WatchedSource(limited)) {
      Reader reader = new Reader(database, source);

      Throwable thrown =
          catchThrowable(
              () -> answer().forEachTitle(Jdbi.create(source.dataSource()), reader::accept));

      assertThat(thrown == null ? "nothing" : thrown.getMessage())
          .as("What forEachTitle threw. There were %s titles of %s characters, and the driver had"
              + " room for 2,000 of them. Does the query have a fetch size, and does the driver"
              + " heed it?",
              MANY, LENGTH)
          .isEqualTo("nothing");
      assertThat(reader.firstDifference())
          .as("The first difference between the titles handed over and the %s that were there at"
              + " the start, by the id of their books. When the first title came, another session"
              + " removed 100 books, added one and changed the last three: what one query found"
              + " stays as it was", MANY)
          .isEqualTo("none");
      assertThat(source.sent().stream().filter(StreamChecks::readsBooks).toList())
          .as("The queries sent that read books (a FETCH is part of its cursor's query): one")
          .hasSizeLessThan(2);
      assertThat(source.limits())
          .as("Limits on how many titles are handed over: all, however many")
          .isEqualTo(List.of());
      assertThat(reader.mostCopied)
          .as("Rows of a COPY that were read ahead of the action: at most 2,000")
          .isLessThanOrEqualTo(2_001);
      assertThat(reader.kept)
          .as("Is the first title still in memory when the last is handed over?"
              + " A list of all titles would keep it there")
          .isEqualTo(false);
    }
  }

  @Check(exercise = "3.8", points = 1)
  default void what_the_action_throws_reaches_the_caller(FreshDatabase database) {
    Library.crowded(database, 2_103, 100);
    int[] places = {1_203, 1, 2_103};
    for (int i = 0; i < stops().size(); i++) {
      // Each in its own session: a cancel request of the one before may come late.
      try (WatchedSource source = new WatchedSource(database.dataSource())) {
        whatStopsIsThrown(Jdbi.create(source.dataSource()), places[i % 3], stops().get(i));
        source.assertAllClosed("forEachTitle, whose action threw,");
      }
    }
    failsLate(database);
  }

  private void whatStopsIsThrown(Jdbi jdbi, int last, Throwable stop) {
    int[] calls = {0};

    Throwable thrown =
        catchThrowable(() -> answer().forEachTitle(jdbi, title -> stopAt(last, ++calls[0], stop)));

    assertThat(thrown)
        .withFailMessage(
            "What forEachTitle threw when the action threw, given title %s of 2103"
                + "%nexpected: the same %s%n but was: %s",
            last, stop, thrown)
        .isSameAs(stop);
    assertThat(calls[0]).as("Calls of the action, which threw at call %s", last).isEqualTo(last);
  }

  private void failsLate(FreshDatabase database) {
    database.execute(Library.FAILS_LATE);
    try (WatchedSource source = new WatchedSource(database.dataSource())) {
      Jdbi jdbi = Jdbi.create(source.dataSource());
      assertRefused(
          "The query fails at a later title (a division by zero), and the caller has to hear of it",
          "22012",
          () -> answer().forEachTitle(jdbi, title -> {}));
      assertThat(source.inUse())
          .as("Connections that forEachTitle left open when its query failed")
          .isZero();
    }
    database.execute(Library.FAILS_NO_LONGER);
    try (LentSessions source = LentSessions.of(database)) {
      assertRefusedWithout(
          "books", database, source, () -> answer().forEachTitle(source.jdbi(), title -> {}));
    }
  }

  // Each looks like one that a loop, a library or a driver throws at its end or when it fails.
  private static List<Throwable> stops() {
    IllegalStateException first = new IllegalStateException("enough", new SQLException("no"));
    first.addSuppressed(new SQLException("no"));
    return List.of(
        first,
        new ConnectionException(new SQLException("enough")),
        new NoSuchElementException("enough"),
        new IndexOutOfBoundsException("enough"),
        new NullPointerException("enough"),
        new TransactionException("enough"),
        new RuntimeException(new PSQLException("enough", PSQLState.QUERY_CANCELED)),
        new UncheckedIOException(new EOFException("enough")),
        new Error("enough", first));
  }

  private static void stopAt(int last, int call, Throwable stop) {
    if (call == last) {
      if (stop instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) stop;
    }
  }

  private static boolean readsBooks(String sql) {
    String words = sql.toLowerCase(Locale.ROOT);
    return words.matches(".*\\bbooks\\b.*") && !words.matches("(fetch|move|close)\\b.*");
  }

  /** An action that has others write at its first title, and keeps none. */
  final class Reader {
    private static final String DOTS = ".".repeat(LENGTH);

    private final FreshDatabase database;
    private final List<String> numbers = new ArrayList<>();
    private WeakReference<String> first;
    private final WatchedSource source;
    private boolean kept;
    private int mostCopied;

    Reader(FreshDatabase database, WatchedSource source) {
      this.database = database;
      this.source = source;
    }

    private void accept(String title) {
      mostCopied = Math.max(mostCopied, source.rowsCopied() - numbers.size());
      if (first == null) {
        first = new WeakReference<>(title);
        database.execute(
            "DELETE FROM books WHERE id <= 100",
            "INSERT INTO books (title, author) VALUES ('New', 'x')",
            "UPDATE books SET title = 'Changed' WHERE id > 5000");
      }
      String next = String.valueOf(numbers.size() + 1);
      boolean isNext = ("Title " + next + DOTS).substring(0, LENGTH).equals(title);
      numbers.add(isNext ? next : String.valueOf(title).replaceAll("^Title |[.]+$", ""));
      if (numbers.size() == MANY) {
        kept = isKept();
      }
    }

    private boolean isKept() {
      for (int i = 0; i < 5 && first.get() != null; i++) {
        System.gc();
      }
      return first.get() != null;
    }

    private String firstDifference() {
      for (int n = 1; n <= Math.max(MANY, numbers.size()); n++) {
        String found = n <= numbers.size() ? numbers.get(n - 1) : "missing";
        if (n > MANY || !found.equals(String.valueOf(n))) {
          return "title %s is %s".formatted(n, found);
        }
      }
      return "none";
    }
  }
}
