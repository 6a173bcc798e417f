package workbook.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static workbook.errors.DiagnosisChecks.name;
import static workbook.errors.Outcomes.assertChangedNothing;
import static workbook.errors.Outcomes.assertClosed;
import static workbook.errors.Outcomes.assertNotClosedAgain;
import static workbook.errors.Outcomes.assertOneAttempt;
import static workbook.errors.Outcomes.assertState;
import static workbook.errors.Outcomes.assertStillInterrupted;
import static workbook.errors.Outcomes.assertSuppressed;
import static workbook.errors.Outcomes.assertThrows;
import static workbook.errors.Outcomes.fail;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import workbook.errors.Troubleshooter.ConnectionWork;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;

/** Exercise 2.3: is it closed, and which failure comes out? */
interface ClosingChecks {
  /** A query. */
  String ONE = "SELECT 1";

  /** What the work may throw. */
  List<Supplier<Throwable>> FAILURES =
      List.of(
          () -> new SQLException("the work failed"),
          () -> new SQLTransientConnectionException("the work failed", "08006"),
          () -> new IllegalStateException("the work failed"),
          () -> new LinkageError("the work failed"),
          () -> new StackOverflowError("the work failed"));

  /** What closing may throw. */
  List<Supplier<Throwable>> CLOSINGS =
      List.of(
          () -> new SQLException("closing failed"),
          () -> new SQLException("closing failed", "08006", new IOException("broken pipe")),
          () -> new IllegalStateException("closing failed"),
          () -> new IllegalStateException(new SQLException("closing failed")),
          () -> new LinkageError("closing failed"));

  /** The answer to check, made anew. */
  Troubleshooter answer();

  @Check(exercise = "2.3", points = 1)
  default void closes_after_work_that_succeeds(FreshDatabase database)
      throws SQLException {
    database.setUp("CREATE TABLE books (title text PRIMARY KEY)");
    for (String title : new String[] {"Emma", null}) {
      WatchedSource watched = WatchedSource.of(database.dataSource());
      Object expected = title == null ? null : 1;

      Object result = insertWith(watched, title);

      assertThat(result).as("what the work returned").isEqualTo(expected);
      assertClosed(watched, "the work had returned " + expected);
      assertOneAttempt(watched, "the work succeeded");
      assertChangedNothing(watched);
    }
    leavesATransactionOpen(WatchedSource.of(database.dataSource()));
    try (Connection lent = database.dataSource().getConnection()) {
      doesTheWorkThoughInterrupted(WatchedSource.lending(database.dataSource(), lent, null));
      takesWhatItIsGiven(WatchedSource.lendingClosed(database.dataSource(), lent));
      closesAndNoMore(
          WatchedSource.lending(database.dataSource(), lent, new SQLException("closing failed")));
    }
    nests(database.dataSource());
    closesUnderItsResult("a connection", database, connection -> connection);
    closesUnderItsResult("a statement", database, Connection::createStatement);
    closesUnderItsResult(
        "a result set", database, connection -> connection.createStatement().executeQuery(ONE));
    closesUnderItsResult("a stream", database, connection -> Stream.of(connection));
    assertThat(database.value("SELECT title FROM books"))
        .as("the titles that the work inserted and committed, seen from outside")
        .isEqualTo("Emma");
  }

  @Check(exercise = "2.3", points = 2)
  default void closes_after_work_that_fails(FreshDatabase database)
      throws SQLException {
    DataSource real = database.dataSource();
    for (Supplier<Throwable> failure : FAILURES) {
      failsWith(failure.get(), null, WatchedSource.of(real));
    }
    try (Connection lent = real.getConnection()) {
      for (Supplier<Throwable> failure : FAILURES) {
        for (Supplier<Throwable> closing : CLOSINGS) {
          Throwable second = closing.get();
          failsWith(failure.get(), second, WatchedSource.lending(real, lent, second));
        }
      }
      int next = 0;
      for (Throwable failure : Thrown.all()) {
        Throwable second = CLOSINGS.get(next++ % CLOSINGS.size()).get();
        failsWith(failure, second, WatchedSource.lending(real, lent, second));
      }
      leavesInterrupted(real, lent);
      // Two failures that look alike are two.
      Iterator<Throwable> twins = Thrown.all().iterator();
      for (Throwable failure : Thrown.all()) {
        Throwable second = twins.next();
        failsWith(failure, second, WatchedSource.lending(real, lent, second));
      }
      for (Throwable second : Thrown.all()) {
        Throwable failure = FAILURES.get(next++ % FAILURES.size()).get();
        failsWith(failure, second, WatchedSource.lending(real, lent, second));
      }
      for (Throwable failure : Thrown.all()) {
        failsWith(failure, null, WatchedSource.lending(real, lent, null));
      }
    }
  }

