package workbook.queries.mistakes;

import java.sql.SQLException;
import javax.sql.DataSource;
import workbook.grading.proofs.Mistake;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.1: older tables, and emails that differ in a blank. */
final class TableOlderMistakes {
  private TableOlderMistakes() {}


  @Mistake(
      exercise = "3.1",
      violates = """
          A table that exists already in the schema is left alone, its rows and its columns""",
      idea = "`ALTER TABLE ... SET DEFAULT`, after all tables are there",
      because = "A table loans that was there before has no such default, or another one.",
      instead = "The default in `CREATE TABLE IF NOT EXISTS`.",
      rejectedBy = "creating_them_again_keeps_the_rows",
      says = "Rows and columns of older tables that createTables changed",
      earns = 3,
      detail = true)
  static class SetsTheDefaultAfterwards extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      super.createTables(dataSource);
      TableMistakes.run(
          dataSource, "ALTER TABLE loans ALTER COLUMN lent_on SET DEFAULT CURRENT_DATE");
    }
  }

  @Mistake(
      exercise = "3.1",
      violates = "a second member with exactly the same email (23505)",
      idea = "`CREATE UNIQUE INDEX ON members (rtrim(email))`: a blank at the end does not count",
      because = "Emails that differ in a blank are not exactly the same.",
      instead = "`UNIQUE` on the column as it is.",
      rejectedBy = "the_server_refuses_rows_that_break_the_rules",
      says = "(done: the list allows it)",
      earns = 2)
  static class BlanksAtTheEndAreNone extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      super.createTables(dataSource);
      TableMistakes.run(
          dataSource,
          "CREATE UNIQUE INDEX IF NOT EXISTS members_email ON members (rtrim(email))");
    }
  }
}
