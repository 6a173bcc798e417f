package workbook.errors.mistakes;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.postgresql.ds.PGSimpleDataSource;
import workbook.errors.reference.ReferenceTroubleshooter;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.support.DatabaseSettings;

/** Exercise 2.5: does it give up in time? */
final class TimeLimitMistakes {
  private TimeLimitMistakes() {}


  @Mistake(
      exercise = "2.5",
      violates = "also on a server that accepts the call and then says nothing at all",
      idea = "`connectTimeout` limits connecting",
      because = """
          It limits the call, until somebody answers the phone. This server does answer, and
          then says nothing: the wait for its first word has no limit.""",
      instead = "`loginTimeout` covers the whole way to a usable connection.",
      rejectedBy = "gives_up_on_a_server_that_never_answers",
      says = "still waiting after 1.9 seconds",
      earns = 1)
  static class ConnectTimeout extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      PGSimpleDataSource source = (PGSimpleDataSource) settings.dataSource();
      source.setConnectTimeout(seconds);
      return source.getConnection();
    }
  }

  @Mistake(
      exercise = "2.5",
      violates = "A connection that was made in time has no limit left on it",
      idea = "`socketTimeout` limits connecting",
      because = """
          It limits every wait for the server, also those of queries, for as long as the connection
          lives. A report that takes longer breaks it off, with 08006.""",
      instead = "Limit connecting and nothing else: `loginTimeout`.",
      rejectedBy = "limits_nothing_but_connecting",
      says = "any query that takes longer would break the connection",
      earns = 0)
  static class SocketTimeout extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      PGSimpleDataSource source = (PGSimpleDataSource) settings.dataSource();
      source.setSocketTimeout(seconds);
      return source.getConnection();
    }
  }

  @Mistake(
      exercise = "2.5",
      violates = "The limit is this call's alone",
      idea = "`DriverManager.setLoginTimeout` is made for this",
      because = """
          It is, but it is one setting for the whole program. Every other part that connects through
          `DriverManager` now gives up after your seconds.""",
      instead = "Set it on your own data source, or as a property of your own connection.",
      rejectedBy = "limits_nothing_but_connecting",
      says = "which the whole program shares",
      earns = 0)
  static class ForTheWholeProgram extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      DriverManager.setLoginTimeout(seconds);
      return super.connectWithin(settings, seconds);
    }
  }

  @Alternative(
      exercise = "2.5",
      idea = "`DriverManager` with `loginTimeout` among the properties of this one connection.")
  static class AsAProperty extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      Properties properties = new Properties();
      properties.setProperty("user", settings.user());
      properties.setProperty("password", settings.password());
      properties.setProperty("loginTimeout", String.valueOf(seconds));
      return DriverManager.getConnection(
          "jdbc:postgresql://%s:%d/%s"
              .formatted(settings.host(), settings.port(), settings.dbname()),
          properties);
    }
  }

  @Alternative(
      exercise = "2.5",
      idea = "A thread of its own that connects, and `get` with a limit; a connection that "
          + "comes too "
          + "late is closed.")
  static class InAnotherThread extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      FutureTask<Connection> task = new FutureTask<>(settings.dataSource()::getConnection);
      AtomicBoolean over = new AtomicBoolean();
      Thread thread =
          new Thread(
              () -> {
                task.run();
                if (!over.compareAndSet(false, true)) {
                  close(task);
                }
              });
      thread.setDaemon(true);
      thread.start();
      try {
        return task.get(seconds, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof SQLException failure ? failure : new SQLException(e);
      } catch (TimeoutException | InterruptedException e) {
        if (!over.compareAndSet(false, true)) {
          close(task);
        }
        throw new SQLException("The server did not answer in time.", "08001", e);
      }
    }

    private static void close(FutureTask<Connection> late) {
      try {
        late.get().close();
      } catch (ExecutionException | InterruptedException | SQLException e) {
        Thread.currentThread().interrupt(); // there is none, and it is nobody's any more
      }
    }
  }
}
