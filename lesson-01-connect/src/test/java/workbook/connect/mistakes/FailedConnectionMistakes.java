package workbook.connect.mistakes;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PSQLException;
import workbook.connect.Connector;
import workbook.connect.reference.ReferenceConnector;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;

/** Exercise 1.4: what a data source does when it cannot connect. */
final class FailedConnectionMistakes {
  private FailedConnectionMistakes() {}

  private static <T extends PGSimpleDataSource> T filled(T source, Connector.Settings settings) {
    source.setServerNames(new String[] {settings.host()});
    source.setPortNumbers(new int[] {settings.port()});
    source.setDatabaseName(settings.dbname());
    source.setUser(settings.user());
    source.setPassword(settings.password());
    return source;
  }

  @Mistake(
      exercise = "1.4",
      violates = "however often it has failed before",
      idea = "What failed once fails again",
      because = """
          A server that starts up says no, and a second later yes. The data source says no until
          the program ends.""",
      instead = "Ask the server each time.",
      rejectedBy = "a_connection_goes_where_the_settings_say",
      says = "Call 2 of getConnection()",
      earns = 3,
      detail = true)
  static class RemembersAFailure extends ReferenceConnector {
    /** Throws the first exception again and again. */
    static final class Once extends PGSimpleDataSource {
      private static final long serialVersionUID = 1;
      private SQLException failure;

      @Override
      public Connection getConnection() throws SQLException {
        if (failure != null) {
          throw failure;
        }
        try {
          return super.getConnection();
        } catch (SQLException e) {
          failure = e;
          throw e;
        }
      }
    }

    @Override
    public DataSource dataSource(Settings settings) {
      return filled(new Once(), settings);
    }
  }

  @Mistake(
      exercise = "1.4",
      violates = "however often it has failed before",
      idea = "After five failures, spare the server",
      because = """
          That is a circuit breaker, and it needs a way back. Whether to have one is for the
          caller to decide.""",
      instead = "Ask the server each time.",
      rejectedBy = "a_connection_goes_where_the_settings_say",
      says = "Call 6 of getConnection()",
      earns = 3,
      detail = true)
  static class GivesUp extends ReferenceConnector {
    /** Counts its failures. */
    static final class Breaker extends PGSimpleDataSource {
      private static final long serialVersionUID = 1;
      private int failures;

      @Override
      public Connection getConnection() throws SQLException {
        if (failures == 5) {
          throw new SQLException("too many failures", "08001");
        }
        try {
          return super.getConnection();
        } catch (SQLException e) {
          failures++;
          throw e;
        }
      }
    }

    @Override
    public DataSource dataSource(Settings settings) {
      return filled(new Breaker(), settings);
    }
  }

