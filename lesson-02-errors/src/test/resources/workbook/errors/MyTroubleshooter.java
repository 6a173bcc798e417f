package workbook.errors;

import static workbook.support.Todo.todo;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import workbook.support.DatabaseSettings;

/** Your answers to lesson 2. What each has to do: {@link Troubleshooter}. */
public final class MyTroubleshooter implements Troubleshooter {

  @Override
  public Problem diagnose(SQLException failure) {
    // TODO: 2.1 tell the problems apart by SQLSTATE and cause.
    return todo("2.1");
  }

  @Override
  public Explanation explain(Problem problem, DatabaseSettings settings) {
    // TODO: 2.2 say what failed, with what, and what to do next.
    return todo("2.2");
  }

  @Override
  public <T> T withConnection(DataSource source, ConnectionWork<T> work)
      throws SQLException {
    // TODO: 2.3 open, work, and close on every path.
    return todo("2.3");
  }

  @Override
  public <T> T withHandle(Jdbi jdbi, HandleCallback<T, SQLException> work)
      throws SQLException {
    // TODO: 2.4 let Jdbi open and close; bring out the SQLException.
    return todo("2.4");
  }

  @Override
  public Connection connectWithin(DatabaseSettings settings, int seconds)
      throws SQLException {
    // TODO: 2.5 set a limit before you connect.
    return todo("2.5");
  }

  @Override
  public Connection connectWithRetry(
      DataSource source, int attempts, Pause pause)
      throws SQLException, InterruptedException {
    // TODO: 2.6 try, pause, try again: but only where it may help.
    return todo("2.6");
  }
}
