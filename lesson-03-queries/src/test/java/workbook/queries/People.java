package workbook.queries;

import workbook.grading.FreshDatabase;

/** The table that the lesson's examples work on. */
final class People {
  private People() {}

  /** Creates the table people, empty. */
  static void empty(FreshDatabase database) {
    database.execute(
        """
        CREATE TABLE people (
          id SERIAL PRIMARY KEY,
          name varchar(50) NOT NULL,
          city varchar(40),
          profession varchar(60))
        """);
  }

  /** Creates the table people with four of them, one of no known city. */
  static void four(FreshDatabase database) {
    empty(database);
    database.execute(
        """
        INSERT INTO people (name, city, profession) VALUES
          ('Jane Lee', 'Rustmore', 'Rust programmer'),
          ('Ada Kern', 'Mathville', 'Actuary'),
          ('Bo Lund', 'Mathville', 'Baker'),
          ('Cy Marsh', NULL, 'Baker')
        """);
  }
}
