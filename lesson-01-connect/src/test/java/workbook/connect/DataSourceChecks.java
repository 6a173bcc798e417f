package workbook.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static workbook.connect.OddStrings.some;
import static workbook.connect.RefusingServer.HANGS_UP;
import static workbook.grading.Errors.assertThrown;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.sql.DataSource;
import org.postgresql.util.PSQLException;
import workbook.connect.Connector.Settings;
import workbook.connect.RefusingServer.Login;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.support.DatabaseSettings;

/** Exercise 1.4: from settings to connections. */
interface DataSourceChecks {
  String ODD_PASSWORD = " p&ss=w%rd +@:/%41?#'\"\\;{}[]<>|^~!$(*),ü€ ";
  String ODD_USER = "O'neil @Work/%41?a=b&c+d#:é\\";

  int LOGINS = 20;

  /** How a server may refuse a login. */
  List<String> STATES =
      List.of("3D000", "28P01", "53300", "57P03", "42501", "08004", "0A000", HANGS_UP);

  /** More failures than a circuit breaker waits for. */
  int CALLS = 16;

  int SEVERAL = 6;

  String PROCESS = "SELECT pg_backend_pid()";

  /** The answer to check, made anew. */
  Connector answer();

  @Check(exercise = "1.4", points = 1)
  default void a_connection_goes_where_the_settings_say(FreshDatabase database)
      throws SQLException {
    DatabaseSettings settings = database.settings();

    assertGoesTo(given(settings), "Are all five settings handed on?");
    Connector answer = answer();
    DataSource source = answer.dataSource(given(settings));
    DataSource wrong = answer.dataSource(given(settings, "wrong"));
    assertThat(stateOf(source))
        .as("SQLSTATE of the first of two data sources; the second has a wrong password")
        .isEqualTo("none");
    assertThat(stateOf(wrong))
        .as("what the second of two data sources ends with, which has a wrong password")
        .isNotEqualTo("none");
    Settings nowhere =
        new Given(
            settings.host(), settings.port(), "nowhere", settings.user(), settings.password());
    assertThat(stateOf(answer.dataSource(nowhere)))
        .as("what a data source for a database that is not there ends with")
        .isNotEqualTo("none");
    try (Connection first = source.getConnection();
        Connection second = source.getConnection()) {
      String one = asked(first, PROCESS);
      String two = asked(second, PROCESS);
      end(first);
      assertThat(second.isClosed())
          .withFailMessage(
              "Two connections were asked for, and the first was closed.%n"
                  + "expected: the second is open%n but was: closed")
          .isFalse();
      try (Connection third = source.getConnection()) {
        int processes = new HashSet<>(List.of(one, two, asked(third, PROCESS))).size();
        assertThat(processes)
            .withFailMessage(
                "Three connections were asked for, the first closed before the third.%n"
                    + "expected: 3 server processes%n but was: %s",
                processes)
            .isEqualTo(3);
      }
    }
    assertMakesSeveral(database);
  }

  @Check(exercise = "1.4", points = 2)
  default void any_character_may_be_in_a_password_or_a_name(FreshDatabase database)
      throws IOException, SQLException {
    DatabaseSettings settings = database.settings();
    assertGoesTo(given(settings), "Are all five settings handed on?");
    assertGoesElsewhere(settings);

    database.changePassword(ODD_PASSWORD);
    assertGoesTo(
        given(settings, ODD_PASSWORD),
        "The password is «%s»: what do its characters mean in a URL?".formatted(ODD_PASSWORD));
    DatabaseSettings odd = database.sibling("/50%? A&b=c+d%41#'\"\\ü ");
    assertGoesTo(
        given(odd, ODD_PASSWORD),
        "The database is «%s»: what do its characters mean in a URL?".formatted(odd.dbname()));
    assertIsAskedAs(settings, ODD_USER);
    assertHandsOn();
  }

