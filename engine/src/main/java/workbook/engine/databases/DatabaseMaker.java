package workbook.engine.databases;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.core.Utils;
import workbook.engine.Folders;
import workbook.engine.RandomHex;
import workbook.engine.postgres.ThrowawayServer;
import workbook.support.DatabaseSettings;
import workbook.support.EnvironmentException;

/**
 * Makes a run's databases on a throwaway server and drops them, and those of runs that were killed.
 *
 * <p>All their names begin with the run's, and so does the application name of the sessions of the
 * administrator: that tells other runs that this one lives.
 */
final class DatabaseMaker implements AutoCloseable {
  private final ThrowawayServer server;
  private final String run;
  private final AdminSession session;
  private int made;

  /**
   * Connects.
   *
   * @throws EnvironmentException if the server does not answer
   */
  DatabaseMaker(ThrowawayServer server, String run) {
    this.server = server;
    this.run = run;
    this.session = new AdminSession(server, run);
    try {
      session.work("cannot be used", this::prepare);
    } catch (EnvironmentException e) {
      session.close();
      throw e;
    }
  }

  /** A name for a run that no other has. */
  static String newRun() {
    return "workbook_" + RandomHex.of(4);
  }

  /**
   * Makes a database, a role of its own name that owns it, may log in and is no superuser, and one
   * for the check.
   *
   * @throws EnvironmentException if the server does not
   */
  CheckDatabase make() {
    String name = run + "_" + ++made;
    String observer = CheckDatabase.observerOf(name);
    String password = RandomHex.of(12);
    String observersPassword = RandomHex.of(12);
    session.work(
        "could not make a database",
        admin -> {
          try (Statement statement = admin.createStatement()) {
            statement.execute(
                "CREATE ROLE %s LOGIN NOSUPERUSER CONNECTION LIMIT %s PASSWORD '%s'"
                    .formatted(name, DatabaseHost.MOST_SESSIONS, password));
            statement.execute(
                "CREATE ROLE %s LOGIN NOSUPERUSER PASSWORD '%s'"
                    .formatted(observer, observersPassword));
            statement.execute("GRANT " + name + " TO " + observer);
            statement.execute("GRANT %s, %s TO CURRENT_USER".formatted(name, observer));
            statement.execute(
                "CREATE DATABASE %s OWNER %s TEMPLATE %s %s ALLOW_CONNECTIONS false"
                    .formatted(name, name, template(), strategy(admin)));
            // No other role may come in meanwhile.
            statement.execute("REVOKE ALL ON DATABASE " + name + " FROM PUBLIC");
            return statement.execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS true");
          }
        });
    DatabaseSettings where = server.admin();
    return CheckDatabase.of(
        new DatabaseSettings(where.host(), where.port(), name, name, password), observersPassword);
  }

  /** Drops a database and the role of its name, even if sessions are open in it. */
  void drop(String name) {
    session.work("could not drop database " + name, admin -> drop(admin, name));
  }

  /** Drops all that the run has made. */
  void dropAll() {
    session.work("could not drop what run " + run + " left", admin -> dropRun(admin, run));
  }

  @Override
  public void close() {
    session.close();
  }

  private Void prepare(Connection admin) throws SQLException {
    prepareServer(admin);
    sweep(admin);
    makeTemplate(admin);
    return null;
  }

  private void prepareServer(Connection admin) throws SQLException {
    try (Statement statement = admin.createStatement()) {
      // Roles of a throwaway server need no slow password hash.
      if (version(admin) >= 16) {
        statement.execute("SET scram_iterations = 1");
      }
      if (server.isOurs()) {
        // An answer may have the server log as much as it likes, and may not change this.
        statement.execute("ALTER SYSTEM SET log_min_messages = fatal");
        statement.execute("SELECT pg_reload_conf()");
        // Checks see no database but their own.
        statement.execute("REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC");
      }
    }
  }

