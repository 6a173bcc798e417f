package workbook.queries.mistakes;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import workbook.grading.proofs.Mistake;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.1: other rules, other tables, other paths. */
final class TablePathMistakes {
  private static final String RIGHT = TableMistakes.RIGHT;

  private TablePathMistakes() {}

  private static void run(DataSource dataSource, String sql) throws SQLException {
    TableMistakes.run(dataSource, sql);
  }

  @Mistake(
      exercise = "3.1",
      violates = "All other rows of these types are allowed: add no rules of your own.",
      idea = "No book is there twice",
      because = """
          A library may have two copies, and two authors of one name may have chosen one
          title.""",
      instead = "No rule that was not asked for.",
      rejectedBy = "the_server_refuses_rows_that_break_the_rules",
      says = "(done: the list allows it)",
      earns = 2)
  static class SameBookOnce extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      run(
          dataSource,
          RIGHT.replace("published integer)", "published integer, UNIQUE (title, author))"));
    }
  }

  @Mistake(
      exercise = "3.1",
      violates = "All other rows of these types are allowed: add no rules of your own.",
      idea = "A year is positive",
      because = "44 BC has no other spelling in an integer, and the next program may need it.",
      instead = "No rule that was not asked for.",
      rejectedBy = "the_server_refuses_rows_that_break_the_rules",
      says = "(done: the list allows it)",
      earns = 2)
  static class SensibleYears extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      run(
          dataSource,
          RIGHT.replace("published integer)", "published integer CHECK (published > 0))"));
    }
  }

  @Mistake(
      exercise = "3.1",
      violates = "What a method writes is saved when it returns: other sessions see it.",
      idea = "Autocommit off, as psycopg2 has it",
      because = "Then only `commit()` saves, and closing the connection throws everything away.",
      instead = "Leave autocommit on, or commit.",
      rejectedBy = "the_server_refuses_rows_that_break_the_rules",
      says = "Tables that another session sees after createTables",
      earns = 0)
  static class SavesNothing extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.execute(RIGHT);
      }
    }
  }

  @Mistake(
      exercise = "3.1",
      violates = """
          SQLException if the server refuses, such as a role that may create no tables (42501)""",
      idea = "An exception means that the table is there",
      because = """
          It may mean anything: a role that may not create tables, too. The caller goes on
          without tables.""",
      instead = "`IF NOT EXISTS`, and let exceptions pass.",
      rejectedBy = "creating_them_again_keeps_the_rows",
      says = "by a role that may create no tables",
      earns = 3,
      detail = true)
  static class SwallowsRefusals extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      for (String table : RIGHT.replace("IF NOT EXISTS ", "").split(";")) {
        try {
          run(dataSource, table);
        } catch (SQLException e) {
          System.out.println("The table is there already.");
        }
      }
    }
  }

  @Mistake(
      exercise = "3.1",
      violates = "Errors of the server reach the caller as they are",
      idea = "Class 42 means that the table is there",
      because = """
          42P07 does. 42501 has the same class and says that the role may not create tables.""",
      instead = "`IF NOT EXISTS`; or look at the whole SQLSTATE.",
      rejectedBy = "creating_them_again_keeps_the_rows",
      says = "by a role that may create no tables",
      earns = 3,
      detail = true)
  static class SwallowsClass42 extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      for (String table : RIGHT.replace("IF NOT EXISTS ", "").split(";")) {
        try {
          run(dataSource, table);
        } catch (SQLException e) {
          if (!e.getSQLState().startsWith("42")) {
            throw e;
          }
        }
      }
    }
  }

  @Mistake(
      exercise = "3.1",
      violates = "Creates the tables books, members and loans",
      idea = "If books is there, everything is",
      because = """
          A run may have broken off after the first table. Then the others are never created.""",
      instead = "Ask for each table.",
      rejectedBy = "creating_them_again_keeps_the_rows",
      says = "where books is there already and the others are not",
      earns = 3,
      detail = true)
  static class AllOrNone extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement();
          ResultSet books = statement.executeQuery("SELECT to_regclass('books')")) {
        books.next();
        if (books.getString(1) != null) {
          return;
        }
      }
      super.createTables(dataSource);
    }
  }

  @Mistake(
      exercise = "3.1",
      violates = "A table that exists already in the schema is left alone",
      idea = "`information_schema.tables` knows whether it is there",
      because = """
          It knows the tables of all schemas. An archive with a table of the same name is
          another table.""",
      instead = "`IF NOT EXISTS` looks in the schema where it would create.",
      rejectedBy = "the_tables_have_the_columns_of_the_lesson",
      says = "Tables that another session sees after createTables",
      earns = 2)
  static class AnySchema extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      String exists = "SELECT 1 FROM information_schema.tables WHERE table_name = '%s'";
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement()) {
        for (String table : RIGHT.split(";")) {
          String name = table.strip().split(" ")[5];
          if (!statement.executeQuery(exists.formatted(name)).next()) {
            statement.execute(table);
          }
        }
      }
    }
  }

  @Mistake(
      exercise = "3.1",
      violates = "Calling this twice changes nothing",
      idea = "Create the tables, then add the keys",
      because = """
          `ADD FOREIGN KEY` finds a free name each time it runs: after ten calls there are ten
          keys.""",
      instead = "Keys belong into `CREATE TABLE`.",
      rejectedBy = "creating_them_again_keeps_the_rows",
      says = "Rows, keys and indexes that another createTables changed",
      earns = 3,
      detail = true)
  static class KeysEachTime extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      run(dataSource, RIGHT.replace(" REFERENCES books", ""));
      run(dataSource, "ALTER TABLE loans ADD FOREIGN KEY (book_id) REFERENCES books");
    }
  }

  @Mistake(
      exercise = "3.1",
      violates = "is left alone, its rows and its columns",
      idea = "Bring an old table into shape",
      because = "What another program added to it is gone, with all that was in it.",
      instead = "Leave alone what is there.",
      rejectedBy = "creating_them_again_keeps_the_rows",
      says = "the columns stay as they are",
      earns = 3,
      detail = true)
  static class TidiesColumns extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      super.createTables(dataSource);
      run(dataSource, "ALTER TABLE books DROP COLUMN IF EXISTS shelf");
    }
  }

  @Mistake(
      exercise = "3.1",
      violates = """
          Close what you open, on every path: connections, handles, and the statements of
          JDBC.""",
      idea = "The connection closes its statements",
      because = """
          A pool's connection is not closed but given to the next caller, and its statements
          add up.""",
      instead = "try-with-resources for the statement, too.",
      rejectedBy = "the_server_refuses_rows_that_break_the_rules",
      says = "What createTables left open",
      earns = 0)
  static class LeavesTheStatement extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      try (Connection connection = dataSource.getConnection()) {
        connection.createStatement().execute(RIGHT);
      }
    }
  }
}
