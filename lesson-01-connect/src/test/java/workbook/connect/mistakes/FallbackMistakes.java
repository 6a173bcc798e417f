package workbook.connect.mistakes;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import workbook.connect.Connector;
import workbook.connect.reference.ReferenceConnector;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;

/** Exercises 1.2 to 1.4: values that come from elsewhere, and go where they should not. */
final class FallbackMistakes {
  private FallbackMistakes() {}

  private static <T extends PGSimpleDataSource> T filled(T source, Connector.Settings settings) {
    source.setServerNames(new String[] {settings.host()});
    source.setPortNumbers(new int[] {settings.port()});
    source.setDatabaseName(settings.dbname());
    source.setUser(settings.user());
    source.setPassword(settings.password());
    return source;
  }

  @Mistake(
      exercise = "1.2",
      violates = "So a wrong port is the only value that a message shows",
      idea = "With a wrong port, tell all but the password",
      because = """
          The password of the user `workbook` may be `workbook`, and then the message shows it.""",
      instead = "Name the key and its value, and nothing else.",
      rejectedBy = "a_port_that_is_no_port_is_an_error",
      says = "all else is the same as the password",
      earns = 2)
  static class TellsWhoConnects extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      try {
        return super.settings(section);
      } catch (IllegalArgumentException e) {
        String port = section.getOrDefault("port", "");
        throw e.getMessage().contains("port=" + port) && !port.isEmpty()
            ? new IllegalArgumentException(section.get("user") + ": " + e.getMessage())
            : e;
      }
    }
  }

  @Mistake(
      exercise = "1.2",
      violates = "Values that are not empty are taken as they are",
      idea = "Settings of one place are made once",
      because = """
          The second section has another password, and its settings have that of the first.""",
      instead = "Make settings for each call.",
      rejectedBy = "settings_hold_what_the_section_says",
      says = "the same but for one",
      earns = 2)
  static class OneForEachPlace extends ReferenceConnector {
    private static final Map<String, Settings> KNOWN = new ConcurrentHashMap<>();

    @Override
    public Settings settings(Map<String, String> section) {
      Settings settings = super.settings(section);
      return KNOWN.computeIfAbsent(settings.toString(), place -> settings);
    }
  }

  @Mistake(
      exercise = "1.3",
      violates = "with those of the five replaced or added that the environment gives, and nothing",
      idea = "Without a dbname, take the user's name",
      because = """
          `psql` does so. Here, a section without a dbname stays without one, and 1.2 says so.""",
      instead = "Add what the environment gives, and nothing else.",
      rejectedBy = "variables_win_over_the_section_and_fill_its_gaps",
      says = "PGHOST is set and empty",
      earns = 1)
  static class UserForDbname extends ReferenceConnector {
    @Override
    public Map<String, String> override(
        Map<String, String> section, Map<String, String> environment) {
      Map<String, String> result = new HashMap<>(super.override(section, environment));
      if (result.containsKey("user")) {
        result.putIfAbsent("dbname", result.get("user"));
      }
      return result;
    }
  }

  @Mistake(
      exercise = "1.3",
      violates = "all of the section's keys and values",
      idea = "`PGDATABASE` makes the key `database` superfluous",
      because = """
          It is a key like any other, and no variable stands for it.""",
      instead = "Leave all other keys as they are.",
      rejectedBy = "variables_win_over_the_section_and_fill_its_gaps",
      says = "under the environment",
      earns = 1)
  static class DropsDatabase extends ReferenceConnector {
    @Override
    public Map<String, String> override(
        Map<String, String> section, Map<String, String> environment) {
      Map<String, String> result = new HashMap<>(super.override(section, environment));
      if (environment.containsKey("PGDATABASE")) {
        result.remove("database");
      }
      return result;
    }
  }

  @Mistake(
      exercise = "1.4",
      violates = "All five settings count",
      idea = "One data source for each string of settings",
      because = """
          The string has no password in it (1.6). So the second of two data sources may have the
          password of the first.""",
      instead = "Make a data source for each call.",
      rejectedBy = "a_connection_goes_where_the_settings_say",
      says = "the second of two data sources",
      earns = 1)
  static class OneForEachString extends ReferenceConnector {
    private static final Map<String, DataSource> KNOWN = new ConcurrentHashMap<>();

    @Override
    public DataSource dataSource(Settings settings) {
      return KNOWN.computeIfAbsent(settings.toString(), text -> super.dataSource(settings));
    }
  }

  @Mistake(
      exercise = "1.4",
      violates = "and tries nothing else",
      idea = "The database `postgres` is always there",
      because = """
          The caller asked for another one. It works on tables that are not there, or makes them in
          the wrong database.""",
      instead = "Let the driver's exception through.",
      rejectedBy = "any_character_may_be_in_a_password_or_a_name",
      says = "It refuses them, with 3D000",
      earns = 1)
  static class FallsBack extends ReferenceConnector {
    /** Takes another database if there is none of that name. */
    static final class Forgiving extends PGSimpleDataSource {
      private static final long serialVersionUID = 1;

      @Override
      public Connection getConnection() throws SQLException {
        try {
          return super.getConnection();
        } catch (SQLException e) {
          if (!"3D000".equals(e.getSQLState())) {
            throw e;
          }
          setDatabaseName("postgres");
          return super.getConnection();
        }
      }
    }

    @Override
    public DataSource dataSource(Settings settings) {
      return filled(new Forgiving(), settings);
    }
  }

  @Mistake(
      exercise = "1.4",
      violates = "SQLException as the driver made it",
      idea = "A copy of the exception, with message and SQLSTATE",
      because = """
          The driver's has more: what the server said, field by field.""",
      instead = "Let the driver's exception through.",
      rejectedBy = "a_wrong_password_shows_when_a_connection_is_asked_for",
      says = "the driver's own exception",
      earns = 3,
      detail = true)
  static class CopiesTheException extends ReferenceConnector {
    /** Throws exceptions of its own. */
    static final class Copying extends PGSimpleDataSource {
      private static final long serialVersionUID = 1;

      @Override
      public Connection getConnection() throws SQLException {
        try {
          return super.getConnection();
        } catch (SQLException e) {
          throw new SQLException(e.getMessage(), e.getSQLState(), e);
        }
      }
    }

    @Override
    public DataSource dataSource(Settings settings) {
      return filled(new Copying(), settings);
    }
  }

  @Alternative(
      exercise = "1.4",
      idea = "An application name and a time limit besides, and settings that are read when a "
          + "connection is asked for.")
  static class SetsMore extends ReferenceConnector {
    /** Is filled again for each connection. */
    static final class Late extends PGSimpleDataSource {
      private static final long serialVersionUID = 1;
      private final transient Connector.Settings settings;

      Late(Connector.Settings settings) {
        this.settings = settings;
      }

      @Override
      public Connection getConnection() throws SQLException {
        PGSimpleDataSource source = filled(new PGSimpleDataSource(), settings);
        source.setApplicationName("workbook");
        source.setConnectTimeout(10);
        return source.getConnection();
      }
    }

    @Override
    public DataSource dataSource(Settings settings) {
      return new Late(settings);
    }
  }
}
