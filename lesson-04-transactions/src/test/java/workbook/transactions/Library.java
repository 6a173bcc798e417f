package workbook.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import workbook.grading.Errors.Action;
import workbook.grading.FreshDatabase;
import workbook.grading.jdbc.LentSessions;

/**
 * The library that checks work on, and what others see of it.
 *
 * <p>Book 1, "Momo", has 3 copies, book 2, "Emil", has 1. There are the members
 * 1 to 3.
 */
record Library(FreshDatabase database, LentSessions sessions, Jdbi jdbi) {
  private static final String ROWS =
      """
      INSERT INTO books (isbn, title, stock)
      VALUES ('1', 'Momo', 3), ('2', 'Emil', 1);
      INSERT INTO members (name) VALUES ('Jane'), ('Ali'), ('Mia');
      """;
  // The tables are the check's own: a learner may write in them, and not change
  // what stands on watch over them.
  private static final String OWNER =
      """
      SET ROLE NONE;
      DO $$ BEGIN
        ALTER SCHEMA public OWNER TO CURRENT_USER;
        GRANT ALL ON SCHEMA public TO PUBLIC;
      EXCEPTION WHEN insufficient_privilege THEN
        NULL; -- before version 15, it is the administrator's
      END $$;
      ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE,
        REFERENCES ON TABLES TO PUBLIC;
      ALTER DEFAULT PRIVILEGES GRANT ALL ON SEQUENCES TO PUBLIC;
      """;
  // Each row that is written from now on leaves its transaction's number here.
  // The row's own xmin would not do: after a savepoint it is another one.
  private static final String WITNESS =
      """
      CREATE TABLE witness (transaction xid8, patience text);
      REVOKE ALL ON witness FROM PUBLIC;
      CREATE FUNCTION witness() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
      BEGIN
        INSERT INTO public.witness VALUES (pg_current_xact_id(),
          'lock_timeout ' || current_setting('lock_timeout')
          || ', statement_timeout ' || current_setting('statement_timeout')
          || ', transaction_timeout '
          || coalesce(current_setting('transaction_timeout', true), '0'));
        RETURN NULL;
      END $$;
      CREATE TRIGGER witness AFTER INSERT OR UPDATE OR DELETE ON books
        FOR EACH ROW EXECUTE FUNCTION witness();
      CREATE TRIGGER witness AFTER INSERT OR UPDATE OR DELETE ON loans
        FOR EACH ROW EXECUTE FUNCTION witness();
      CREATE TRIGGER witness AFTER INSERT OR UPDATE OR DELETE ON notes
        FOR EACH ROW EXECUTE FUNCTION witness();
      """;

  /**
   * Makes the tables and fills them.
   *
   * @param more further statements for the check to begin with
   */
  static Library in(FreshDatabase database, String... more) {
    List<String> statements =
        new ArrayList<>(List.of(OWNER, LendingDesk.SCHEMA, ROWS, WITNESS));
    statements.addAll(List.of(more));
    database.setUp(statements.toArray(String[]::new));
    return of(database);
  }

  /** The library of a database that has the tables already. */
  static Library of(FreshDatabase database) {
    LentSessions sessions = LentSessions.of(database);
    Jdbi jdbi = Jdbi.create(sessions);
    jdbi.installPlugin(new SqlObjectPlugin());
    return new Library(database, sessions, jdbi);
  }

  /** How many transactions have written rows that others see. */
  String transactions() {
    return database.value("SELECT count(DISTINCT transaction) FROM witness");
  }

  /** Demands that rows were written by desks that wait without a limit. */
  void requirePatience() {
    assertThat(column("SELECT DISTINCT patience FROM witness ORDER BY 1"))
        .as(
            "the settings of your transaction when it wrote: a desk waits, for"
                + " as long as another is at the same book")
        .isEqualTo(
            List.of(
                "lock_timeout 0, statement_timeout 0, transaction_timeout 0"));
  }

  /**
   * A session of the check's own, by the name that a trace of the learner's
   * sessions leaves out.
   */
  static Connection observer(FreshDatabase database) throws SQLException {
    return database.session();
  }

  /** A book's stock, as others see it. */
  String stock(long bookId) {
    return database.value("SELECT stock FROM books WHERE id = " + bookId);
  }

