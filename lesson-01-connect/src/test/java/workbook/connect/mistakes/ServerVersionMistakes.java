package workbook.connect.mistakes;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementException;
import workbook.connect.reference.ReferenceConnector;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;

/** Exercise 1.5: the version through Jdbi. */
final class ServerVersionMistakes {
  private ServerVersionMistakes() {}

  @Mistake(
      exercise = "1.5",
      violates = "Every connection taken from the data source is closed on every path",
      idea = "Java cleans up what nobody uses any more",
      because = """
          It frees memory, some day. A handle is a connection, and the server
          has room for a hundred or so; then it turns everybody away with
          SQLSTATE 53300.""",
      instead = "Use `withHandle`, or `open()` in a `try (...)`.",
      rejectedBy = "the_version_is_what_the_server_says",
      says = "The version was returned, and a connection of the data source is still open",
      earns = 0)
  static class LeavesTheHandleOpen extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      Handle handle = Jdbi.create(dataSource).open();
      return handle
          .createQuery("SHOW server_version")
          .mapTo(String.class)
          .one();
    }
  }

  @Mistake(
      exercise = "1.5",
      violates = "when this method returns, and when it throws, whatever failed",
      idea = "Query, then close",
      because = """
          A query that fails throws, and the line with `close()` is never
          reached. Every failure leaves a connection open, and that is when
          servers run full.""",
      instead = "`withHandle`, or `open()` in a `try (...)`, closes also when "
          + "something fails.",
      rejectedBy = "what_fails_is_an_error_with_its_cause_and_leaves_nothing_open",
      says = "The query failed, and a connection of the data source is still open",
      earns = 1)
  static class ClosesOnSuccess extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      Handle handle = Jdbi.create(dataSource).open();
      String version =
          handle
              .createQuery("SHOW server_version")
              .mapTo(String.class)
              .one();
      handle.close();
      return version;
    }
  }

  @Mistake(
      exercise = "1.5",
      violates = "what the statement SHOW server_version returns",
      idea = "`version()` returns the version",
      because = """
          It returns a sentence: the version, the processor, the compiler. Good
          to read, hard to compare.""",
      instead = "Ask what the assignment asks: `SHOW server_version`.",
      rejectedBy = "the_version_is_what_the_server_says",
      says = "as SHOW server_version tells it",
      earns = 1)
  static class AWholeSentence extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      return Jdbi.create(dataSource)
          .withHandle(
              handle ->
                  handle
                      .createQuery("SELECT version()")
                      .mapTo(String.class)
                      .one());
    }
  }

  @Mistake(
      exercise = "1.5",
      violates = "if no connection can be made",
      idea = "Without a connection the version is \"unknown\"",
      because = """
          The caller asked for a version and gets a word. It cannot know that
          the password was wrong, and goes on.""",
      instead = "Let Jdbi's exception through, cause and all.",
      rejectedBy = "what_fails_is_an_error_with_its_cause_and_leaves_nothing_open",
      says = "the data source has a wrong password, so Jdbi gets no connection",
      earns = 1)
  static class Unknown extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      try {
        return super.serverVersion(dataSource);
      } catch (ConnectionException e) {
        return "unknown";
      }
    }
  }

  @Mistake(
      exercise = "1.5",
      violates = "if the query fails, whatever the SQLSTATE, as Jdbi throws it",
      idea = "A query that fails has no result, so `null` it is",
      because = """
          The server said why it refused, and nobody hears it. The caller fails
          later, somewhere else, with a `NullPointerException`.""",
      instead = "Catch nothing: the exception is the answer.",
      rejectedBy = "what_fails_is_an_error_with_its_cause_and_leaves_nothing_open",
      says = "expected: Jdbi's exception for a query",
      earns = 1)
  static class NullForARefusedQuery extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      try {
        return super.serverVersion(dataSource);
      } catch (StatementException e) {
        return null;
      }
    }
  }

  @Mistake(
      exercise = "1.5",
      violates = "if no connection can be made",
      idea = "An exception of my own, with a clearer message",
      because = """
          Its message is clear, and its cause is gone. Nobody can tell a wrong
          password from a server that does not run any more.""",
      instead = "Let the exception through; if you must wrap it, hand it on as "
          + "the cause.",
      rejectedBy = "what_fails_is_an_error_with_its_cause_and_leaves_nothing_open",
      says = "expected: ConnectionException",
      earns = 1)
  static class LosesTheCause extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      try {
        return super.serverVersion(dataSource);
      } catch (ConnectionException e) {
        throw new IllegalStateException("The database cannot be reached.");
      }
    }
  }

  @Mistake(
      exercise = "1.5",
      violates = "Asks a server for its version, through Jdbi",
      idea = "JDBC does it as well",
      because = """
          It does, with three things to close and an `SQLException` that has to
          be declared or wrapped. Callers who expect what Jdbi throws get
          something else.""",
      instead = "Through Jdbi, as the assignment says.",
      rejectedBy = "what_fails_is_an_error_with_its_cause_and_leaves_nothing_open",
      says = "expected: ConnectionException",
      earns = 1)
  static class WithoutJdbi extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SHOW server_version")) {
        row.next();
        return row.getString(1);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Alternative(
      exercise = "1.5",
      idea = "`open()` in a `try (...)`, and JDBC's metadata instead of a query.")
  static class AsksTheMetadata extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      try (Handle handle = Jdbi.open(dataSource)) {
        return handle.getConnection().getMetaData().getDatabaseProductVersion();
      } catch (SQLException e) {
        throw new IllegalStateException("The server went away.", e);
      }
    }
  }

  @Alternative(
      exercise = "1.5",
      idea = "`inTransaction`, a row as a map, and `findFirst`.")
  static class AsAMap extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      return Jdbi.create(dataSource)
          .inTransaction(
              handle ->
                  handle
                      .select("SHOW server_version")
                      .mapToMap()
                      .findFirst()
                      .map(row -> (String) row.get("server_version"))
                      .orElseThrow());
    }
  }
}
