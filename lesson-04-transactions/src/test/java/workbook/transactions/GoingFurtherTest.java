package workbook.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.SerializableTransactionRunner;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import workbook.grading.FreshDatabase;
import workbook.grading.Graded;

/** The code of the lesson's section "Going further". */
@Graded
class GoingFurtherTest {
  private static final String SCHEMA =
      """
      CREATE TABLE visits (day integer PRIMARY KEY, count integer NOT NULL);
      INSERT INTO visits VALUES (1, 0);
      """;
  private static final String COUNT =
      "UPDATE visits SET count = count + 1 WHERE day = 1";

  @Test
  void two_doctors_on_call_are_never_both_off(FreshDatabase database) {
    database.execute(
        """
        CREATE TABLE doctors (name text PRIMARY KEY, on_call boolean NOT NULL);
        INSERT INTO doctors VALUES ('Ali', true), ('Mia', true);
        """);
    Jdbi jdbi = Jdbi.create(database.dataSource());

    List<String> outcomes = new ArrayList<>();
    for (TransactionIsolationLevel level :
        List.of(
            TransactionIsolationLevel.REPEATABLE_READ,
            TransactionIsolationLevel.SERIALIZABLE)) {
      database.execute("UPDATE doctors SET on_call = true");
      try (Handle ali = jdbi.open();
          Handle mia = jdbi.open()) {
        outcomes.add(level + ": " + bothGoHome(ali, mia, level));
      }
      outcomes.add("on call: " + database.value(
          "SELECT count(*) FROM doctors WHERE on_call"));
    }

    assertThat(outcomes)
        .containsExactly(
            "REPEATABLE_READ: both may go",
            "on call: 0",
            "SERIALIZABLE: one is refused",
            "on call: 1");
  }

  // Each looks whether somebody else is on call, and then goes home.
  private static String bothGoHome(
      Handle ali, Handle mia, TransactionIsolationLevel level) {
    try {
      ali.useTransaction(
          level,
          alis -> {
            onCall(alis);
            mia.useTransaction(
                level,
                mias -> {
                  onCall(mias);
                  goHome(mias, "Mia");
                });
            goHome(alis, "Ali");
          });
      return "both may go";
    } catch (RuntimeException e) {
      assertThat(((SQLException) e.getCause()).getSQLState())
          .isEqualTo("40001");
      return "one is refused";
    }
  }

  private static void onCall(Handle handle) {
    assertThat(
            handle
                .createQuery("SELECT count(*) FROM doctors WHERE on_call")
                .mapTo(int.class)
                .one())
        .isEqualTo(2);
  }

  private static void goHome(Handle handle, String name) {
    handle.execute("UPDATE doctors SET on_call = false WHERE name = ?", name);
  }

  @Test
  void jdbi_can_run_it_again(FreshDatabase database) {
    database.execute(SCHEMA);
    List<String> runs = new ArrayList<>();

    Jdbi jdbi = Jdbi.create(database.dataSource());
    jdbi.setTransactionHandler(new SerializableTransactionRunner());
    jdbi.getConfig(SerializableTransactionRunner.Configuration.class)
        .setMaxRetries(3);

    jdbi.useTransaction(
        TransactionIsolationLevel.SERIALIZABLE,
        handle -> {
          handle.execute("SELECT count FROM visits");
          if (runs.isEmpty()) {
            database.execute(COUNT); // on another connection, once
          }
          runs.add("run");
          handle.execute(COUNT);
        });

    assertThat(runs).hasSize(2);
    assertThat(database.value("SELECT count FROM visits")).isEqualTo("2");
  }

  @Test
  void a_read_only_transaction_writes_nothing(FreshDatabase database) {
    database.execute(SCHEMA);
    Jdbi jdbi = Jdbi.create(database.dataSource());

    try (Handle handle = jdbi.open()) {
      handle.setReadOnly(true);
      assertThatThrownBy(
              () -> handle.useTransaction(reader -> reader.execute(COUNT)))
          .hasMessageContaining("in a read-only transaction");
    }
  }

  @Test
  void a_notification_is_delivered_on_commit(FreshDatabase database)
      throws SQLException {
    try (Connection listener = database.dataSource().getConnection();
        Connection sender = database.dataSource().getConnection()) {
      execute(listener, "LISTEN returned_books");
      PGConnection mail = listener.unwrap(PGConnection.class);

      sender.setAutoCommit(false);
      execute(sender, "NOTIFY returned_books, 'Momo'");
      // getNotifications waits for so many milliseconds; 0 would be for ever.
      assertThat(mail.getNotifications(50)).isEmpty();

      sender.commit();
      PGNotification[] notifications = mail.getNotifications(5_000);
      assertThat(notifications).hasSize(1);
      assertThat(notifications[0].getName()).isEqualTo("returned_books");
      assertThat(notifications[0].getParameter()).isEqualTo("Momo");
    }
  }

  @Test
  void an_advisory_lock_is_held_until_the_commit(FreshDatabase database) {
    Jdbi jdbi = Jdbi.create(database.dataSource());
    String tryLock = "SELECT pg_try_advisory_xact_lock(42)";

    try (Handle first = jdbi.open();
        Handle second = jdbi.open()) {
      first.useTransaction(
          holder -> {
            assertThat(yes(holder, tryLock)).isTrue();
            assertThat(yes(second, tryLock)).isFalse();
          });
      assertThat(yes(second, tryLock)).isTrue();
    }
  }

  private static boolean yes(Handle handle, String question) {
    return handle.createQuery(question).mapTo(Boolean.class).one();
  }

  private static void execute(Connection connection, String sql)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