  /**
   * Makes the database that all others are copies of.
   *
   * <p>A session has been in it, so the server's cache of its catalogue ({@code pg_internal.init})
   * comes along with each copy: the first session of each is there in half the time.
   */
  private void makeTemplate(Connection admin) throws SQLException {
    String locale =
        version(admin) >= 17
            ? "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"
            : "LOCALE 'C'";
    try (Statement statement = admin.createStatement()) {
      statement.execute(
          "CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8' %s %s"
              .formatted(template(), locale, strategy(admin)));
      statement.execute("REVOKE ALL ON DATABASE " + template() + " FROM PUBLIC");
      session.visit(template());
      statement.execute("ALTER DATABASE " + template() + " ALLOW_CONNECTIONS false");
      awaitEmpty(statement);
    }
  }

  // The server copies no database with a session in it, and looks again only after 100 ms.
  private void awaitEmpty(Statement statement) throws SQLException {
    String inside = "SELECT FROM pg_stat_activity WHERE datname = '" + template() + "'";
    for (int attempt = 0; attempt < 500; attempt++) {
      try (ResultSet sessions = statement.executeQuery(inside)) {
        if (!sessions.next()) {
          return;
        }
      }
      Folders.pause(2);
    }
  }

  private String template() {
    return run + "_0_template";
  }

  private static String strategy(Connection admin) throws SQLException {
    return version(admin) >= 15 ? "STRATEGY FILE_COPY" : "";
  }

  private static int version(Connection admin) throws SQLException {
    return admin.getMetaData().getDatabaseMajorVersion();
  }

  /** Drops what runs left that were killed: those whose administrative session is gone. */
  private static void sweep(Connection admin) throws SQLException {
    String orphans =
        """
        SELECT substring(name FROM '^workbook_[0-9a-f]{8}')
        FROM (SELECT rolname FROM pg_roles UNION SELECT datname FROM pg_database) AS names (name)
        WHERE name ~ '^workbook_[0-9a-f]{8}_[0-9]'
        EXCEPT
        SELECT application_name FROM pg_stat_activity WHERE application_name IS NOT NULL
        """;
    for (String run : names(admin, orphans)) {
      dropRun(admin, run);
    }
  }

  private static Void dropRun(Connection admin, String run) throws SQLException {
    String databases = "SELECT datname FROM pg_database WHERE datname ~ '^" + run + "_[0-9]+.'";
    String roles =
        "SELECT rolname FROM pg_roles WHERE rolname ~ '^"
            + run
            + "_[0-9]+(_observer)?$' ORDER BY 1";
    // A role may have privileges on more databases than that of its name.
    try (Statement statement = admin.createStatement()) {
      for (String name : names(admin, databases)) {
        dropDatabase(statement, name);
      }
    }
    for (String name : names(admin, roles)) {
      drop(admin, name);
    }
    return null;
  }

  private static Void drop(Connection admin, String name) throws SQLException {
    try (Statement statement = admin.createStatement()) {
      dropDatabase(statement, name);
      for (String role : List.of(CheckDatabase.observerOf(name), name)) {
        statement.execute("DROP ROLE IF EXISTS " + Utils.escapeIdentifier(null, role));
      }
      return null;
    } catch (SQLException e) {
      throw new SQLException(name + " cannot be dropped: " + e.getMessage(), e.getSQLState(), e);
    }
  }

  private static void dropDatabase(Statement statement, String name) throws SQLException {
    // Its owner may have made it a template, and those cannot be dropped.
    String templates = "SELECT datname FROM pg_database WHERE datistemplate";
    if (names(statement.getConnection(), templates).contains(name)) {
      statement.execute(
          "ALTER DATABASE " + Utils.escapeIdentifier(null, name) + " IS_TEMPLATE false");
    }
    statement.execute(
        "DROP DATABASE IF EXISTS " + Utils.escapeIdentifier(null, name) + " WITH (FORCE)");
  }

  private static List<String> names(Connection admin, String query) throws SQLException {
    try (Statement statement = admin.createStatement();
        ResultSet results = statement.executeQuery(query)) {
      List<String> names = new ArrayList<>();
      while (results.next()) {
        names.add(results.getString(1));
      }
      return names;
    }
  }
}
