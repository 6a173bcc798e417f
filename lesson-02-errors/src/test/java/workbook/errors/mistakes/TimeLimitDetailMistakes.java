package workbook.errors.mistakes;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.postgresql.ds.PGSimpleDataSource;
import workbook.errors.reference.ReferenceTroubleshooter;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.support.DatabaseSettings;

/** Exercise 2.5: what has a limit, for how long, and what comes out? */
final class TimeLimitDetailMistakes {
  private TimeLimitDetailMistakes() {}

  @Mistake(
      exercise = "2.5",
      violates = "or go on sending something without ever letting you in",
      idea = "`socketTimeout` while connecting, and none afterwards",
      because = "It counts anew whenever something arrives, and the driver may try a second time "
          + "without SSL.",
      instead = "`loginTimeout` counts once, from beginning to end.",
      rejectedBy = "gives_up_on_a_server_that_never_answers",
      says = "or on each wait",
      earns = 1)
  static class SocketTimeoutTakenOff extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      PGSimpleDataSource source = (PGSimpleDataSource) settings.dataSource();
      source.setSocketTimeout(seconds);
      source.setSslResponseTimeout(seconds * 1000);
      Connection connection = source.getConnection();
      connection.setNetworkTimeout(Runnable::run, 0);
      return connection;
    }
  }

  @Mistake(
      exercise = "2.5",
      violates = "such as DriverManager's login timeout, not even for a while",
      idea = "The global setting, put back in `finally`",
      because = "In between, every other thread that connects has your limit, and two calls put "
          + "back each other's.",
      instead = "Set it on your own data source.",
      rejectedBy = "gives_up_on_a_server_that_never_answers",
      says = "which the whole program shares",
      earns = 1)
  static class ForAWhile extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      int before = DriverManager.getLoginTimeout();
      DriverManager.setLoginTimeout(seconds);
      try {
        return super.connectWithin(settings, seconds);
      } finally {
        DriverManager.setLoginTimeout(before);
      }
    }
  }

  @Mistake(
      exercise = "2.5",
      violates = "how long to wait at most, 1 to 86400",
      idea = "Time-outs are in milliseconds",
      because = "Some are. `setLoginTimeout` takes seconds, and a thousand of them are a quarter "
          + "of an hour.",
      instead = "Read the unit in the Javadoc.",
      rejectedBy = "gives_up_on_a_server_that_never_answers",
      says = "still waiting",
      earns = 1)
  static class Milliseconds extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      return super.connectWithin(settings, 1000 * seconds);
    }
  }

  @Mistake(
      exercise = "2.5",
      violates = "when the time was up, neither earlier nor much later",
      idea = "A second more does no harm",
      because = "Who allows one second waits twice as long as they wanted.",
      instead = "Hand the seconds on as they are.",
      rejectedBy = "gives_up_on_a_server_that_never_answers",
      says = "still waiting",
      earns = 1)
  static class OneSecondMore extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      return super.connectWithin(settings, seconds + 1);
    }
  }

  @Mistake(
      exercise = "2.5",
      violates = "the driver's own exception, not wrapped (for example 28P01)",
      idea = "Whatever it was, there was no connection in time",
      because = "A wrong password is reported as a time-out, and people look at the network.",
      instead = "08001 when the time was up; otherwise hand on what the driver threw.",
      rejectedBy = "limits_nothing_but_connecting",
      says = "the password is wrong",
      earns = 1)
  static class WrapsEveryFailure extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      try {
        return super.connectWithin(settings, seconds);
      } catch (SQLException e) {
        throw new SQLException("No connection within " + seconds + " s", "08001", e);
      }
    }
  }

  @Mistake(
      exercise = "2.5",
      violates = "with the state 08001 when the time was up",
      idea = "`SQLTimeoutException` says enough",
      because = "It has no state unless it is given one, and 2.1 decides by the state.",
      instead = "08001.",
      rejectedBy = "gives_up_on_a_server_that_never_answers",
      says = "the SQLSTATE of the exception, when the time was up",
      earns = 1)
  static class AnotherState extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      try {
        return super.connectWithin(settings, seconds);
      } catch (SQLException e) {
        if (e.getCause() == null && "08001".equals(e.getSQLState())) {
          throw new SQLTimeoutException("No connection within " + seconds + " s", e);
        }
        throw e;
      }
    }
  }

  @Mistake(
      exercise = "2.5",
      violates = "If a connection is made after the time was up, but within the next second, it is "
          + "closed",
      idea = "`cancel(true)` ends the thread that connects",
      because = "An interrupt does not end a read from the network. When the server answers after "
          + "all, a connection is made that has no owner.",
      instead = "Have the thread close what it gets too late.",
      rejectedBy = "gives_up_on_a_server_that_never_answers",
      says = "Who gets this connection",
      earns = 1)
  static class CancelsOnly extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      FutureTask<Connection> task = new FutureTask<>(settings.dataSource()::getConnection);
      Thread thread = new Thread(task);
      thread.setDaemon(true);
      thread.start();
      try {
        return task.get(seconds, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof SQLException failure ? failure : new SQLException(e);
      } catch (TimeoutException | InterruptedException e) {
        task.cancel(true);
        throw new SQLException("The server did not answer in time.", "08001", e);
      }
    }
  }

  @Mistake(
      exercise = "2.5",
      violates = "so a query may take as long as it needs",
      idea = "`statement_timeout` limits the server",
      because = "It limits each statement later on, and nothing while connecting.",
      instead = "Limit connecting and nothing else.",
      rejectedBy = "limits_nothing_but_connecting",
      says = "statement_timeout",
      earns = 1)
  static class StatementTimeout extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      PGSimpleDataSource source = (PGSimpleDataSource) settings.dataSource();
      source.setOptions("-c statement_timeout=" + 1000 * seconds);
      source.setLoginTimeout(seconds);
      return source.getConnection();
    }
  }

  @Mistake(
      exercise = "2.5",
      violates = "an open connection, the caller's to close",
      idea = "A timer that closes whatever was opened",
      because = "It also closes the connection that was made in time, while the caller works with "
          + "it.",
      instead = "Stop the timer when you are connected.",
      rejectedBy = "gives_up_on_a_server_that_never_answers",
      says = "isValid of the connection",
      earns = 1)
  static class ClosesAfterTheTime extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      Connection connection = super.connectWithin(settings, seconds);
      Thread timer =
          new Thread(
              () -> {
                try {
                  Thread.sleep(900L * seconds);
                  connection.close();
                } catch (InterruptedException | SQLException e) {
                  Thread.currentThread().interrupt();
                }
              });
      timer.setDaemon(true);
      timer.start();
      return connection;
    }
  }

  @Mistake(
      exercise = "2.5",
      violates = "SQLException with the state 08001 when the time was up",
      idea = "No connection is null",
      because = "The caller calls a method of it, and gets a `NullPointerException` that says "
          + "nothing.",
      instead = "Throw.",
      rejectedBy = "gives_up_on_a_server_that_never_answers",
      says = "null was returned",
      earns = 1)
  static class NullWhenTimeIsUp extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      try {
        return super.connectWithin(settings, seconds);
      } catch (SQLException e) {
        if (e.getCause() == null && "08001".equals(e.getSQLState())) {
          return null;
        }
        throw e;
      }
    }
  }

  @Alternative(exercise = "2.5", idea = "`loginTimeout` behind the URL that the data source has.")
  static class InTheUrl extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      PGSimpleDataSource source = (PGSimpleDataSource) settings.dataSource();
      String url = source.getURL();
      return DriverManager.getConnection(
          url + (url.contains("?") ? "&" : "?") + "loginTimeout=" + seconds,
          settings.user(),
          settings.password());
    }
  }

  @Alternative(
      exercise = "2.5",
      idea = "`loginTimeout`, and a `socketTimeout` that ends the thread left behind and is taken "
          + "off again.")
  static class WithAGenerousSocketTimeout extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      PGSimpleDataSource source = (PGSimpleDataSource) settings.dataSource();
      source.setLoginTimeout(seconds);
      source.setSocketTimeout(10 * seconds);
      Connection connection = source.getConnection();
      connection.setNetworkTimeout(Runnable::run, 0);
      return connection;
    }
  }

  @Mistake(
      exercise = "2.5",
      violates = "In all else, too, it is as the driver makes it",
      idea = "A limit stays on, behind a connection that says there is none",
      because = "A query that takes longer breaks the connection all the same.",
      instead = "The driver's own connection, without a limit.",
      rejectedBy = "limits_nothing_but_connecting",
      says = "the driver's connection",
      earns = 1)
  static class SaysThereIsNoLimit extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      Connection limited = super.connectWithin(settings, seconds);
      limited.setNetworkTimeout(Runnable::run, 60_000);
      return (Connection)
          Proxy.newProxyInstance(
              SaysThereIsNoLimit.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (self, method, arguments) ->
                  method.getName().equals("getNetworkTimeout")
                      ? 0
                      : method.invoke(limited, arguments));
    }
  }
}
