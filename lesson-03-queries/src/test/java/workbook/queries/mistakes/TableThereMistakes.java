package workbook.queries.mistakes;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import workbook.grading.proofs.Mistake;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.1: what is there already, and what is no longer lent. */
final class TableThereMistakes {
  private TableThereMistakes() {}

  @Mistake(
      exercise = "3.1",
      violates = "those that are missing are created",
      idea = "If members is there, everything is",
      because = "A run may have broken off before the last table. Then loans is never created.",
      instead = "Look for each table: `IF NOT EXISTS`.",
      rejectedBy = "creating_them_again_keeps_the_rows",
      says = "where only loans is not there",
      earns = 3,
      detail = true)
  static class LooksForMembers extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement();
          ResultSet table = statement.executeQuery("SELECT to_regclass('members')")) {
        table.next();
        if (table.getString(1) != null) {
          return;
        }
      }
      super.createTables(dataSource);
    }
  }

  @Mistake(
      exercise = "3.1",
      violates = """
          A table that exists already in the schema is left alone, its rows and its columns""",
      idea = "Columns that an older table lacks are added",
      because = "Another program made that table as it needs it.",
      instead = "Create what is missing as a whole, and change nothing.",
      rejectedBy = "creating_them_again_keeps_the_rows",
      says = "the columns stay as they are",
      earns = 3,
      detail = true)
  static class AddsColumns extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      TableMistakes.run(
          dataSource,
          TableMistakes.RIGHT
              + "; ALTER TABLE books ADD COLUMN IF NOT EXISTS genre text,"
              + " ADD COLUMN IF NOT EXISTS published integer");
    }
  }

  @Mistake(
      exercise = "3.1",
      violates = "the removal of a book or a member that a loan names (23503)",
      idea = "A loan that has ended need not keep a book",
      because = "It is a loan all the same: who had the book is forgotten with it.",
      instead = "The default of `REFERENCES` refuses.",
      rejectedBy = "the_server_refuses_rows_that_break_the_rules",
      says = "UPDATE loans SET returned_on = lent_on; DELETE FROM books",
      earns = 2)
  static class ForgetsLoansThatEnded extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      TableMistakes.run(
          dataSource,
          TableMistakes.RIGHT
              + """
              ;
              CREATE OR REPLACE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS $$
              BEGIN
                DELETE FROM loans WHERE book_id = OLD.id AND returned_on IS NOT NULL;
                RETURN OLD;
              END $$;
              CREATE OR REPLACE TRIGGER forget BEFORE DELETE ON books
                FOR EACH ROW EXECUTE FUNCTION forget()
              """);
    }
  }

  @Mistake(
      exercise = "3.1",
      violates = "All other rows of these types are allowed: add no rules of your own.",
      idea = "Nothing was lent before there was a library",
      because = "A date column takes any date, and who moves in brings old records.",
      instead = "No rule that was not asked for.",
      rejectedBy = "the_server_refuses_rows_that_break_the_rules",
      says = "(done: the list allows it)",
      earns = 2)
  static class SensibleDays extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      TableMistakes.run(
          dataSource,
          TableMistakes.RIGHT.replace(
              "returned_on date)", "returned_on date, CHECK (lent_on > '1800-01-01'))"));
    }
  }

  @Mistake(
      exercise = "3.1",
      violates = "returned_on date NULL while the book is out",
      idea = "Two weeks are the rule: a default for `returned_on`",
      because = "Then every book has come back on the day on which it is lent.",
      instead = "No default.",
      rejectedBy = "the_server_refuses_rows_that_break_the_rules",
      says = "that was added without them",
      earns = 2)
  static class TwoWeeks extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      TableMistakes.run(
          dataSource,
          TableMistakes.RIGHT.replace(
              "returned_on date)", "returned_on date DEFAULT CURRENT_DATE + 14)"));
    }
  }
}
