package workbook.engine.databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import workbook.engine.postgres.ThrowawayServer;
import workbook.engine.protocol.HostCall;
import workbook.engine.protocol.HostCall.Kind;
import workbook.engine.protocol.HostReply;
import workbook.support.DatabaseSettings;

class DatabaseBrokerTest {
  private static final ThrowawayServer SERVER =
      ThrowawayServer.open(ThrowawayServer.configured(), line -> {});
  private static final CheckDatabases DATABASES = new CheckDatabases(SERVER);

  private final DatabaseBroker broker =
      new DatabaseBroker(() -> DATABASES, UnaryOperator.identity(), true);
  private int calls;

  @AfterAll
  static void stop() {
    DATABASES.close();
    SERVER.close();
  }

  @Test
  void a_check_that_takes_looks_after_and_gives_back_is_complete() throws SQLException {
    broker.begin(1);
    HostReply taken = call(Kind.TAKE, null, null);
    assertThat(broker.isComplete()).isFalse();
    String name = taken.settings().dbname();
    try (Connection connection = taken.settings().dataSource().getConnection()) {
      assertThat(call(Kind.SESSIONS, name, "").rows()).hasSize(1);
      assertThat(connection.isValid(1)).isTrue();
    }
    assertThat(broker.isComplete()).isFalse();

    assertThat(call(Kind.DISCARD, name, null).error()).isNull();
    assertThat(broker.isComplete()).isTrue();
    assertThat(broker.namesOfCheck()).containsExactly(name);
  }

  @Test
  void a_check_gets_no_more_databases_than_it_declares() {
    broker.begin(1);
    call(Kind.TAKE, null, null);

    assertThat(call(Kind.TAKE, null, null).error()).contains("no more databases");
    broker.begin(0);
    assertThat(call(Kind.TAKE, null, null).error()).contains("no more databases");
  }

  @ParameterizedTest
  @EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "TAKE")
  void nonsense_is_refused_and_breaks_nothing(Kind kind) {
    broker.begin(1);
    String name = call(Kind.TAKE, null, null).settings().dbname();

    assertThat(call(kind, name, "a\0b").error()).isEqualTo("That is no text for a database.");
    assertThat(call(kind, name, "a".repeat(201)).error()).isNotNull();
    assertThat(broker.answer(new HostCall(7, Kind.LIMIT_SESSIONS, name, null, -1)).error())
        .isNull();
    assertThat(call(Kind.DISCARD, name, null).error()).isNull();
    DATABASES.restock();
  }

  @Test
  void a_database_that_its_owner_made_a_template_is_dropped() throws SQLException {
    broker.begin(1);
    DatabaseSettings settings = call(Kind.TAKE, null, null).settings();
    try (Connection connection = settings.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER DATABASE " + settings.dbname() + " IS_TEMPLATE true");
    }
    DatabaseMaker maker = new DatabaseMaker(SERVER, DatabaseMaker.newRun());

    maker.drop(settings.dbname());

    assertThat(DATABASES.size(settings.dbname())).isZero();
    maker.close();
  }

  @Test
  void the_learners_own_worker_may_take_databases_ahead() {
    DatabaseBroker ahead = new DatabaseBroker(() -> DATABASES, UnaryOperator.identity(), false);

    assertThat(ahead.answer(new HostCall(1, Kind.TAKE, null, null, 0)).settings()).isNotNull();
    ahead.close();
  }

  @ParameterizedTest
  @EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "TAKE")
  void no_other_database_is_in_reach(Kind kind) {
    broker.begin(1);
    call(Kind.TAKE, null, null);

    assertThat(call(kind, "postgres", "x").error()).contains("no database of this check");
    assertThat(call(kind, null, "x").error()).contains("no database of this check");
    assertThat(call(null, "postgres", "x").error()).contains("no database of this check");
  }

  @Test
  void siblings_are_few_and_are_looked_at() {
    broker.begin(1);
    String name = call(Kind.TAKE, null, null).settings().dbname();
    String sibling = call(Kind.MAKE_SIBLING, name, " & co").text();

    assertThat(sibling).isEqualTo(name + " & co");
    assertThat(call(Kind.SESSIONS, sibling, "").rows()).isEmpty();
    call(Kind.MAKE_SIBLING, name, "2");
    assertThat(call(Kind.MAKE_SIBLING, name, "3").error()).contains("no more databases");
  }

  @Test
  void nonsense_is_refused_and_does_not_count_as_a_broken_server() {
    broker.begin(1);
    String name = call(Kind.TAKE, null, null).settings().dbname();

    assertThat(call(Kind.CHANGE_PASSWORD, name, "\0").error()).isNotNull();
    assertThat(broker.answer(new HostCall(1, Kind.LIMIT_SESSIONS, name, null, -7)).error())
        .isNull();
    broker.requireServer();
  }

  @Test
  void what_a_worker_left_is_dropped() {
    broker.begin(1);
    DatabaseSettings settings = call(Kind.TAKE, null, null).settings();
    broker.close();
    assertThat(call(Kind.SESSIONS, settings.dbname(), "").error()).isNotNull();

    DATABASES.restock();
    DATABASES.take();
    assertThatThrownBy(
            () -> {
              while (true) {
                settings.dataSource().getConnection().close();
              }
            })
        .isInstanceOf(SQLException.class);
  }

  private HostReply call(Kind kind, String database, String text) {
    return broker.answer(new HostCall(++calls, kind, database, text, 0));
  }
}
