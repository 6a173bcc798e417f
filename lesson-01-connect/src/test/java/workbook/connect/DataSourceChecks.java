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

  /** What to ask where a connection that should be made is not. */
  String HANDED_ON =
      "Do host, port, database, user and password all come from the settings?"
          + " What is left out, the driver takes from elsewhere, such as the port 5432.";

  /** The answer to check, made anew. */
  Connector answer();

  @Check(exercise = "1.4", points = 1)
  default void a_connection_goes_where_the_settings_say(FreshDatabase database)
      throws IOException, SQLException {
    DatabaseSettings settings = database.settings();

    assertGoesTo(given(settings), HANDED_ON);
    Connector answer = answer();
    DataSource source = answer.dataSource(given(settings));
    DataSource wrong = made(answer, given(settings, "wrong"), "a wrong password");
    assertConnects(source, true, "the first of two data sources; the second has a wrong password");
    assertConnects(wrong, false, "the second of two data sources, which has a wrong password");
    Settings nowhere =
        new Given(
            settings.host(), settings.port(), "nowhere", settings.user(), settings.password());
    assertConnects(
        made(answer, nowhere, "a database that is not there"),
        false,
        "a data source for a database that is not there");
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
    assertCallsNobody(settings);
    assertTriesEachTime();
    assertTakesEachPassword(database);
  }

  @Check(exercise = "1.4", points = 2)
  default void any_character_may_be_in_a_password_or_a_name(FreshDatabase database)
      throws IOException, SQLException {
    DatabaseSettings settings = database.settings();
    assertGoesTo(given(settings), HANDED_ON);
    assertGoesElsewhere(settings);

    database.changePassword(ODD_PASSWORD);
    assertGoesTo(
        given(settings, ODD_PASSWORD),
        ("The password is «%s». Is it handed on as it is, its blanks too?"
                + " What do its characters mean in a URL?")
            .formatted(ODD_PASSWORD));
    DatabaseSettings odd = database.sibling("/50%? A&b=c+d%41#'\"\\ü ");
    assertGoesTo(
        given(odd, ODD_PASSWORD),
        ("The database is «%s», the user is «%s». Is each handed on as it is, in its own place?"
                + " What do its characters mean in a URL?")
            .formatted(odd.dbname(), odd.user()));
    assertHandsOn();
  }

  // What the driver sends, for more names and passwords than a real server can have.
  private void assertHandsOn() throws IOException {
    try (RefusingServer server = new RefusingServer()) {
      assertIsAskedAs(server, ODD_USER);
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
  }

  // The driver has a host and a port of its own, and there the right server may be.
  private void assertGoesElsewhere(DatabaseSettings at) {
    // One answer: a source that it keeps for these settings must not stand for others.
    Connector answer = answer();
    answer.dataSource(given(at, at.password()));
    // A name too long for a host: no name server is asked.
    String host = "nowhere".repeat(10);
    Settings elsewhere = new Given(host, at.port(), at.dbname(), at.user(), at.password());
    assertConnects(
        made(answer, elsewhere, "a host that is not there"),
        false,
        "the settings name a host that is not there: is the host handed on?");
    // On this computer, where a closed port is refused at once.
    assertConnects(
        made(answer, closed(at), "a port where no server is"),
        false,
        "the settings name port 1, where no PostgreSQL is: is the port handed on?");
  }

  private static Settings closed(DatabaseSettings at) {
    return new Given("127.0.0.1", 1, at.dbname(), at.user(), at.password());
  }

  // A role of such a name need not be there: this server hears it, and refuses.
  private void assertIsAskedAs(RefusingServer server, String user) {
    Settings settings = new Given("127.0.0.1", server.port(), "library", user, "s3cret");

    Throwable end =
        catchThrowable(() -> answer().dataSource(settings).getConnection().close());

    List<String> users = server.logins().stream().map(Login::user).toList();
    assertThat(users)
        .withFailMessage(
            "The user is «%s»: what do its characters mean in a URL?%n"
                + "expected: the server is asked for that user once%n"
                + " but was: asked for %s, and getConnection() ended with %s",
            user, users, end)
        .containsExactly(user);
  }

  @Check(exercise = "1.4", points = 1)
  default void a_wrong_password_shows_when_a_connection_is_asked_for(FreshDatabase database)
      throws IOException {
    DatabaseSettings at = database.settings();
    Settings wrong = given(at, "wrong");

    Throwable early = catchThrowable(() -> answer().dataSource(wrong));
    assertThat(early)
        .withFailMessage("%s", connectsEarly("a wrong password", early))
        .isNull();
    SQLException late =
        assertThrown(
            "getConnection() with a wrong password",
            SQLException.class,
            () -> answer().dataSource(wrong).getConnection().close());
    assertThat(late.getSQLState()).as("SQLSTATE, with a wrong password").isEqualTo("28P01");
    assertIsTheDrivers("The server refuses the login, with 28P01", late, "28P01");
    try (RefusingServer server = new RefusingServer()) {
      Settings refused = new Given("127.0.0.1", server.port(), "library", "reader", "s3cret");
      for (String state : STATES) {
        server.refuseWith(state);
        assertThrowsTheDrivers("The server refuses the login, with " + state, refused, state);
      }
    }
    assertThrowsTheDrivers("No server is at the port of the settings", closed(at), HANGS_UP);
  }

  private void assertThrowsTheDrivers(String situation, Settings settings, String state) {
    Throwable end =
        catchThrowable(() -> answer().dataSource(settings).getConnection().close());

    assertIsTheDrivers(situation, end, state);
  }

  // A copy has the same words, and was made elsewhere.
  private static void assertIsTheDrivers(String situation, Throwable end, String state) {
    boolean drivers =
        end instanceof PSQLException e
            && (state.equals(HANGS_UP)
                || state.equals(e.getSQLState()) && e.getServerErrorMessage() != null)
            && e.getStackTrace()[0].getClassName().startsWith("org.postgresql.");
    assertThat(drivers)
        .withFailMessage(
            "%s.%nexpected: the driver's own exception%s%n but was: %s",
            situation, state.equals(HANGS_UP) ? "" : ", which has what the server said", end)
        .isTrue();
  }

  // The server hears each call, however many it refused before.
  private void assertTriesEachTime() throws IOException {
    try (RefusingServer server = new RefusingServer()) {
      Settings settings = new Given("127.0.0.1", server.port(), "library", "reader", "s3cret");
      DataSource source = answer().dataSource(settings);
      for (int call = 1; call <= CALLS; call++) {
        server.refuseWith(STATES.get(call % STATES.size()));
        Throwable end = catchThrowable(() -> source.getConnection().close());

        int heard = server.logins().size();
        assertThat(heard)
            .withFailMessage(
                "Call %s of getConnection() of one data source; %s.%n"
                    + "expected: the server is asked once%n"
                    + " but was: %s times, and getConnection() ended with %s",
                call,
                call == 1
                    ? "the server has a port of its own"
                    : "the server has refused the calls before",
                heard,
                end)
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
      assertConnects(
          source,
          false,
          "a data source that has %s connections; the server's password was changed"
              .formatted(SEVERAL));
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
      assertConnects(
          source,
          password.equals("new"),
          "one data source with the password new; the server's was changed to " + password);
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

  private static DataSource made(Connector answer, Settings settings, String what) {
    try {
      return answer.dataSource(settings);
    } catch (RuntimeException e) {
      throw new AssertionError(connectsEarly(what, e), e);
    }
  }

  private static String connectsEarly(String what, Throwable thrown) {
    return "The settings have %s, and making a data source failed.%n".formatted(what)
        + "A data source connects when asked to, not when made.%n".formatted()
        + "expected: a DataSource%n but was: %s".formatted(thrown);
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

  // What is thrown, the check of a wrong password judges.
  private static void assertConnects(DataSource source, boolean expected, String situation) {
    Throwable end = catchThrowable(() -> source.getConnection().close());
    assertThat(end == null)
        .withFailMessage(
            "getConnection() is called. The case: %s%s%nexpected: %s%n but was: %s",
            situation,
            situation.endsWith("?") ? "" : ".",
            expected ? "a connection" : "an exception",
            end == null ? "a connection" : end)
        .isEqualTo(expected);
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
