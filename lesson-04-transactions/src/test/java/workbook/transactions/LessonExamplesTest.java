package workbook.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jdbi.v3.sqlobject.transaction.Transaction;
import org.junit.jupiter.api.Test;
import workbook.grading.FreshDatabase;
import workbook.grading.Graded;

/** The code that the lesson's text quotes. */
@Graded
class LessonExamplesTest {
  private static final String SCHEMA =
      """
      CREATE TABLE cities (
        name      text PRIMARY KEY,
        residents integer NOT NULL CHECK (residents >= 0)
      );
      CREATE TABLE people (
        name text PRIMARY KEY,
        city text NOT NULL REFERENCES cities
      );
      INSERT INTO cities VALUES ('Rustmore', 1), ('Mathville', 0);
      INSERT INTO people VALUES ('Jane Lee', 'Rustmore');
      """;
  private static final String BIRTH =
      "UPDATE cities SET residents = residents + 1 WHERE name = 'Rustmore'";

  @Test
  void under_autocommit_half_a_move_stays(FreshDatabase database)
      throws SQLException {
    database.execute(SCHEMA);

    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "UPDATE cities SET residents = residents - 1"
              + " WHERE name = 'Rustmore'");
      assertThatThrownBy(
              () ->
                  statement.execute(
                      "UPDATE people SET city = 'Mathvile'"
                          + " WHERE name = 'Jane Lee'"))
          .hasMessageContaining("(city)=(Mathvile) is not present");
    }

    // Rustmore is empty, says one table. Jane lives there, says the other.
    assertThat(residents(database, "Rustmore")).isEqualTo("0");
    assertThat(city(database, "Jane Lee")).isEqualTo("Rustmore");
  }

  @Test
  void closing_is_not_committing(FreshDatabase database) throws SQLException {
    database.execute(SCHEMA);

    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      move(connection, "Jane Lee", "Mathville");
    }

    assertThat(city(database, "Jane Lee")).isEqualTo("Rustmore");
  }

  @Test
  void turning_autocommit_on_commits(FreshDatabase database)
      throws SQLException {
    database.execute(SCHEMA);

    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      move(connection, "Jane Lee", "Mathville");
      connection.setAutoCommit(true);

      assertThat(city(database, "Jane Lee")).isEqualTo("Mathville");
    }
  }

  @Test
  void there_is_nothing_to_commit_under_autocommit(FreshDatabase database)
      throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      assertThatThrownBy(() -> connection.commit())
          .hasMessage("Cannot commit when autoCommit is enabled.")
          .extracting("SQLState")
          .isEqualTo("25P01");
    }
  }

  @Test
  void after_an_error_nothing_works_and_commit_does_not_say_so(
      FreshDatabase database) throws SQLException {
    database.execute(SCHEMA);

    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      move(connection, "Jane Lee", "Mathville");

      SQLException first =
          catchThrowableOfType(
              SQLException.class,
              () -> move(connection, "Jane Lee", "Mathvile"));
      assertThat(first.getSQLState()).isEqualTo("23503");

      SQLException second =
          catchThrowableOfType(
              SQLException.class,
              () -> move(connection, "Jane Lee", "Mathville"));
      assertThat(second.getSQLState()).isEqualTo("25P02");
      assertThat(second.getCause()).hasMessage(first.getMessage());

      assertThatCode(() -> connection.commit()).doesNotThrowAnyException();
      assertThat(city(database, "Jane Lee")).isEqualTo("Rustmore");
    }
  }

  @Test
  void an_exception_of_any_type_rolls_back(FreshDatabase database) {
    database.execute(SCHEMA);
    Jdbi jdbi = Jdbi.create(database.dataSource());

    assertThatThrownBy(
            () ->
                jdbi.useTransaction(
                    handle -> {
                      move(handle, "Jane Lee", "Mathville");
                      throw new IOException("the removal van broke down");
                    }))
        .isInstanceOf(IOException.class);

    assertThat(city(database, "Jane Lee")).isEqualTo("Rustmore");
  }

  @Test
  void one_handle_serves_many_transactions(FreshDatabase database) {
    database.execute(SCHEMA);
    Jdbi jdbi = Jdbi.create(database.dataSource());

    try (Handle handle = jdbi.open()) {
      handle.useTransaction(
          transaction -> transaction.execute(BIRTH));
      int residents =
          handle.inTransaction(
              transaction -> {
                transaction.execute(BIRTH);
                return transaction
                    .createQuery(
                        "SELECT residents FROM cities"
                            + " WHERE name = 'Rustmore'")
                    .mapTo(int.class)
                    .one();
              });

      assertThat(residents).isEqualTo(3);
      assertThat(database.sessions()).hasSize(1);
    }
  }

  @Test
  void a_commit_inside_the_callback_ends_the_transaction(
      FreshDatabase database) {
    database.execute(SCHEMA);
    Jdbi jdbi = Jdbi.create(database.dataSource());

    assertThatThrownBy(
            () ->
                jdbi.useTransaction(
                    handle -> {
                      handle.execute(BIRTH);
                      handle.commit();
                      handle.execute(BIRTH);
                      throw new IllegalStateException("too late");
                    }))
        .hasMessage("too late");

    // Two births are saved: the second was under autocommit already.
    assertThat(residents(database, "Rustmore")).isEqualTo("3");
  }

  @Test
  void a_handle_in_a_transaction_does_not_close_in_silence(
      FreshDatabase database) {
    database.execute(SCHEMA);
    Jdbi jdbi = Jdbi.create(database.dataSource());

    assertThatThrownBy(
            () -> {
              try (Handle handle = jdbi.open()) {
                handle.begin();
                handle.execute(BIRTH);
              }
            })
        .isInstanceOf(TransactionException.class)
        .hasMessageContaining("must be explicitly committed or rolled back");

    assertThat(residents(database, "Rustmore")).isEqualTo("1");
  }

  @Test
  void a_long_batch_is_no_transaction(FreshDatabase database) {
    database.execute(SCHEMA);
    Jdbi jdbi = Jdbi.create(database.dataSource());

    try (Handle handle = jdbi.open()) {
      PreparedBatch batch =
          handle.prepareBatch("INSERT INTO cities VALUES (:name, 0)");
      for (int number = 1; number < 1000; number++) {
        batch.bind("name", "City " + number).add();
      }
      batch.bind("name", "Rustmore").add(); // which is there already
      assertThatThrownBy(() -> batch.execute()).hasMessageContaining("Batch");
    }

    // Part of the thousand is there: the two of before, and some more.
    assertThat(database.value("SELECT count(*) > 2 FROM cities"))
        .isEqualTo("t");
  }

  @Test
  void a_savepoint_undoes_a_part(FreshDatabase database) {
    database.execute(SCHEMA);
    Jdbi jdbi = Jdbi.create(database.dataSource());

    jdbi.useTransaction(
        handle -> {
          handle.execute(BIRTH);
          handle.savepoint("before_move");
          try {
            move(handle, "Jane Lee", "Mathvile");
            handle.releaseSavepoint("before_move");
          } catch (UnableToExecuteStatementException e) {
            handle.rollbackToSavepoint("before_move");
          }
          handle.execute(BIRTH);
        });

    assertThat(residents(database, "Rustmore")).isEqualTo("3");
    assertThat(city(database, "Jane Lee")).isEqualTo("Rustmore");
  }

  @Test
  void an_inner_transaction_joins_the_outer(FreshDatabase database) {
    database.execute(SCHEMA);
    Jdbi jdbi = Jdbi.create(database.dataSource());

    jdbi.useTransaction(
        outer -> {
          try {
            outer.useTransaction(
                inner -> {
                  inner.execute(BIRTH);
                  throw new IllegalStateException("undo this birth");
                });
          } catch (IllegalStateException e) {
            // The transaction goes on, and nothing was undone.
          }
          outer.execute(BIRTH);
        });

    assertThat(residents(database, "Rustmore")).isEqualTo("3");
  }

  @Test
  void an_open_handle_and_its_jdbi_are_two_connections(
      FreshDatabase database) {
    Jdbi jdbi = Jdbi.create(database.dataSource());
    String pid = "SELECT pg_backend_pid()";

    try (Handle opened = jdbi.open()) {
      int here = opened.createQuery(pid).mapTo(int.class).one();
      int there =
          jdbi.inTransaction(
              handle -> handle.createQuery(pid).mapTo(int.class).one());
      assertThat(there).isNotEqualTo(here);
    }

    jdbi.useTransaction(
        outer ->
            jdbi.useTransaction(inner -> assertThat(inner).isSameAs(outer)));
  }

  /** Moves people, as a SQL Object. */
  interface Moves {
    @SqlUpdate("UPDATE people SET city = :city WHERE name = :name")
    void settle(String name, String city);

    @SqlUpdate(
        "UPDATE cities SET residents = residents + :more WHERE name = :city")
    void count(String city, int more);

    @Transaction
    default void move(String name, String from, String to) {
      count(from, -1);
      count(to, 1);
      settle(name, to);
    }
  }

  @Test
  void a_sql_object_has_transactions_too(FreshDatabase database) {
    database.execute(SCHEMA);

    Jdbi jdbi =
        Jdbi.create(database.dataSource())
            .installPlugin(new SqlObjectPlugin());
    Moves moves = jdbi.onDemand(Moves.class);

    moves.move("Jane Lee", "Rustmore", "Mathville");

    assertThat(residents(database, "Mathville")).isEqualTo("1");
    assertThat(city(database, "Jane Lee")).isEqualTo("Mathville");

    assertThatThrownBy(() -> moves.move("Jane Lee", "Mathville", "Mathvile"))
        .isInstanceOf(UnableToExecuteStatementException.class);
    assertThat(residents(database, "Mathville")).isEqualTo("1");
  }

  @Test
  void what_was_read_may_be_stale_when_it_is_written(FreshDatabase database) {
    database.execute(SCHEMA);
    Jdbi jdbi = Jdbi.create(database.dataSource());

    jdbi.useTransaction(
        handle -> {
          int residents =
              handle
                  .createQuery(
                      "SELECT residents FROM cities WHERE name = 'Rustmore'")
                  .mapTo(int.class)
                  .one();

          database.execute(BIRTH); // on another connection

          handle.execute(
              "UPDATE cities SET residents = ? WHERE name = 'Rustmore'",
              residents + 1);
        });

    // One resident and two births: one was lost.
    assertThat(residents(database, "Rustmore")).isEqualTo("2");
  }

  @Test
  void a_lock_makes_the_other_one_wait(FreshDatabase database) {
    database.execute(SCHEMA);
    Jdbi jdbi = Jdbi.create(database.dataSource());

    CompletableFuture<Void> other =
        jdbi.inTransaction(
            handle -> {
              int residents =
                  handle
                      .createQuery(
                          "SELECT residents FROM cities"
                              + " WHERE name = 'Rustmore' FOR UPDATE")
                      .mapTo(int.class)
                      .one();
              CompletableFuture<Void> birth =
                  CompletableFuture.runAsync(() -> database.execute(BIRTH));
              handle.execute(
                  "UPDATE cities SET residents = ? WHERE name = 'Rustmore'",
                  residents + 1);
              return birth;
            });
    other.join();

    assertThat(residents(database, "Rustmore")).isEqualTo("3");
  }

  @Test
  void two_transactions_wait_for_each_other(FreshDatabase database)
      throws Exception {
    database.execute(SCHEMA);
    DataSource dataSource = database.dataSource();
    CyclicBarrier both = new CyclicBarrier(2);

    CompletableFuture<String> other =
        CompletableFuture.supplyAsync(
            () -> addToBoth(dataSource, "Mathville", "Rustmore", both));
    String mine = addToBoth(dataSource, "Rustmore", "Mathville", both);
    List<String> results = List.of(mine, other.join());

    assertThat(results).containsExactlyInAnyOrder("committed", "40P01");
  }

  private static String addToBoth(
      DataSource dataSource, String first, String second, CyclicBarrier both) {
    String update =
        "UPDATE cities SET residents = residents + 1 WHERE name = ?";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(update)) {
      connection.setAutoCommit(false);
      statement.setString(1, first);
      statement.executeUpdate();
      await(both);
      statement.setString(1, second);
      statement.executeUpdate();
      connection.commit();
      return "committed";
    } catch (SQLException e) {
      return e.getSQLState(); // closing has rolled back
    }
  }

  private static void await(CyclicBarrier both) {
    try {
      both.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void locks_in_one_order_never_deadlock(FreshDatabase database) {
    database.execute(SCHEMA);
    DataSource dataSource = database.dataSource();

    CompletableFuture<Void> other =
        CompletableFuture.runAsync(
            () -> moveTenTimes(dataSource, "Mathville", "Rustmore"));
    moveTenTimes(dataSource, "Rustmore", "Mathville");
    other.join(); // throws what was thrown there

    assertThat(residents(database, "Rustmore")).isEqualTo("21");
    assertThat(residents(database, "Mathville")).isEqualTo("20");
  }

  private static void moveTenTimes(
      DataSource dataSource, String from, String to) {
    String more = "UPDATE cities SET residents = residents + 1 WHERE name = ?";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement add = connection.prepareStatement(more)) {
      connection.setAutoCommit(false);
      for (int time = 1; time <= 10; time++) {
        lockInOrder(connection, from, to);
        for (String city : List.of(from, to)) {
          add.setString(1, city);
          add.executeUpdate();
        }
        connection.commit();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void lockInOrder(
      Connection connection, String from, String to) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement(
            "SELECT FROM cities WHERE name = ? FOR UPDATE")) {
      for (String city : new TreeSet<>(List.of(from, to))) {
        lock.setString(1, city); // by the alphabet, whatever the direction
        lock.executeQuery();
      }
    }
  }

  @Test
  void pauses_grow_and_differ() {
    for (int attempt = 1; attempt <= 4; attempt++) {
      assertThat(pause(attempt)).isBetween(5L << attempt, 10L << attempt);
    }
  }

  static long pause(int attempt) {
    long milliseconds = 5L << attempt; // 10, 20, 40, ...
    return milliseconds
        + ThreadLocalRandom.current().nextLong(milliseconds);
  }

  @Test
  void serializable_refuses_to_write_what_is_stale(FreshDatabase database) {
    database.execute(SCHEMA);
    Jdbi jdbi = Jdbi.create(database.dataSource());

    var refused =
        catchThrowableOfType(
            UnableToExecuteStatementException.class,
            () ->
                jdbi.useTransaction(
                    TransactionIsolationLevel.SERIALIZABLE,
                    handle -> {
                      handle.execute("SELECT residents FROM cities");
                      database.execute(BIRTH); // on another connection
                      handle.execute(BIRTH);
                    }));

    assertThat(refused.getCause())
        .hasMessageContaining("could not serialize access")
        .extracting("SQLState")
        .isEqualTo("40001");
  }

  @Test
  void each_statement_sees_the_newest_or_all_see_the_same(
      FreshDatabase database) {
    database.execute(SCHEMA);
    Jdbi jdbi = Jdbi.create(database.dataSource());

    jdbi.useTransaction(
        handle -> {
          assertThat(countPeople(handle)).isEqualTo(1);
          database.execute("INSERT INTO people VALUES ('Ada', 'Rustmore')");
          assertThat(countPeople(handle)).isEqualTo(2);
        });

    jdbi.useTransaction(
        TransactionIsolationLevel.REPEATABLE_READ,
        handle -> {
          assertThat(countPeople(handle)).isEqualTo(2);
          database.execute("INSERT INTO people VALUES ('Bo', 'Rustmore')");
          assertThat(countPeople(handle)).isEqualTo(2);
        });
  }

  private static int countPeople(Handle handle) {
    return handle
        .createQuery("SELECT count(*) FROM people")
        .mapTo(int.class)
        .one();
  }

  private static void move(Connection connection, String name, String city)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE people SET city = ? WHERE name = ?")) {
      statement.setString(1, city);
      statement.setString(2, name);
      statement.executeUpdate();
    }
  }

  private static void move(Handle handle, String name, String city) {
    handle.execute("UPDATE people SET city = ? WHERE name = ?", city, name);
  }

  /** What others see: it is asked through a connection of its own. */
  private static String city(FreshDatabase database, String name) {
    return database.value(
        "SELECT city FROM people WHERE name = '" + name + "'");
  }

  private static String residents(FreshDatabase database, String city) {
    return database.value(
        "SELECT residents FROM cities WHERE name = '" + city + "'");
  }
}
