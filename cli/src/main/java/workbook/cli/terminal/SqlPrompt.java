package workbook.cli.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import workbook.engine.Printable;
import workbook.engine.playground.Table;
import workbook.support.EnvironmentException;

/** A small stand-in for psql: runs SQL statements and prints their results. */
final class SqlPrompt {
  private static final int FAILED = 1;

  private final DataSource source;
  private final PrintWriter out;
  private final PrintWriter err;

  SqlPrompt(DataSource source, PrintWriter out, PrintWriter err) {
    this.source = source;
    this.out = out;
    this.err = err;
  }

  /** Runs one piece of SQL; 0 if the server took it. */
  int run(String sql) {
    try (Connection connection = connect()) {
      return execute(connection, sql) ? Exit.FINE : FAILED;
    } catch (SQLException e) {
      throw lost(e);
    }
  }

  /** Runs what is typed, statement by statement, until the end or {@code \q}. */
  int converse(BufferedReader in, boolean prompting) {
    err.println(
        "psql is not installed; this is a stand-in. End statements with ; and leave with \\q");
    err.flush();
    try (Connection connection = connect()) {
      String prompt = connection.getCatalog();
      StringBuilder statement = new StringBuilder();
      for (String line = ask(in, prompting, prompt + "=> "); line != null; ) {
        if (line.strip().equals("\\q")) {
          return Exit.FINE;
        }
        statement.append(line).append('\n');
        if (isComplete(statement)) {
          execute(connection, statement.toString());
          statement.setLength(0);
        }
        boolean open = !statement.toString().isBlank();
        line = ask(in, prompting, prompt + (open ? "-> " : "=> "));
      }
      return statement.toString().isBlank() || execute(connection, statement.toString())
          ? Exit.FINE
          : FAILED;
    } catch (SQLException e) {
      throw lost(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String ask(BufferedReader in, boolean prompting, String prompt) throws IOException {
    if (prompting) {
      out.print(prompt);
      out.flush();
    }
    return in.readLine();
  }

  // A semicolon within quotes ends nothing.
  private static boolean isComplete(CharSequence text) {
    String statement = text.toString().strip();
    return statement.endsWith(";")
        && count(statement, "'") % 2 == 0
        && count(statement, "$$") % 2 == 0;
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  private boolean execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      boolean rows = statement.execute(sql);
      for (SQLWarning note = statement.getWarnings(); note != null; note = note.getNextWarning()) {
        err.println("NOTICE: " + Printable.of(note.getMessage()));
      }
      while (rows || statement.getUpdateCount() >= 0) {
        print(rows, statement);
        rows = statement.getMoreResults();
      }
      return true;
    } catch (SQLException e) {
      if (!connection.isValid(1)) {
        throw e;
      }
      err.println(Printable.of(e.getMessage()) + " (SQLSTATE " + e.getSQLState() + ")");
      return false;
    } finally {
      out.flush();
      err.flush();
    }
  }

  private void print(boolean rows, Statement statement) throws SQLException {
    if (rows) {
      try (ResultSet results = statement.getResultSet()) {
        out.println(Table.of(results));
      }
    } else {
      int count = statement.getUpdateCount();
      out.println(count == 0 ? "Done." : "Done, " + count + (count == 1 ? " row." : " rows."));
    }
  }

  private Connection connect() {
    try {
      return source.getConnection();
    } catch (SQLException e) {
      throw lost(e);
    }
  }

  private static EnvironmentException lost(SQLException e) {
    return new EnvironmentException(
        "No session with the database that db_info.ini names: %s (SQLSTATE %s). Run ./workbook doctor"
            .formatted(e.getMessage(), e.getSQLState()),
        e);
  }
}
