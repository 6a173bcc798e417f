package workbook.connect.mistakes;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.ResultSetException;
import org.jdbi.v3.core.statement.StatementException;
import workbook.connect.reference.ReferenceConnector;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;

/** Exercise 1.5: connections that stay open, and exceptions that tell less. */
final class VersionMistakes {
  private VersionMistakes() {}

  @Mistake(
      exercise = "1.5",
      violates = "through Jdbi, each time anew",
      idea = "A version does not change",
      because = """
          The server may be another one at the next call, or be gone. A caller that
          asks wants to know.""",
      instead = "Ask each time.",
      rejectedBy = "what_fails_is_an_error_with_its_cause_and_leaves_nothing_open",
      says = "the data source has a wrong password, so Jdbi gets no connection",
      earns = 0)
  static class Remembers extends ReferenceConnector {
    private String version;


    @Override
    public String serverVersion(DataSource dataSource) {
      if (version == null) {
        version = super.serverVersion(dataSource);
      }
      return version;
    }
  }

  @Mistake(
      exercise = "1.5",
      violates = "even if that is an Error",
      idea = "`catch (RuntimeException)` and close",
      because = """
          An `Error` is no `RuntimeException`: memory that is full, or a class that
          is missing. The connection stays open.""",
      instead = "`finally`, or `try (...)`, closes on every path.",
      rejectedBy = "what_fails_is_an_error_with_its_cause_and_leaves_nothing_open",
      says = "this driver is broken, and a connection of the data source is still open",
      earns = 1)
  static class ClosesAfterExceptions extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      Handle handle = Jdbi.open(dataSource);
      try {
        String version = handle.select("SHOW server_version").mapTo(String.class).one();
        handle.close();
        return version;
      } catch (RuntimeException e) {
        handle.close();
        throw e;
      }
    }
  }

  @Mistake(
      exercise = "1.5",
      violates = "when this method returns, and when it throws, whatever failed",
      idea = "Open a handle first, to see whether that works",
      because = """
          It works, and is never closed. The second one is.""",
      instead = "Every handle that is opened has to be closed.",
      rejectedBy = "the_version_is_what_the_server_says",
      says = "The version was returned, and a connection of the data source is still open",
      earns = 0)
  static class TriesFirst extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      Jdbi jdbi = Jdbi.create(dataSource);
      if (jdbi.open() == null) {
        return "unknown";
      }
      return super.serverVersion(dataSource);
    }
  }

  @Mistake(
      exercise = "1.5",
      violates = "no ConnectionException, and the driver",
      idea = "Everything that fails is a `ConnectionException`",
      because = """
          A caller that gets one looks for a server that is down. Here it is up, and
          refuses the query.""",
      instead = "Let Jdbi's exception through.",
      rejectedBy = "what_fails_is_an_error_with_its_cause_and_leaves_nothing_open",
      says = "but was: thrown: org.jdbi.v3.core.ConnectionException",
      earns = 1)
  static class NoConnectionForAll extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      try {
        return super.serverVersion(dataSource);
      } catch (StatementException e) {
        throw new ConnectionException(e);
      }
    }
  }

  @Mistake(
      exercise = "1.5",
      violates = "its cause is the driver's exception itself, with SQLSTATE",
      idea = "A cause with a message of my own",
      because = """
          It has the right SQLSTATE, and the driver's stack trace and its own causes
          are gone.""",
      instead = "Let Jdbi's exception through.",
      rejectedBy = "what_fails_is_an_error_with_its_cause_and_leaves_nothing_open",
      says = "expected: the driver's own exception as the cause",
      earns = 1)
  static class AnotherCause extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      try {
        return super.serverVersion(dataSource);
      } catch (ConnectionException e) {
        SQLException cause = (SQLException) e.getCause();
        throw new ConnectionException(new SQLException("no way in", cause.getSQLState()));
      }
    }
  }

  @Mistake(
      exercise = "1.5",
      violates = "the driver's exception is among its causes",
      idea = "A `JdbiException` is a `JdbiException`",
      because = """
          Without its cause it does not say why the server refused.""",
      instead = "Let Jdbi's exception through.",
      rejectedBy = "what_fails_is_an_error_with_its_cause_and_leaves_nothing_open",
      says = "without the driver's among its causes",
      earns = 1)
  static class LosesTheReason extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      try {
        return super.serverVersion(dataSource);
      } catch (StatementException e) {
        throw new ResultSetException("The query failed.", null, null);
      }
    }
  }

  @Mistake(
      exercise = "1.5",
      violates = "if the query fails, whatever the SQLSTATE, as Jdbi throws it",
      idea = "`catch (Throwable)` is the safe way",
      because = """
          It also catches what no program can mend, and the caller takes "unknown"
          for a version.""",
      instead = "Catch nothing.",
      rejectedBy = "what_fails_is_an_error_with_its_cause_and_leaves_nothing_open",
      says = "but was: unknown",
      earns = 1)
  static class CatchesThrowable extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      try (Handle handle = Jdbi.open(dataSource)) {
        return versionOf(handle);
      }
    }

    private static String versionOf(Handle handle) {
      try {
        return handle.select("SHOW server_version").mapTo(String.class).one();
      } catch (Throwable e) {
        return "unknown";
      }
    }
  }

  @Mistake(
      exercise = "1.5",
      violates = "what the statement SHOW server_version returns",
      idea = "`server_version_num` is the version as well",
      because = """
          It is, as a number: 180001. The contract asks for the other one.""",
      instead = "Return what `SHOW server_version` returns.",
      rejectedBy = "the_version_is_what_the_server_says",
      says = "as SHOW server_version tells it",
      earns = 1)
  static class OnlyTheNumber extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      return Jdbi.create(dataSource)
          .withHandle(handle -> handle.select("SHOW server_version_num").mapTo(String.class).one());
    }
  }

  @Mistake(
      exercise = "1.5",
      violates = "what the statement SHOW server_version returns",
      idea = "18 is enough",
      because = """
          Perhaps to a person. A fault that was mended in 18.3 is still there in
          18.1.""",
      instead = "Return what `SHOW server_version` returns.",
      rejectedBy = "the_version_is_what_the_server_says",
      says = "as SHOW server_version tells it",
      earns = 1)
  static class OnlyTheMajorVersion extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      return super.serverVersion(dataSource).split("\\.")[0];
    }
  }

  @Alternative(
      exercise = "1.5",
      idea = "`open()`, `finally` and `close()`, and the function `current_setting`.")
  static class ByHandWithFinally extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      Handle handle = Jdbi.create(dataSource).open();
      try {
        return handle
            .createQuery("SELECT current_setting(:name)")
            .bind("name", "server_version")
            .mapTo(String.class)
            .first();
      } finally {
        handle.close();
      }
    }
  }

  @Alternative(
      exercise = "1.5",
      idea = "Plain JDBC inside Jdbi's handle, whose exception is wrapped in one of Jdbi's.")
  static class JdbcInside extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      return Jdbi.create(dataSource)
          .withHandle(
              handle -> {
                try (Statement statement = handle.getConnection().createStatement();
                    ResultSet row = statement.executeQuery("SHOW server_version")) {
                  row.next();
                  return row.getString(1);
                } catch (SQLException e) {
                  throw new ResultSetException("no version", e, null);
                }
              });
    }
  }

  @Alternative(
      exercise = "1.5",
      idea = "`useHandle`, `queryMetadata`, and a variable that is set inside.")
  static class ThroughMetadata extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      AtomicReference<String> version = new AtomicReference<>();
      Jdbi.create(dataSource)
          .useHandle(
              handle ->
                  version.set(handle.queryMetadata(DatabaseMetaData::getDatabaseProductVersion)));
      return version.get();
    }
  }
}