  // What the driver sends, for more names and passwords than a real server can have.
  private void assertHandsOn() throws IOException {
    try (RefusingServer server = new RefusingServer()) {
      for (String odd : List.of("  ", "\t", "A b", "Straße ", "a\nb", "e\u0301", "\u212B")) {
        assertHandsOn(server, new Login(odd, "reader", "s3cret"));
        assertHandsOn(server, new Login("library", odd, "s3cret"));
        assertHandsOn(server, new Login("library", "reader", odd));
      }
      for (String odd : OddStrings.WHOLE) {
        assertHandsOn(server, new Login(odd, odd, odd));
      }
      for (long seed = 1; seed <= LOGINS; seed++) {
        Random random = OddStrings.random(seed);
        assertHandsOn(server, new Login(some(random), some(random), some(random)));
      }
      Connector answer = answer();
      for (String login : List.of("a b c", "d b c", "a d c", "a b d", "a b c")) {
        String[] each = login.split(" ");
        assertHandsOn(answer, server, new Login(each[0], each[1], each[2]), "28P01");
      }
      // None of these is a reason to try another database, user or password.
      for (String state : STATES) {
        assertHandsOn(answer, server, new Login("library", "reader", "s3cret"), state);
      }
    }
  }

  private void assertHandsOn(RefusingServer server, Login login) {
    assertHandsOn(answer(), server, login, "28P01");
  }

  private static void assertHandsOn(
      Connector answer, RefusingServer server, Login login, String state) {
    Settings settings =
        new Given("127.0.0.1", server.port(), login.dbname(), login.user(), login.password());

    server.refuseWith(state);
    Throwable end =
        catchThrowable(() -> answer.dataSource(settings).getConnection().close());

    List<Login> sent = server.logins();
    assertThat(sent)
        .withFailMessage(
            "What does the server hear of these settings? It refuses them, with %s.%n"
                + "expected: %s%n but was: %s, and getConnection() ended with %s",
            state, List.of(login), sent, end)
        .containsExactly(login);
    assertIsTheDrivers(end, state);
  }

  // A copy has the same words, and was made elsewhere.
  private static void assertIsTheDrivers(Throwable end, String state) {
    boolean drivers =
        end instanceof PSQLException e
            && (state.equals(HANGS_UP)
                || state.equals(e.getSQLState()) && e.getServerErrorMessage() != null)
            && e.getStackTrace()[0].getClassName().startsWith("org.postgresql.");
    assertThat(drivers)
        .withFailMessage(
            "The server refuses the login, with %s.%n"
                + "expected: the driver's own exception, which has what the server said%n"
                + " but was: %s",
            state, end)
        .isTrue();
  }

  // The server has no such user, and says so: its message shows the name that arrived.
  private void assertIsAskedAs(DatabaseSettings at, String user) {
    Settings settings = new Given(at.host(), at.port(), at.dbname(), user, at.password());

    SQLException error =
        assertThrown(
            "the user is «%s», whom the server does not know".formatted(user),
            SQLException.class,
            () -> answer().dataSource(settings).getConnection().close());

    assertThat(error.getMessage())
        .withFailMessage(
            "The user is «%s»: what do its characters mean in a URL?%n"
                + "expected: the server refuses that user%n but was: %s",
            user, error.getMessage())
        .contains(user);
  }

  // The driver has a host and a port of its own, and there the right server may be.
  private void assertGoesElsewhere(DatabaseSettings at) {
    // One answer: a source that it keeps for these settings must not stand for others.
    Connector answer = answer();
    answer.dataSource(given(at, at.password()));
    // A name too long for a host: no name server is asked.
    String host = "nowhere".repeat(10);
    assertThrown(
        "the settings name a host that is not there: is the host handed on?",
        SQLException.class,
        () ->
            answer
                .dataSource(new Given(host, at.port(), at.dbname(), at.user(), at.password()))
                .getConnection()
                .close());
    // On this computer, where a closed port is refused at once.
    assertThrown(
        "the settings name port 1, where no PostgreSQL is: is the port handed on?",
        SQLException.class,
        () ->
            answer
                .dataSource(new Given("127.0.0.1", 1, at.dbname(), at.user(), at.password()))
                .getConnection()
                .close());
  }

  @Check(exercise = "1.4", points = 1)
  default void a_wrong_password_shows_when_a_connection_is_asked_for(FreshDatabase database)
      throws IOException {
    Settings wrong = given(database.settings(), "wrong");

    Throwable early = catchThrowable(() -> answer().dataSource(wrong));
    assertThat(early)
        .withFailMessage("A data source connects when asked to, not when made: %s", early)
        .isNull();
    SQLException late =
        assertThrown(
            "getConnection() with a wrong password",
            SQLException.class,
            () -> answer().dataSource(wrong).getConnection().close());
    assertThat(late.getSQLState()).as("SQLSTATE, with a wrong password").isEqualTo("28P01");
    assertIsTheDrivers(late, "28P01");
    assertCallsNobody(database.settings());
    assertTriesEachTime();
    assertTakesEachPassword(database);
  }

