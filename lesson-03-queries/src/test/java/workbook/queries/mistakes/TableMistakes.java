package workbook.queries.mistakes;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.1: the tables with their keys. */
final class TableMistakes {
  static final String RIGHT =
      """
      CREATE TABLE IF NOT EXISTS books (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        title text NOT NULL,
        author text NOT NULL,
        genre text,
        published integer);
      CREATE TABLE IF NOT EXISTS members (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        name text NOT NULL,
        email text NOT NULL UNIQUE);
      CREATE TABLE IF NOT EXISTS loans (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        book_id bigint NOT NULL REFERENCES books,
        member_id bigint NOT NULL REFERENCES members,
        lent_on date NOT NULL DEFAULT CURRENT_DATE,
        returned_on date)
      """;

  private TableMistakes() {}

  static void run(DataSource dataSource, String sql) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Mistake(
      exercise = "3.1",
      violates = "Calling this twice changes nothing and is no error",
      idea = "Create the tables: the program runs once",
      because = """
          It runs again, and the second `CREATE TABLE` is refused: 42P07. The article's program has
          that problem, and does not say so.""",
      instead = "`CREATE TABLE IF NOT EXISTS`.",
      rejectedBy = "creating_them_again_keeps_the_rows",
      says = "SQLSTATE 42P07",
      earns = 3,
      detail = true)
  static class OnlyOnce extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      run(dataSource, RIGHT.replace("IF NOT EXISTS ", ""));
    }
  }

  @Mistake(
      exercise = "3.1",
      violates = "A table that exists already in the schema is left alone, its rows",
      idea = "Drop the tables first, so that creating them always works",
      because = "It works, and all rows are gone.",
      instead = "Leave alone what is there: `IF NOT EXISTS`.",
      rejectedBy = "creating_them_again_keeps_the_rows",
      says = "that was in books before createTables",
      earns = 3,
      detail = true)
  static class DropsFirst extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      run(dataSource, "DROP TABLE IF EXISTS loans, members, books");
      super.createTables(dataSource);
    }
  }

  @Mistake(
      exercise = "3.1",
      violates = "a loan of a book, or to a member, that does not exist (23503)",
      idea = "A column named `book_id` refers to books",
      because = """
          To a reader. The server takes any number there, and a loan of a book that does not
          exist is as good as another.""",
      instead = "Say `REFERENCES books`.",
      rejectedBy = "the_server_refuses_rows_that_break_the_rules",
      says = "SQLSTATE of: INSERT INTO loans (book_id, member_id) VALUES (-1",
      earns = 2)
  static class NoForeignKeys extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      run(dataSource, RIGHT.replaceAll(" REFERENCES \\w+", ""));
    }
  }

  @Mistake(
      exercise = "3.1",
      violates = "a second member with exactly the same email (23505)",
      idea = "The program looks whether the email is taken",
      because = """
          Two programs look at the same time, and both see that it is free. And nobody looks
          when rows are added with psql.""",
      instead = "`UNIQUE`: only the server sees all rows.",
      rejectedBy = "the_server_refuses_rows_that_break_the_rules",
      says = "SQLSTATE of: INSERT INTO members (name, email) VALUES ('John', 'j@x')",
      earns = 2)
  static class NotUnique extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      run(dataSource, RIGHT.replace(" UNIQUE", ""));
    }
  }

  @Mistake(
      exercise = "3.1",
      violates = "the removal of a book or a member that a loan names (23503)",
      idea = "`ON DELETE CASCADE` saves trouble",
      because = """
          Removing a book then removes its loans, without a word: who has it is forgotten.""",
      instead = "The default refuses (23503), and that is what is asked for.",
      rejectedBy = "the_server_refuses_rows_that_break_the_rules",
      says = "SQLSTATE of: DELETE FROM books",
      earns = 2)
  static class Cascades extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      run(dataSource, RIGHT.replaceAll("REFERENCES (\\w+)", "REFERENCES $1 ON DELETE CASCADE"));
    }
  }

  @Alternative(
      exercise = "3.1",
      idea = "With Jdbi, a statement for each table, its keys in `CONSTRAINT` clauses of their "
          + "own.")
  static class WithJdbi extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      try {
        Jdbi.create(dataSource)
            .useTransaction(
                handle -> {
                  handle.execute(
                      "CREATE TABLE IF NOT EXISTS books (id int8 GENERATED BY DEFAULT AS IDENTITY,"
                          + " title text NOT NULL, author text NOT NULL, genre text,"
                          + " published int4, CONSTRAINT books_key PRIMARY KEY (id))");
                  handle.execute(
                      "CREATE TABLE IF NOT EXISTS members (id bigserial PRIMARY KEY,"
                          + " name text NOT NULL, email text NOT NULL,"
                          + " CONSTRAINT one_email UNIQUE (email))");
                  handle.execute(
                      "CREATE TABLE IF NOT EXISTS loans (id bigserial PRIMARY KEY,"
                          + " book_id int8 NOT NULL, member_id int8 NOT NULL,"
                          + " lent_on date NOT NULL DEFAULT now(), returned_on date,"
                          + " FOREIGN KEY (book_id) REFERENCES books (id),"
                          + " FOREIGN KEY (member_id) REFERENCES members (id))");
                });
      } catch (JdbiException e) {
        throw e.getCause() instanceof SQLException refusal ? refusal : new SQLException(e);
      }
    }
  }

  @Alternative(
      exercise = "3.1",
      idea = """
          A batch of statements: `GENERATED BY DEFAULT`, a unique index instead of a constraint,
          and indexes on the foreign keys.""")
  static class ByDefaultAndIndex extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement()) {
        String tables = RIGHT.replace("ALWAYS", "BY DEFAULT").replace(" UNIQUE", "");
        for (String table : tables.split(";")) {
          statement.addBatch(table);
        }
        statement.addBatch("CREATE UNIQUE INDEX IF NOT EXISTS emails ON members (email)");
        statement.addBatch("CREATE INDEX IF NOT EXISTS loans_of_book ON loans (book_id)");
        statement.executeBatch();
      }
    }
  }

  @Alternative(
      exercise = "3.1",
      idea = """
          Ask the driver which tables there are, in the schema, and create the others in one
          transaction.""")
  static class AsksFirst extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        for (String name : new String[] {"books", "members", "loans"}) {
          try (ResultSet table =
              connection.getMetaData().getTables(null, connection.getSchema(), name, null)) {
            if (!table.next()) {
              int start = RIGHT.indexOf(name + " (");
              statement.execute("CREATE TABLE " + RIGHT.substring(start).split(";")[0]);
            }
          }
        }
        connection.commit();
      }
    }
  }
}
