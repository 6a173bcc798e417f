package workbook.connect.mistakes;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import workbook.connect.Connector.Settings;
import workbook.connect.reference.ReferenceConnector;
import workbook.grading.proofs.Mistake;

/** Exercise 1.4: which connections a data source makes, and when. */
final class ConnectionMistakes {
  private ConnectionMistakes() {}

  private static <T extends PGSimpleDataSource> T filled(T source, Settings settings) {
    source.setServerNames(new String[] {settings.host()});
    source.setPortNumbers(new int[] {settings.port()});
    source.setDatabaseName(settings.dbname());
    source.setUser(settings.user());
    source.setPassword(settings.password());
    return source;
  }

  @Mistake(
      exercise = "1.4",
      violates = "each connection is one of its own",
      idea = "One connection is enough for all",
      because = """
          The first caller that closes it closes it for the others, and what one of
          them does is in the transaction of the other.""",
      instead = "Make a connection each time.",
      rejectedBy = "a_connection_goes_where_the_settings_say",
      says = "expected: the second is open",
      earns = 3,
      detail = true)
  static class OneForAll extends ReferenceConnector {
    /** Hands out the same connection until it is closed. */
    static final class Shared extends PGSimpleDataSource {
      private static final long serialVersionUID = 1;
      private transient Connection only;

      @Override
      public Connection getConnection() throws SQLException {
        if (only == null || only.isClosed()) {
          only = super.getConnection();
        }
        return only;
      }
    }

    @Override
    public DataSource dataSource(Settings settings) {
      return filled(new Shared(), settings);
    }
  }

  @Mistake(
      exercise = "1.4",
      violates = "and ends when it is closed: this is no pool",
      idea = "A closed connection can be used again",
      because = """
          That is a pool. It keeps connections open that the server counts, and
          needs an end of its own.""",
      instead = "Let `close()` end the connection. A pool can be put around any data source.",
      rejectedBy = "a_connection_goes_where_the_settings_say",
      says = "expected: 3 server processes",
      earns = 1)
  static class KeepsThem extends ReferenceConnector {
    /** Keeps what is closed, for the next caller. */
    static final class Pool extends PGSimpleDataSource {
      private static final long serialVersionUID = 1;
      private final transient Deque<Connection> idle = new ArrayDeque<>();

      @Override
      public Connection getConnection() throws SQLException {
        Connection real = idle.isEmpty() ? super.getConnection() : idle.pop();
        return (Connection)
            Proxy.newProxyInstance(
                Pool.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("close")) {
                    idle.push(real);
                    return null;
                  }
                  return method.invoke(real, arguments);
                });
      }
    }

    @Override
    public DataSource dataSource(Settings settings) {
      return filled(new Pool(), settings);
    }
  }

  @Mistake(
      exercise = "1.4",
      violates = "All five settings count",
      idea = "One data source, filled anew each time",
      because = """
          A second call changes what the first one returned: a program with two
          databases then connects to one of them only.""",
      instead = "Make a data source for each call.",
      rejectedBy = "a_connection_goes_where_the_settings_say",
      says = "two data sources",
      earns = 3,
      detail = true)
  static class KeepsTheLast extends ReferenceConnector {
    private static final PGSimpleDataSource ONE = new PGSimpleDataSource();


    @Override
    public DataSource dataSource(Settings settings) {
      return filled(ONE, settings);
    }
  }

  @Mistake(
      exercise = "1.4",
      violates = "It does not connect yet",
      idea = "Connect once, and keep quiet about what comes of it",
      because = """
          The server is called, and may be down. That costs time, and somebody looks
          for the reason of a failed login in its log.""",
      instead = "Hand the settings on; the first `getConnection()` will tell.",
      rejectedBy = "a_connection_goes_where_the_settings_say",
      says = "expected: no call to the port of the settings",
      earns = 1,
      detail = true)
  static class ConnectsInSecret extends ReferenceConnector {
    @Override
    public DataSource dataSource(Settings settings) {
      DataSource source = super.dataSource(settings);
      try {
        source.getConnection().close();
      } catch (SQLException e) {
        return source;
      }
      return source;
    }
  }

  @Mistake(
      exercise = "1.4",
      violates = "throws the driver's",
      idea = "Wrap the `SQLException`, so that callers need not declare it",
      because = """
          Callers of a `DataSource` expect an `SQLException`, and Jdbi does, too: it
          looks for the SQLSTATE.""",
      instead = "Let the driver's exception through.",
      rejectedBy = "a_wrong_password_shows_when_a_connection_is_asked_for",
      says = "expected: SQLException",
      earns = 3,
      detail = true)
  static class AnExceptionOfItsOwn extends ReferenceConnector {
    /** Throws what callers do not expect. */
    static final class Unchecked extends PGSimpleDataSource {
      private static final long serialVersionUID = 1;

      @Override
      public Connection getConnection() {
        try {
          return super.getConnection();
        } catch (SQLException e) {
          throw new IllegalStateException("no connection", e);
        }
      }
    }

    @Override
    public DataSource dataSource(Settings settings) {
      return filled(new Unchecked(), settings);
    }
  }

  @Mistake(
      exercise = "1.4",
      violates = "throws the driver's",
      idea = "A new `SQLException` with a clearer message",
      because = """
          It has no SQLSTATE, and that is what a program can tell a wrong password
          by.""",
      instead = "Let the driver's exception through.",
      rejectedBy = "a_wrong_password_shows_when_a_connection_is_asked_for",
      says = "SQLSTATE, with a wrong password",
      earns = 3,
      detail = true)
  static class ANewSqlException extends ReferenceConnector {
    /** Tells less than it knows. */
    static final class Vague extends PGSimpleDataSource {
      private static final long serialVersionUID = 1;

      @Override
      public Connection getConnection() throws SQLException {
        try {
          return super.getConnection();
        } catch (SQLException e) {
          throw new SQLException("The database cannot be reached.");
        }
      }
    }

    @Override
    public DataSource dataSource(Settings settings) {
      return filled(new Vague(), settings);
    }
  }
}