  // The server hears each call, however many it refused before.
  private void assertTriesEachTime() throws IOException {
    try (RefusingServer server = new RefusingServer()) {
      Settings settings = new Given("127.0.0.1", server.port(), "library", "reader", "s3cret");
      DataSource source = answer().dataSource(settings);
      for (int call = 1; call <= CALLS; call++) {
        server.refuseWith(STATES.get(call % STATES.size()));
        String state = stateOf(source);

        int heard = server.logins().size();
        assertThat(heard)
            .withFailMessage(
                "Call %s of getConnection() of one data source; the server refused those before.%n"
                    + "expected: the server is asked once%n"
                    + " but was: %s times, and getConnection() ended with %s",
                call, heard, state)
            .isEqualTo(1);
      }
    }
  }

  // Those before are still open, and stand for no other.
  private void assertMakesSeveral(FreshDatabase database) throws SQLException {
    DataSource source = answer().dataSource(given(database.settings()));
    List<Connection> made = new ArrayList<>();
    try {
      Set<String> processes = new HashSet<>();
      for (int number = 1; number <= SEVERAL; number++) {
        made.add(source.getConnection());
        processes.add(asked(made.get(number - 1), PROCESS));
      }
      assertThat(processes.size())
          .as("server processes of %s connections that are open at once", SEVERAL)
          .isEqualTo(SEVERAL);
      database.changePassword("old");
      assertThat(stateOf(source))
          .as("SQLSTATE of a data source: the password was changed, it has %s connections", SEVERAL)
          .isEqualTo("28P01");
    } finally {
      for (Connection connection : made) {
        connection.close();
      }
    }
  }

  private void assertTakesEachPassword(FreshDatabase database) {
    DataSource source = answer().dataSource(given(database.settings(), "new"));
    for (String password : List.of("old", "new", "old", "new")) {
      database.changePassword(password);
      assertThat(stateOf(source))
          .as(
              "SQLSTATE of one data source with the password new: the server's was changed to %s",
              password)
          .isEqualTo(password.equals("new") ? "none" : "28P01");
    }
  }

  // An answer that connects in secret may swallow what comes of it: this port hears the call.
  private void assertCallsNobody(DatabaseSettings at) throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
        Calls calls = new Calls(listener)) {
      Settings settings =
          new Given("127.0.0.1", listener.getLocalPort(), at.dbname(), at.user(), at.password());

      answer().dataSource(settings);

      int heard = calls.heard();
      assertThat(heard)
          .withFailMessage(
              "A data source connects when asked to, not when made.%n"
                  + "expected: no call to the port of the settings%n but was: %s",
              heard)
          .isZero();
    }
  }

  private void assertGoesTo(Settings settings, String idea) throws SQLException {
    Connection made;
    try {
      made = answer().dataSource(settings).getConnection();
    } catch (SQLException | RuntimeException e) {
      throw new AssertionError("%s%nexpected: a connection%n but was: %s".formatted(idea, e), e);
    }
    assertThat(made).as(idea + " The connection").isNotNull();
    try (Connection connection = made) {
      assertThat(asked(connection, "SELECT current_database() || ' as ' || current_user"))
          .as("database and user, as the server sees the connection")
          .isEqualTo(settings.dbname() + " as " + settings.user());
    }
  }

  private static String stateOf(DataSource source) {
    try {
      source.getConnection().close();
      return "none";
    } catch (SQLException e) {
      return e.getSQLState();
    } catch (RuntimeException e) {
      return e.toString();
    }
  }

  private static String asked(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  private static Settings given(DatabaseSettings at) {
    return given(at, at.password());
  }

  private static Settings given(DatabaseSettings at, String password) {
    return new Given(at.host(), at.port(), at.dbname(), at.user(), password);
  }

  /** Settings that do not wait for the answers to other exercises. */
  record Given(String host, int port, String dbname, String user, String password)
      implements Settings {
    @Override
    public String toString() {
      return user + "@" + host + ":" + port + "/" + dbname;
    }
  }

  // Before its block ends, which the compiler would rather see done by the block.
  private static void end(Connection connection) throws SQLException {
    connection.close();
  }
}
