package workbook.transactions;

import org.jdbi.v3.core.Handle;

/** Somebody with a connection of their own: sees what is committed. */
record Bystander(Handle handle) {

  /** What the table of people looks like to others. */
  String sees() {
    // Asking the table itself would be an error while it is not there.
    boolean there =
        ask("SELECT to_regclass('people') IS NOT NULL", Boolean.class);
    if (!there) {
      return "no table";
    }
    return ask(
        """
        SELECT 'people: ' || count(*) || ', in Johnsonmouth: '
            || count(*) FILTER (WHERE city = 'Johnsonmouth')
        FROM people
        """,
        String.class);
  }

  private <T> T ask(String question, Class<T> type) {
    return handle.createQuery(question).mapTo(type).one();
  }
}