  /** The loans that others see, such as {@code 1 to 2}: book 1, member 2. */
  List<String> loans() {
    return column(
        """
        SELECT book_id || ' to ' || member_id FROM loans
        ORDER BY book_id, member_id
        """);
  }

  /** Every row that others see, in words, without the loans' ids. */
  List<String> everything() {
    return column(
        """
        SELECT format('book %s, ISBN %s, %s, stock %s', id, isbn, title, stock)
        FROM books
        UNION ALL SELECT format('member %s, %s', id, name) FROM members
        UNION ALL SELECT format('loan %s to %s', book_id, member_id) FROM loans
        UNION ALL SELECT 'note ' || line FROM notes
        ORDER BY 1
        """);
  }

  /** What others see differently since {@link #everything} was asked. */
  List<String> changesSince(List<String> before) {
    List<String> added = new ArrayList<>(everything());
    List<String> gone = new ArrayList<>(before);
    before.stream().filter(added::remove).forEach(gone::remove);
    return Stream.concat(
            gone.stream().map("- "::concat), added.stream().map("+ "::concat))
        .sorted()
        .toList();
  }

  /** The notes that others see. */
  List<String> notes() {
    return column("SELECT line FROM notes ORDER BY id");
  }

  private List<String> column(String query) {
    return database.rows(query).stream().map(row -> row.get(0)).toList();
  }

  /**
   * Runs what must end in an exception that is known, and in no other.
   *
   * @param situation what calls for the exception
   */
  static void requireSame(
      String situation, Throwable expected, Action action) {
    Throwable thrown = thrownBy(action);
    if (thrown != expected) {
      throw new AssertionError(
          ("This calls for the exception that came first, itself: %s."
                  + "%nexpected: %s%n but was: %s")
              .formatted(situation, expected, described(thrown)),
          thrown);
    }
  }

  /**
   * Runs what must end in the database's own exception, as it came: {@link
   * LendingDesk} says what that is.
   *
   * @param situation what calls for the exception
   * @param state the SQLSTATE that it or its cause must have
   */
  static Throwable requireOwn(String situation, String state, Action action) {
    Throwable thrown = thrownBy(action);
    Throwable own = thrown;
    if (thrown != null && !(thrown instanceof SQLException)) {
      own = thrown.getCause();
    }
    if (!(own instanceof SQLException e && state.equals(e.getSQLState()))) {
      throw new AssertionError(
          ("This calls for the database's own exception: %s.%nexpected: an"
                  + " exception that has SQLSTATE %s, or whose cause has it%n"
                  + " but was: %s")
              .formatted(situation, state, described(thrown)),
          thrown);
    }
    return thrown;
  }

  /**
   * Demands the exception of a connection that is not to be had, with an
   * SQLSTATE and without one, as pools have it.
   */
  static List<Throwable> requireOwnOfNoConnection(Consumer<Jdbi> call) {
    List<Throwable> all = new ArrayList<>();
    for (String state : Arrays.asList("08001", null)) {
      SQLException refused = new SQLException("none is left", state);
      ConnectionFactory none =
          () -> {
            throw refused;
          };
      Jdbi jdbi = Jdbi.create(none).installPlugin(new SqlObjectPlugin());
      Throwable thrown = thrownBy(() -> call.accept(jdbi));
      if (thrown == null || thrown.getCause() != refused) {
        throw new AssertionError(
            ("No connection is to be had: the SQLException of that has SQLSTATE"
                    + " %s.%nexpected: an exception whose cause it is%n but"
                    + " was: %s")
                .formatted(state, described(thrown)),
            thrown);
      }
      all.add(thrown);
    }
    return all;
  }

  /** What it throws, or null. */
  static Throwable thrownBy(Action action) {
    try {
      action.run();
      return null;
    } catch (Throwable thrown) {
      return thrown;
    }
  }

  /** An exception and its cause, in words. */
  static String described(Throwable thrown) {
    if (thrown == null) {
      return "none, the method returned";
    }
    String text =
        thrown.getCause() == null
            ? thrown.toString()
            : "%s%nIts cause: %s".formatted(thrown, thrown.getCause());
    // One of the titles has it, and a report that is printed must not.
    return text.replace('\0', '?');
  }
}
