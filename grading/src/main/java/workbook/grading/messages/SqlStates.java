package workbook.grading.messages;

import java.util.Map;

/**
 * SQLSTATEs in plain English.
 *
 * <p>The codes are those of PostgreSQL 18's manual, appendix A, "PostgreSQL Error Codes"; 99999 is
 * pgjdbc's own ({@code org.postgresql.util.PSQLState.UNEXPECTED_ERROR}).
 */
public final class SqlStates {
  private static final Map<String, String> STATES =
      Map.ofEntries(
          Map.entry("02000", "the statement returned no rows, and rows were asked for"),
          Map.entry("07006", "the driver cannot turn a value of this class into one of SQL"),
          Map.entry("08001", "no connection could be made: no server answers there"),
          Map.entry("08003", "the connection is already closed"),
          Map.entry("08004", "the server or the driver rejected the connection"),
          Map.entry("08006", "the connection broke while in use"),
          Map.entry("08P01", "the other side does not speak PostgreSQL's protocol"),
          Map.entry("08S01", "the result did not fit in the memory allowed for it"),
          Map.entry("0A000", "the server does not support that"),
          Map.entry("22001", "a text is longer than its column allows"),
          Map.entry("22012", "division by zero"),
          Map.entry("22021", "a character that the database's encoding does not have"),
          Map.entry("22023", "a parameter has a wrong value or a wrong number"),
          Map.entry("22P02", "a text cannot be read as the type it should have"),
          Map.entry("23001", "RESTRICT: another row refers to this one, so it stays"),
          Map.entry("23502", "NULL in a column that must have a value"),
          Map.entry("23503", "a row refers to another row that does not exist"),
          Map.entry("23505", "a row with this unique key exists already"),
          Map.entry("23514", "a CHECK condition of the table does not hold"),
          Map.entry("24000", "the cursor is not on a row; call next() first"),
          Map.entry("25001", "a transaction is already under way"),
          Map.entry("25006", "the transaction is read-only"),
          Map.entry("25P01", "no transaction is under way"),
          Map.entry(
              "25P02",
              "an earlier statement failed, so the transaction takes nothing but a rollback"),
          Map.entry("25P03", "a transaction was left idle for longer than its limit"),
          Map.entry("28000", "the server does not let this user in from here"),
          Map.entry("28P01", "wrong password, or no such user"),
          Map.entry("34000", "no such cursor"),
          Map.entry("3B001", "no such savepoint"),
          Map.entry("3D000", "no such database"),
          Map.entry("3F000", "no such schema"),
          Map.entry("40001", "two transactions got in each other's way; run this one again"),
          Map.entry("40P01", "deadlock: two transactions waited for each other"),
          Map.entry("42501", "this user may not do that"),
          Map.entry("42601", "a syntax error in the SQL"),
          Map.entry("42702", "a column's name could mean several columns; say which table's"),
          Map.entry("42703", "no such column"),
          Map.entry("42704", "no such object"),
          Map.entry("42710", "an object of this name exists already"),
          Map.entry(
              "42803",
              "an aggregate stands where none may, or a column is neither grouped nor aggregated"),
          Map.entry("42804", "a value has a type that does not fit here"),
          Map.entry("42809", "the object or the statement is of another kind"),
          Map.entry("42883", "no such function or operator for these types"),
          Map.entry("42P01", "no such table"),
          Map.entry("42P07", "a table of this name exists already"),
          Map.entry("53100", "the server's disk is full"),
          Map.entry("53300", "too many connections are open at once"),
          Map.entry("55000", "the object is not in a state that allows this"),
          Map.entry("55P03", "a lock could not be had in time"),
          Map.entry("57014", "the statement was cancelled, for instance by a time limit"),
          Map.entry("57P01", "an administrator ended the connection"),
          Map.entry("57P03", "the server is starting up or shutting down"),
          Map.entry("99999", "the driver met something it did not expect"));

  private SqlStates() {}

  /** One line about a state; an unknown one is named by its code alone. */
  public static String explain(String state) {
    return STATES.containsKey(state)
        ? "SQLSTATE " + state + ": " + STATES.get(state)
        : "SQLSTATE " + state;
  }
}