  @Check(exercise = "2.3", points = 1)
  default void hides_no_failure_to_open_or_close(FreshDatabase database)
      throws SQLException {
    AtomicInteger calls = new AtomicInteger();
    ConnectionWork<Integer> work = connection -> calls.incrementAndGet();
    DataSource real = database.dataSource();
    DataSource gone = database.settings().withDbname("gone").dataSource();

    WatchedSource missing = WatchedSource.of(gone);
    assertState(
        "3D000",
        "there is no such database",
        () -> answer().withConnection(missing.source(), work));
    assertOneAttempt(missing, "there is no such database");
    for (Throwable expected : Thrown.all()) {
      WatchedSource failing = WatchedSource.failing(real, expected);
      assertThrows(
          expected,
          "getConnection() threw it",
          () -> answer().withConnection(failing.source(), work));
      assertOneAttempt(failing, "getConnection() threw " + told(expected));
    }
    assertThat(calls.get()).as("how often the work was called without a connection").isZero();
    try (Connection lent = real.getConnection()) {
      for (Throwable expected : closings()) {
        WatchedSource watched = WatchedSource.lending(real, lent, expected);
        calls.set(0);
        assertThrows(
            expected,
            "closing threw it, after work that succeeded",
            () -> answer().withConnection(watched.source(), work));
        assertThat(calls.get()).as("how often the work was called").isEqualTo(1);
        assertOneAttempt(watched, "closing threw " + told(expected));
        assertNotClosedAgain(watched, "closing threw " + told(expected));
        assertClosed(watched, "closing had thrown " + told(expected));
      }
    }
  }

  // A method of the connection that the work does not call may throw.
  private Integer insertWith(WatchedSource watched, String title) throws SQLException {
    try {
      return answer()
          .withConnection(
              watched.source(),
              work(watched, connection -> title == null ? null : insert(connection, title)));
    } catch (SQLException | RuntimeException e) {
      assertChangedNothing(watched);
      throw e;
    }
  }

  private void leavesATransactionOpen(WatchedSource watched) throws SQLException {
    int inserted =
        answer()
            .withConnection(
                watched.source(),
                work(
                    watched,
                    connection -> {
                      connection.setAutoCommit(false);
                      return insert(connection, "Persuasion");
                    }));
    assertThat(inserted).as("what the work returned").isEqualTo(1);
    assertClosed(watched, "the work had left a transaction open");
    assertChangedNothing(watched);
  }

  private static List<Throwable> closings() {
    return Stream.concat(CLOSINGS.stream().map(Supplier::get), Thrown.all().stream()).toList();
  }

  // Which failure comes out is another check's.
  private void closesAndNoMore(WatchedSource watched) {
    catchThrowable(() -> answer().withConnection(watched.source(), connection -> 1));
    assertChangedNothing(watched);
  }

  // Whether it works is for the work to find out.
  private void takesWhatItIsGiven(WatchedSource watched) throws SQLException {
    String situation = "the source returned a connection that is closed";
    String result = answer().withConnection(watched.source(), connection -> "done");
    assertThat(result).as("what the work returned, when %s", situation).isEqualTo("done");
    assertOneAttempt(watched, situation);
  }

  // Also what can be used only while the connection is open.
  private void closesUnderItsResult(
      String what, FreshDatabase database, ConnectionWork<Object> work) throws SQLException {
    WatchedSource watched = WatchedSource.of(database.dataSource());
    Object[] returned = {null};

    Object result =
        answer()
            .withConnection(
                watched.source(),
                work(watched, connection -> returned[0] = work.with(connection)));

    assertThat(result == returned[0])
        .withFailMessage(
            "The work returned %s.%nexpected: that very object%n but was: another one", what)
        .isTrue();
    assertClosed(watched, "the work had returned " + what);
  }

