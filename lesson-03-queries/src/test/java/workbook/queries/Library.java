package workbook.queries;

import java.util.List;
import org.jdbi.v3.core.Jdbi;
import workbook.grading.FreshDatabase;

/** The tables as the lesson gives them, and some rows to look for. */
final class Library {
  private static final String SCHEMA =
      """
      CREATE TABLE books (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        title text NOT NULL,
        author text NOT NULL,
        genre text,
        published integer);
      CREATE TABLE members (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        name text NOT NULL,
        email text NOT NULL UNIQUE);
      CREATE TABLE loans (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        book_id bigint NOT NULL REFERENCES books,
        member_id bigint NOT NULL REFERENCES members,
        lent_on date NOT NULL DEFAULT CURRENT_DATE,
        returned_on date);
      """;

  /** Has a view in place of books, whose last title cannot be computed. */
  static final String FAILS_LATE =
      """
      ALTER TABLE books RENAME TO tomes;
      CREATE VIEW books AS
        SELECT id,
          CASE WHEN id < (SELECT max(id) FROM tomes) THEN title
            ELSE (1 / (id - id))::text END AS title,
          author, genre, published
        FROM tomes
      """;

  /** Takes it away again. */
  static final String FAILS_NO_LONGER =
      "DROP VIEW books; ALTER TABLE tomes RENAME TO books";

  /** How people sort, where the server knows that, and how computers do. */
  static final List<String> COLLATIONS = List.of("en-x-icu", "C");

  private Library() {}

  /** The statement that gives a column of books a collation, if it exists. */
  static String collate(String column, String collation) {
    return """
        DO $$ BEGIN
          IF EXISTS (SELECT FROM pg_collation WHERE collname = '%2$s') THEN
            ALTER TABLE books ALTER %1$s TYPE text COLLATE "%2$s";
          END IF;
        END $$
        """
        .formatted(column, collation);
  }

  /** Creates the tables, empty. */
  static void empty(FreshDatabase database) {
    database.setUp(SCHEMA);
  }

  /** Creates the tables and fills them with these statements. */
  static void filled(FreshDatabase database, String... statements) {
    String[] all = new String[statements.length + 1];
    all[0] = SCHEMA;
    System.arraycopy(statements, 0, all, 1, statements.length);
    database.setUp(all);
  }

  /**
   * Creates the tables with five books, two members and three loans.
   *
   * <p>Rows are updated at the end, which moves them: whoever reads without
   * ORDER BY gets them in another order than they were added in.
   */
  static void stocked(FreshDatabase database) {
    database.setUp(
        SCHEMA,
        """
        INSERT INTO books (title, author, genre, published) VALUES
          ('Emma', 'Austen', 'novel', 1815),
          ('Dracula', 'Stoker', 'horror', 1897),
          ('Persuasion', 'Austen', 'novel', 1817),
          ('Beowulf', 'unknown', 'poem', NULL),
          ('Carmilla', 'Le Fanu', 'horror', 1872)
        """,
        """
        INSERT INTO members (name, email) VALUES
          ('Jane Lee', 'jane@rustmore.example'),
          ('Ada Kern', 'ada@mathville.example')
        """,
        """
        INSERT INTO loans (book_id, member_id, lent_on, returned_on) VALUES
          (2, 1, '2026-03-02', NULL),
          (1, 2, '2026-02-01', '2026-02-20'),
          (4, 1, '2026-03-02', NULL)
        """,
        "UPDATE books SET genre = genre WHERE id IN (1, 4)",
        "UPDATE loans SET lent_on = lent_on WHERE id = 1");
  }

  /** Creates the tables with so many books, titled "Title 1..." and so on. */
  static void crowded(FreshDatabase database, int books, int titleLength) {
    database.setUp(
        SCHEMA,
        """
        INSERT INTO books (title, author)
        SELECT 'Title ' || n || CASE
            WHEN n BETWEEN 1000 AND 9999 THEN repeat('.', %1$s - 10)
            ELSE repeat('.', %1$s - 6 - length(n::text)) END, 'x'
        FROM generate_series(1, %2$s) AS n
        """
            .formatted(titleLength, books),
        "UPDATE books SET genre = 'moved' WHERE id % 7 = 1");
  }

  /** Jdbi on that database. */
  static Jdbi jdbi(FreshDatabase database) {
    return Jdbi.create(database.dataSource());
  }
}
