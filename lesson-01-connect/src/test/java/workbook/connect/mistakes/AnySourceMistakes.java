package workbook.connect.mistakes;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementException;
import org.postgresql.PGConnection;
import workbook.connect.reference.ReferenceConnector;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;

/** Exercise 1.5: connections of any class, and whatever fails on the way. */
final class AnySourceMistakes {
  private static final String QUERY = "SHOW server_version";

  private AnySourceMistakes() {}

  private static String asked(Handle handle) {
    return handle.createQuery(QUERY).mapTo(String.class).one();
  }

  @Mistake(
      exercise = "1.5",
      violates = "whatever failed, even if that is an Error",
      idea = "See first whether the connection is valid",
      because = """
          If it is not, the exception leaves the method, and the connection stays open.""",
      instead = "Close in `finally`, or with `try (...)`.",
      rejectedBy = "what_fails_is_an_error_with_its_cause_and_leaves_nothing_open",
      says = "by isValid() that it is broken",
      earns = 1)
  static class LeavesTheInvalidOpen extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      try {
        Connection probe = dataSource.getConnection();
        if (!probe.isValid(5)) {
          throw new SQLException("The server does not answer.", "08006");
        }
        probe.close();
      } catch (SQLException e) {
        throw new ConnectionException(e);
      }
      return super.serverVersion(dataSource);
    }
  }

  @Mistake(
      exercise = "1.5",
      violates = "Every connection taken from the data source is closed on every path",
      idea = "Jdbi closes what the factory gives it",
      because = """
          If the factory throws, Jdbi gets nothing, and the connection that was made stays
          open.""",
      instead = "Let Jdbi take the connection, and change it inside a block that closes it.",
      rejectedBy = "what_fails_is_an_error_with_its_cause_and_leaves_nothing_open",
      says = "and a connection of the data source is still open",
      earns = 1)
  static class ReadOnlyInTheFactory extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      ConnectionFactory factory =
          () -> {
            Connection connection = dataSource.getConnection();
            connection.setReadOnly(true);
            return connection;
          };
      return Jdbi.create(factory).withHandle(AnySourceMistakes::asked);
    }
  }

  @Mistake(
      exercise = "1.5",
      violates = "No query is tried a second time",
      idea = "A session that an administrator has ended is no failure",
      because = """
          It is one, and the caller is to hear of it.""",
      instead = "Catch nothing.",
      rejectedBy = "what_fails_is_an_error_with_its_cause_and_leaves_nothing_open",
      says = "the server refuses the first query with 57P01",
      earns = 1)
  static class AsksAgainAfterAnEnd extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      try {
        return super.serverVersion(dataSource);
      } catch (StatementException e) {
        if (e.getCause() instanceof SQLException cause && "57P01".equals(cause.getSQLState())) {
          return super.serverVersion(dataSource);
        }
        throw e;
      }
    }
  }

  @Mistake(
      exercise = "1.5",
      violates = "No query is tried a second time",
      idea = "If the connection has ended, ask with another one",
      because = """
          The query may have been the reason for the end. When to ask again is for the caller
          to decide.""",
      instead = "Catch nothing.",
      rejectedBy = "what_fails_is_an_error_with_its_cause_and_leaves_nothing_open",
      says = "the server refuses the first query with 57P01",
      earns = 1)
  static class AsksAgainIfClosed extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      Jdbi jdbi = Jdbi.create(dataSource);
      String version = jdbi.withHandle(AsksAgainIfClosed::askedIfOpen);
      return version == null ? jdbi.withHandle(AnySourceMistakes::asked) : version;
    }

    private static String askedIfOpen(Handle handle) {
      try {
        return asked(handle);
      } catch (StatementException e) {
        if (isClosed(handle)) {
          return null;
        }
        throw e;
      }
    }

    private static boolean isClosed(Handle handle) {
      try {
        return handle.getConnection().isClosed();
      } catch (SQLException e) {
        return true;
      }
    }
  }

  @Mistake(
      exercise = "1.5",
      violates = "need not lead to the driver's by unwrap",
      idea = "The driver knows the version without a query",
      because = """
          It does, and its metadata say so. But not every connection leads to the driver's.""",
      instead = "Use the methods of `Connection`.",
      rejectedBy = "the_version_is_what_the_server_says",
      says = "The driver is out of reach",
      earns = 0)
  static class UnwrapsTheDrivers extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      try (Handle handle = Jdbi.open(dataSource)) {
        PGConnection driver = handle.getConnection().unwrap(PGConnection.class);
        return driver.getParameterStatus("server_version");
      } catch (SQLException e) {
        throw new IllegalStateException("no version: " + e.getMessage(), e);
      }
    }
  }

  @Mistake(
      exercise = "1.5",
      violates = "its cause is the driver's exception itself",
      idea = "Get to the root of it",
      because = """
          The root may be a `ConnectException`, which has no SQLSTATE.""",
      instead = "Let Jdbi's exception through.",
      rejectedBy = "what_fails_is_an_error_with_its_cause_and_leaves_nothing_open",
      says = "without the driver's among its causes",
      earns = 1)
  static class TheRootCause extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      try {
        return super.serverVersion(dataSource);
      } catch (ConnectionException e) {
        Throwable root = e;
        while (root.getCause() != null) {
          root = root.getCause();
        }
        throw new ConnectionException(root);
      }
    }
  }

  @Mistake(
      exercise = "1.5",
      violates = "as Jdbi throws it: of a class of Jdbi's",
      idea = "A `JdbiException` of my own, with a clearer message",
      because = """
          Callers tell Jdbi's exceptions apart by their classes, and look for what a
          `StatementException` has: the statement.""",
      instead = "Let Jdbi's exception through.",
      rejectedBy = "what_fails_is_an_error_with_its_cause_and_leaves_nothing_open",
      says = "which is none of Jdbi's own",
      earns = 1)
  static class AClassOfItsOwn extends ReferenceConnector {
    /** Says it in other words. */
    static final class Unreadable extends JdbiException {
      private static final long serialVersionUID = 1;

      Unreadable(Throwable cause) {
        super("The version cannot be read.", cause);
      }

      @Override
      public String toString() {
        return "Unreadable";
      }
    }

    @Override
    public String serverVersion(DataSource dataSource) {
      try {
        return super.serverVersion(dataSource);
      } catch (StatementException e) {
        throw new Unreadable(e);
      }
    }
  }

  @Mistake(
      exercise = "1.5",
      violates = "if no connection can be made",
      idea = "If the server is away, the last version that we know is better than none",
      because = """
          The caller cannot tell a server that runs from one that is away.""",
      instead = "Let Jdbi's exception through.",
      rejectedBy = "what_fails_is_an_error_with_its_cause_and_leaves_nothing_open",
      says = "leads to none when asked again",
      earns = 1)
  static class TheLastKnown extends ReferenceConnector {
    private final Map<DataSource, String> known = new HashMap<>();

    @Override
    public String serverVersion(DataSource dataSource) {
      try {
        known.put(dataSource, super.serverVersion(dataSource));
      } catch (ConnectionException e) {
        if (!known.containsKey(dataSource)) {
          throw e;
        }
      }
      return known.get(dataSource);
    }
  }

  @Mistake(
      exercise = "1.5",
      violates = "the whole string, as it is",
      idea = "Blanks in a row are as good as one",
      because = """
          The contract asks for what the server says.""",
      instead = "Return the string as it is.",
      rejectedBy = "the_version_is_what_the_server_says",
      says = "as SHOW server_version tells it",
      earns = 1)
  static class OneBlankForSeveral extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      return super.serverVersion(dataSource).replaceAll(" +", " ");
    }
  }

  @Alternative(
      exercise = "1.5",
      idea = "A connection of one's own, lent to Jdbi and closed in `finally`, and a "
          + "`ConnectionException` made by hand.")
  static class LendsTheConnection extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      Connection connection;
      try {
        connection = dataSource.getConnection();
      } catch (SQLException e) {
        throw new ConnectionException(e);
      }
      try (connection) {
        return asked(Jdbi.open(connection));
      } catch (SQLException e) {
        throw new IllegalStateException("It cannot be closed.", e);
      }
    }
  }

  @Alternative(
      exercise = "1.5",
      idea = "The driver's parameter if the connection leads to the driver's, or else a query, "
          + "read-only.")
  static class AsksWhatThereIs extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      try (Handle handle = Jdbi.open(dataSource)) {
        Connection connection = handle.getConnection();
        return connection.isWrapperFor(PGConnection.class)
            ? connection.unwrap(PGConnection.class).getParameterStatus("server_version")
            : asked(handle.setReadOnly(true));
      } catch (SQLException e) {
        throw new IllegalStateException("The connection does not say what it is.", e);
      }
    }
  }
}
