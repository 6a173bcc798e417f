package workbook.errors.mistakes;

import java.io.EOFException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import workbook.errors.reference.ReferenceTroubleshooter;
import workbook.grading.proofs.Mistake;
import workbook.support.DatabaseSettings;

/** Exercise 2.5: what is asked of the server, how often, and as whom? */
final class TimeLimitAskMistakes {
  private TimeLimitAskMistakes() {}

  @Mistake(
      exercise = "2.5",
      violates = "the driver's own exception",
      idea = "A server that is starting will be ready soon",
      because = "The caller waits, though the server has answered. That is 2.6.",
      instead = "One attempt.",
      rejectedBy = "limits_nothing_but_connecting",
      says = "more than once",
      earns = 1)
  static class WaitsWhileItStarts extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      long end = System.nanoTime() + seconds * 1_000_000_000L;
      while (true) {
        try {
          return super.connectWithin(settings, seconds);
        } catch (SQLException e) {
          if (!"57P03".equals(e.getSQLState()) || System.nanoTime() > end) {
            throw e;
          }
        }
        pauseBriefly();
      }
    }
  }

  @Mistake(
      exercise = "2.5",
      violates = "the driver's own exception",
      idea = "A connection that was cut off is made again, once",
      because = "The caller learns nothing of the first time, and may wait twice as long.",
      instead = "One attempt.",
      rejectedBy = "limits_nothing_but_connecting",
      says = "when the server hangs up",
      earns = 1)
  static class AsksAgainWhenCutOff extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      try {
        return super.connectWithin(settings, seconds);
      } catch (SQLException e) {
        if (e.getCause() instanceof EOFException) {
          return super.connectWithin(settings, seconds);
        }
        throw e;
      }
    }
  }

  @Mistake(
      exercise = "2.5",
      violates = "the server may fall silent at any point",
      idea = "Try the new connection with `SELECT 1`",
      because = "The limit ends when you are connected. If the server says nothing from then "
          + "on, nothing ends this wait.",
      instead = "Return what the driver made.",
      rejectedBy = "gives_up_on_a_server_that_never_answers",
      says = "What do you ask that server for?",
      earns = 1)
  static class SelectsOne extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      Connection connection = super.connectWithin(settings, seconds);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SELECT 1");
        return connection;
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    }
  }

  @Mistake(
      exercise = "2.5",
      violates = "whatever characters user and password have",
      idea = "Put the user into a URL, as it is",
      because = "An `&`, a `%` or a `+` in it means something else there.",
      instead = "Encode it, or hand it on beside the URL.",
      rejectedBy = "limits_nothing_but_connecting",
      says = "reached the server",
      earns = 1)
  static class UserInTheUrl extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      String url =
          "jdbc:postgresql://%s:%s/%s?loginTimeout=%s&user=%s"
              .formatted(
                  settings.host(),
                  settings.port(),
                  settings.dbname(),
                  seconds,
                  settings.user());
      Properties properties = new Properties();
      properties.setProperty("password", settings.password());
      return DriverManager.getConnection(url, properties);
    }
  }

  @Mistake(
      exercise = "2.5",
      violates = "not wrapped",
      idea = "A `PSQLException` with a better message",
      because = "The new one lacks what the server said in detail: `getServerErrorMessage()` is "
          + "null.",
      instead = "Let the exception pass.",
      rejectedBy = "limits_nothing_but_connecting",
      says = "Is it the object that the driver threw?",
      earns = 1)
  static class WrapsInTheSameClass extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      try {
        return super.connectWithin(settings, seconds);
      } catch (PSQLException e) {
        if (!"28P01".equals(e.getSQLState())) {
          throw e;
        }
        throw new PSQLException("No way in: " + e.getMessage(), PSQLState.INVALID_PASSWORD, e);
      }
    }
  }

  @Mistake(
      exercise = "2.5",
      violates = "In all else, too, it is as the driver makes it",
      idea = "A connection for looking around only",
      because = "The caller did not ask for that, and its first `INSERT` fails.",
      instead = "Change no setting.",
      rejectedBy = "limits_nothing_but_connecting",
      says = "autocommit and read-only",
      earns = 1)
  static class ReadOnly extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      Connection connection = super.connectWithin(settings, seconds);
      connection.setReadOnly(true);
      return connection;
    }
  }

  private static void pauseBriefly() throws SQLException {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new SQLException("interrupted", "08001", e);
    }
  }
}