  private void nests(DataSource real) throws SQLException {
    WatchedSource outer = WatchedSource.of(real);
    WatchedSource inner = WatchedSource.of(real);
    Troubleshooter one = answer();
    String result =
        one.withConnection(
            outer.source(),
            first -> {
              String user = one.withConnection(inner.source(), ClosingChecks::user);
              assertClosed(inner, "the work of a call within the work had returned " + user);
              assertOneAttempt(inner, "your method was called within the work");
              assertThat(first.isClosed())
                  .as("whether a call within the work closed the connection of the call around it")
                  .isFalse();
              return user;
            });
    assertThat(result).as("what the work returned").isNotNull();
    assertClosed(outer, "its work, with a call of your method in it, had returned");
    assertOneAttempt(outer, "your method was called within the work, too");
  }

  private static String user(Connection connection) throws SQLException {
    return connection.getMetaData().getUserName();
  }

  private void failsWith(Throwable failure, Throwable closing, WatchedSource watched)
      throws SQLException {
    AtomicInteger calls = new AtomicInteger();
    Throwable[] before = failure.getSuppressed();
    ConnectionWork<Integer> work =
        connection -> {
          calls.incrementAndGet();
          return fail(failure);
        };
    String closed = closing == null ? "" : ", and then closing threw " + name(closing);

    assertThrows(
        failure,
        "the work threw " + told(failure) + closed,
        () -> answer().withConnection(watched.source(), work(watched, work)));

    assertClosed(watched, "the work had thrown " + told(failure));
    assertSuppressed(before, failure, closing);
    String situation = "the work threw " + told(failure) + closed;
    assertOneAttempt(watched, situation);
    assertThat(Thread.interrupted())
        .as("whether the thread is interrupted, when %s", situation)
        .isFalse();
    assertNotClosedAgain(watched, situation);
    assertThat(calls.get())
        .as("how often the work was done, when %s", situation)
        .isEqualTo(1);
    assertChangedNothing(watched);
  }

  private void doesTheWorkThoughInterrupted(WatchedSource watched) throws SQLException {
    Thread.currentThread().interrupt();
    boolean[] seen = {false, false};
    try {
      answer()
          .withConnection(
              watched.source(), connection -> seen[0] = Thread.currentThread().isInterrupted());
    } catch (SQLException | RuntimeException e) {
      throw new AssertionError(
          "The thread was interrupted before your method was called.%n".formatted()
              + "expected: the work is done as ever%n but was: %s".formatted(e),
          e);
    } finally {
      seen[1] = Thread.interrupted();
    }
    assertThat(seen)
        .as("whether the thread was interrupted in the work, and afterwards, as it was before")
        .containsExactly(true, true);
    assertStillInterrupted(
        watched.calm(), "getConnection() and close()", "the work succeeded");
  }

  // On each path, whatever fails.
  private void leavesInterrupted(DataSource real, Connection lent) throws SQLException {
    for (Supplier<Throwable> failure : FAILURES) {
      Throwable first = failure.get();
      for (Throwable closing : new Throwable[] {null, new SQLException("closing failed")}) {
        WatchedSource watched = WatchedSource.lending(real, lent, closing);
        String situation =
            "the work threw " + told(first) + (closing == null ? "" : ", and closing threw, too");
        Thread.currentThread().interrupt();
        try {
          assertThrows(
              first,
              "the work threw " + told(first) + ", on a thread that was interrupted before",
              () -> answer().withConnection(watched.source(), connection -> fail(first)));
        } finally {
          if (!Thread.interrupted()) {
            watched.calm().add("what comes after your method");
          }
        }
        assertStillInterrupted(watched.calm(), "getConnection(), close() and after it", situation);
        assertClosed(watched, situation + ", on a thread that was interrupted");
      }
    }
  }

  private static String told(Throwable thrown) {
    return thrown instanceof SQLException failure
        ? name(thrown) + DiagnosisChecks.state(failure)
        : name(thrown);
  }

  private static <T> ConnectionWork<T> work(WatchedSource watched, ConnectionWork<T> work) {
    return connection -> {
      watched.begin();
      try {
        return work.with(connection);
      } finally {
        watched.end();
      }
    };
  }

  private static Integer insert(Connection connection, String title)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("INSERT INTO books VALUES (?)")) {
      statement.setString(1, title);
      return statement.executeUpdate();
    }
  }
}
