package workbook.queries.mistakes;

import java.sql.SQLException;
import javax.sql.DataSource;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.1: columns, rules and exceptions. */
final class TableRuleMistakes {
  private static final String RIGHT = TableMistakes.RIGHT;

  private TableRuleMistakes() {}

  private static void run(DataSource dataSource, String sql) throws SQLException {
    TableMistakes.run(dataSource, sql);
  }

  @Mistake(
      exercise = "3.1",
      violates = "They have the columns that are listed above, of these types",
      idea = "`serial` numbers the rows",
      because = """
          It does, but its type is integer, which ends at 2,147,483,647. The list says bigint.""",
      instead = "`bigint GENERATED ALWAYS AS IDENTITY`, or `bigserial`.",
      rejectedBy = "the_tables_have_the_columns_of_the_lesson",
      says = "books.id integer NOT NULL",
      earns = 3,
      detail = true)
  static class IntegerIds extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      run(dataSource, RIGHT.replace("bigint GENERATED ALWAYS AS IDENTITY", "serial"));
    }
  }

  @Mistake(
      exercise = "3.1",
      violates = "lent_on date never NULL",
      idea = "The time is more exact than the day",
      because = """
          A `timestamp` is no `date`: two loans of one day are not equal, and Java gets
          another type.""",
      instead = "`date`, as the list says.",
      rejectedBy = "the_tables_have_the_columns_of_the_lesson",
      says = "loans.lent_on timestamp without time zone NOT NULL",
      earns = 1)
  static class TimeForDay extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      run(dataSource, RIGHT.replace(
              "lent_on date NOT NULL DEFAULT CURRENT_DATE",
              "lent_on timestamp NOT NULL DEFAULT now()"));
    }
  }

  @Mistake(
      exercise = "3.1",
      violates = "in any order, and no others",
      idea = "Every table has a `created_at`",
      because = "The list has none, and a program that copies whole rows counts on the list.",
      instead = "The columns of the list, and no others.",
      rejectedBy = "the_tables_have_the_columns_of_the_lesson",
      says = "members.created_at",
      earns = 3,
      detail = true)
  static class ExtraColumn extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      run(dataSource, RIGHT.replace("email text", "created_at date DEFAULT now(), email text"));
    }
  }

  @Mistake(
      exercise = "3.1",
      violates = "NULL where the list says never (23502)",
      idea = "A column is required because the program always fills it",
      because = "This program does. The next one does not, and the server takes the row.",
      instead = "`NOT NULL` on each column that the list says is never NULL.",
      rejectedBy = "the_server_refuses_rows_that_break_the_rules",
      says = "SQLSTATE of: INSERT INTO books (title) VALUES ('Emma')",
      earns = 1)
  static class OptionalAuthor extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      run(dataSource, RIGHT.replace("author text NOT NULL", "author text"));
    }
  }

  @Mistake(
      exercise = "3.1",
      violates = "A row that is added without an id gets its number from the server.",
      idea = "`PRIMARY KEY` numbers the rows",
      because = """
          It only keeps them apart. Without a number from the program the id would be NULL:
          23502.""",
      instead = "Say where the number comes from: `GENERATED ... AS IDENTITY`.",
      rejectedBy = "the_server_refuses_rows_that_break_the_rules",
      says = "SQLSTATE of: INSERT INTO books (title, author) VALUES ('Emma', 'Austen')",
      earns = 1)
  static class NoNumbering extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      run(dataSource, RIGHT.replace(" GENERATED ALWAYS AS IDENTITY", ""));
    }
  }

  @Mistake(
      exercise = "3.1",
      violates = "a second row with the same id (23505)",
      idea = "What the server numbers is unique",
      because = """
          The numbering only proposes. A row that brings its own id can have one that is
          taken.""",
      instead = "`PRIMARY KEY`.",
      rejectedBy = "the_server_refuses_rows_that_break_the_rules",
      says = "SQLSTATE of: INSERT INTO loans (id, book_id, member_id)",
      earns = 2)
  static class NoPrimaryKey extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      run(
          dataSource,
          RIGHT.replace("IDENTITY PRIMARY KEY,\n  book_id", "IDENTITY,\n  book_id"));
    }
  }

  @Mistake(
      exercise = "3.1",
      violates = "begins today, the day of the insertion",
      idea = "`DEFAULT 'today'`",
      because = """
          PostgreSQL reads the text when the table is created: every loan ever made begins on
          that day.""",
      instead = "`CURRENT_DATE`, which is computed for each row.",
      rejectedBy = "the_server_refuses_rows_that_break_the_rules",
      says = "the day of its insertion",
      earns = 2)
  static class TodayOfTheTable extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      run(dataSource, RIGHT.replace("CURRENT_DATE", "'today'"));
    }
  }

  @Mistake(
      exercise = "3.1",
      violates = "in the time zone of the session",
      idea = "The server's clock is UTC",
      because = """
          For a reader in Auckland it is yesterday until noon, and `CURRENT_DATE` says
          otherwise.""",
      instead = "`CURRENT_DATE` is the day of the session.",
      rejectedBy = "the_server_refuses_rows_that_break_the_rules",
      says = "the day of its insertion",
      earns = 2)
  static class TodayInGreenwich extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      run(
          dataSource,
          RIGHT.replace("CURRENT_DATE", "(now() AT TIME ZONE 'UTC')::date"));
    }
  }

  @Mistake(
      exercise = "3.1",
      violates = "The server itself keeps the tables sound. It refuses at once",
      idea = "`INITIALLY DEFERRED` leaves the order of the statements free",
      because = """
          Then the statement that breaks the rule succeeds, and the refusal comes with the
          commit.""",
      instead = "Leave keys as they are by default: not deferred.",
      rejectedBy = "the_server_refuses_rows_that_break_the_rules",
      says = "SQLSTATE of: INSERT INTO loans (book_id, member_id) VALUES (-1",
      earns = 2)
  static class DeferredKeys extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      run(
          dataSource,
          RIGHT.replaceAll("REFERENCES (\\w+)", "REFERENCES $1 DEFERRABLE INITIALLY DEFERRED"));
    }
  }

  @Mistake(
      exercise = "3.1",
      violates = "the removal of a book or a member that a loan names (23503)",
      idea = "`ON DELETE SET NULL` keeps the loan",
      because = """
          The column may not be NULL, so the refusal is 23502, of a column that the program
          has not touched.""",
      instead = "The default refuses with 23503.",
      rejectedBy = "the_server_refuses_rows_that_break_the_rules",
      says = "SQLSTATE of: DELETE FROM books WHERE id = <id of a book>",
      earns = 2)
  static class ForgetsTheBook extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      run(dataSource, RIGHT.replaceAll("REFERENCES (\\w+)", "REFERENCES $1 ON DELETE SET NULL"));
    }
  }

  @Mistake(
      exercise = "3.1",
      violates = "a second member with exactly the same email (23505)",
      idea = "Emails do not differ in case",
      because = "Then J@x is refused where j@x is: a rule that the contract does not have.",
      instead = "`UNIQUE (email)`, or a unique index on email.",
      rejectedBy = "the_server_refuses_rows_that_break_the_rules",
      says = "SQLSTATE of: INSERT INTO members (name, email) VALUES ('Jane', 'J@x')",
      earns = 2)
  static class EmailsInLowerCase extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      run(
          dataSource,
          RIGHT.replace(" UNIQUE", "")
              + "; CREATE UNIQUE INDEX IF NOT EXISTS emails ON members (lower(email))");
    }
  }

  @Alternative(
      exercise = "3.1",
      idea = "`ON DELETE RESTRICT`: of the removal, PostgreSQL 18 says 23001, former ones 23503.")
  static class Restricts extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      run(dataSource, RIGHT.replaceAll("REFERENCES (\\w+)", "REFERENCES $1 ON DELETE RESTRICT"));
    }
  }
}