  @Mistake(
      exercise = "1.4",
      violates = "nor call the server in another way",
      idea = "See whether the port is open, and warn if not",
      because = """
          The server is called before a connection is wanted, and the caller waits for it.""",
      instead = "Hand the settings on; the first `getConnection()` will tell.",
      rejectedBy = "a_connection_goes_where_the_settings_say",
      says = "expected: no call to the port of the settings",
      earns = 3,
      detail = true)
  static class Knocks extends ReferenceConnector {
    @Override
    public DataSource dataSource(Settings settings) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(settings.host(), settings.port()), 500);
      } catch (IOException noServerYet) {
        // it may come later
      }
      return filled(new PGSimpleDataSource(), settings);
    }
  }

  @Mistake(
      exercise = "1.4",
      violates = "If that fails, whatever the reason, it throws the driver's",
      idea = "A missing database deserves a message of its own",
      because = """
          The exception has the right SQLSTATE, but what the server said, field by field, is in
          the driver's only.""",
      instead = "Let the driver's exception through.",
      rejectedBy = "a_wrong_password_shows_when_a_connection_is_asked_for",
      says = "The server refuses the login, with 3D000",
      earns = 3,
      detail = true)
  static class ExplainsAMissingDatabase extends ReferenceConnector {
    /** Explains one SQLSTATE. */
    static final class Explaining extends PGSimpleDataSource {
      private static final long serialVersionUID = 1;

      @Override
      public Connection getConnection() throws SQLException {
        try {
          return super.getConnection();
        } catch (SQLException e) {
          throw "3D000".equals(e.getSQLState())
              ? new SQLException("Make the database first: createdb", "3D000", e)
              : e;
        }
      }
    }

    @Override
    public DataSource dataSource(Settings settings) {
      return filled(new Explaining(), settings);
    }
  }

  @Mistake(
      exercise = "1.4",
      violates = "SQLException as the driver made it",
      idea = "A copy of what the server said is as good",
      because = """
          It has another stack trace, and no cause.""",
      instead = "Let the driver's exception through.",
      rejectedBy = "a_wrong_password_shows_when_a_connection_is_asked_for",
      says = "the driver's own exception",
      earns = 3,
      detail = true)
  static class CopiesWhatTheServerSaid extends ReferenceConnector {
    /** Makes the driver's exception anew. */
    static final class Anew extends PGSimpleDataSource {
      private static final long serialVersionUID = 1;

      @Override
      public Connection getConnection() throws SQLException {
        try {
          return super.getConnection();
        } catch (PSQLException e) {
          throw e.getServerErrorMessage() == null
              ? e
              : new PSQLException(e.getServerErrorMessage());
        }
      }
    }

    @Override
    public DataSource dataSource(Settings settings) {
      return filled(new Anew(), settings);
    }
  }

  @Mistake(
      exercise = "1.4",
      violates = "and tries nothing else",
      idea = "A call that breaks off was bad luck: try once more",
      because = """
          The server may have broken it off because it is overloaded. When to try again is for
          the caller to decide.""",
      instead = "Let the driver's exception through.",
      rejectedBy = "any_character_may_be_in_a_password_or_a_name",
      says = "What does the server hear of these settings?",
      earns = 1)
  static class CallsAgain extends ReferenceConnector {
    /** Tries again if the server has said nothing. */
    static final class Twice extends PGSimpleDataSource {
      private static final long serialVersionUID = 1;

      @Override
      public Connection getConnection() throws SQLException {
        try {
          return super.getConnection();
        } catch (PSQLException e) {
          if (e.getServerErrorMessage() != null) {
            throw e;
          }
          return super.getConnection();
        }
      }
    }

    @Override
    public DataSource dataSource(Settings settings) {
      return filled(new Twice(), settings);
    }
  }

  @Alternative(
      exercise = "1.4",
      idea = "The driver itself, without `DriverManager`, and all five settings as its properties.")
  static class DriverItself extends ReferenceConnector {
    /** Asks the driver. */
    static final class Asking extends PGSimpleDataSource {
      private static final long serialVersionUID = 1;
      private final transient Connector.Settings settings;

      Asking(Connector.Settings settings) {
        this.settings = settings;
      }

      @Override
      public Connection getConnection() throws SQLException {
        Properties properties = new Properties();
        PGProperty.PG_HOST.set(properties, settings.host());
        PGProperty.PG_PORT.set(properties, settings.port());
        PGProperty.PG_DBNAME.set(properties, settings.dbname());
        PGProperty.USER.set(properties, settings.user());
        PGProperty.PASSWORD.set(properties, settings.password());
        return new Driver().connect("jdbc:postgresql://", properties);
      }
    }

    @Override
    public DataSource dataSource(Settings settings) {
      return new Asking(settings);
    }
  }

  @Alternative(
      exercise = "1.4",
      idea = "A proxy that fills a data source of the driver's for every call.")
  static class FilledForEachCall extends ReferenceConnector {
    @Override
    public DataSource dataSource(Settings settings) {
      return (DataSource)
          Proxy.newProxyInstance(
              FilledForEachCall.class.getClassLoader(),
              new Class<?>[] {DataSource.class},
              (proxy, method, arguments) -> {
                try {
                  return method.invoke(filled(new PGSimpleDataSource(), settings), arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }
  }
}
