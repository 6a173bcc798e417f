package workbook.queries;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.grading.Graded;
import workbook.queries.Catalogue.NewBook;

/** The checks of exercises 3.1 and 3.2: tables, and a row in them. */
@Graded
abstract class TableChecks {
  private static final NewBook EMMA =
      new NewBook("Emma", "Austen", "novel", 1815);
  private static final String ATTACK = "x'); DROP TABLE books; --";

  abstract Catalogue answer();

  @Check(exercise = "3.1", points = 1)
  void the_tables_have_the_columns_of_the_lesson(FreshDatabase database)
      throws SQLException {
    answer().createTables(database.dataSource());

    assertThat(
            database.rows(
                """
                SELECT concat_ws(' ', table_name || '.' || column_name,
                  data_type, CASE is_nullable WHEN 'NO' THEN 'NOT NULL' END)
                FROM information_schema.columns
                WHERE table_schema = 'public'
                ORDER BY table_name, ordinal_position
                """))
        .as("Columns of the public schema, as the server describes them")
        .extracting(row -> row.get(0))
        .containsExactlyInAnyOrder(
            "books.id bigint NOT NULL",
            "books.title text NOT NULL",
            "books.author text NOT NULL",
            "books.genre text",
            "books.published integer",
            "members.id bigint NOT NULL",
            "members.name text NOT NULL",
            "members.email text NOT NULL",
            "loans.id bigint NOT NULL",
            "loans.book_id bigint NOT NULL",
            "loans.member_id bigint NOT NULL",
            "loans.lent_on date NOT NULL",
            "loans.returned_on date");
  }

  @Check(exercise = "3.1", points = 1)
  void the_keys_are_declared(FreshDatabase database) throws SQLException {
    answer().createTables(database.dataSource());

    assertThat(
            database.rows(
                """
                SELECT conrelid::regclass || ': ' || pg_get_constraintdef(oid)
                FROM pg_constraint
                WHERE contype IN ('p', 'u', 'f')
                  AND connamespace = 'public'::regnamespace
                """))
        .as("Keys that the server knows of: primary, unique and foreign")
        .extracting(row -> row.get(0))
        .containsExactlyInAnyOrder(
            "books: PRIMARY KEY (id)",
            "members: PRIMARY KEY (id)",
            "members: UNIQUE (email)",
            "loans: PRIMARY KEY (id)",
            "loans: FOREIGN KEY (book_id) REFERENCES books(id)",
            "loans: FOREIGN KEY (member_id) REFERENCES members(id)");
  }

  @Check(exercise = "3.1", points = 1)
  void the_server_refuses_rows_that_break_the_rules(FreshDatabase database)
      throws SQLException {
    answer().createTables(database.dataSource());

    List<String> answers = new ArrayList<>();
    try (Connection connection = database.dataSource().getConnection()) {
      for (String sql :
          List.of(
              "INSERT INTO books (title, author) VALUES ('Emma', 'Austen')",
              "INSERT INTO members (name, email) VALUES ('Jane', 'j@x')",
              "INSERT INTO loans (book_id, member_id) VALUES (1, 1)",
              "INSERT INTO members (name, email) VALUES ('John', 'j@x')",
              "INSERT INTO books (author) VALUES ('Nobody')",
              "INSERT INTO loans (book_id, member_id) VALUES (9, 1)",
              "INSERT INTO loans (book_id, member_id) VALUES (1, 9)",
              "INSERT INTO loans (book_id) VALUES (1)",
              "DELETE FROM books",
              "DELETE FROM members")) {
        answers.add(stateOf(connection, sql) + " " + sql);
      }
    }

    assertThat(answers)
        .as(
            "SQLSTATE of each statement, run one after the other (00000: done;"
                + " 23502: NULL, 23503: no such row, or still referred to,"
                + " 23505: there already)")
        .containsExactly(
            "00000 INSERT INTO books (title, author) VALUES ('Emma', 'Austen')",
            "00000 INSERT INTO members (name, email) VALUES ('Jane', 'j@x')",
            "00000 INSERT INTO loans (book_id, member_id) VALUES (1, 1)",
            "23505 INSERT INTO members (name, email) VALUES ('John', 'j@x')",
            "23502 INSERT INTO books (author) VALUES ('Nobody')",
            "23503 INSERT INTO loans (book_id, member_id) VALUES (9, 1)",
            "23503 INSERT INTO loans (book_id, member_id) VALUES (1, 9)",
            "23502 INSERT INTO loans (book_id) VALUES (1)",
            "23503 DELETE FROM books",
            "23503 DELETE FROM members");
  }

  @Check(exercise = "3.1", points = 1)
  void creating_them_again_keeps_the_rows(FreshDatabase database)
      throws SQLException {
    answer().createTables(database.dataSource());
    database.execute("INSERT INTO books (title, author) VALUES ('Emma', 'A')");

    answer().createTables(database.dataSource());

    assertThat(database.value("SELECT string_agg(title, ', ') FROM books"))
        .as("Titles in books after a second createTables: rows must survive it")
        .isEqualTo("Emma");
  }

  @Check(exercise = "3.2", points = 1)
  void a_book_is_added_and_its_id_returned(FreshDatabase database)
      throws SQLException {
    Library.empty(database);
    database.execute("ALTER TABLE books ALTER COLUMN id RESTART WITH 41");

    long first = answer().addBook(database.dataSource(), EMMA);
    long second = answer().addBook(database.dataSource(), EMMA);

    assertThat(List.of(first, second))
        .as("The ids returned; this server was told to start at 41")
        .containsExactly(41L, 42L);
    assertThat(database.rows("SELECT * FROM books ORDER BY id"))
        .as("The rows of books, seen from another connection")
        .containsExactly(
            List.of("41", "Emma", "Austen", "novel", "1815"),
            List.of("42", "Emma", "Austen", "novel", "1815"));
  }

  @Check(exercise = "3.2", points = 1)
  void values_travel_apart_from_the_sql(FreshDatabase database)
      throws SQLException {
    Library.empty(database);
    StatementLog log = new StatementLog(database.dataSource());

    answer().addBook(log.dataSource(), new NewBook(ATTACK, "O'Brien", "", 1));

    assertThat(database.rows("SELECT title, author, genre FROM books"))
        .as("The row of books: quotes and all, an empty genre empty, not NULL")
        .containsExactly(List.of(ATTACK, "O'Brien", ""));
    assertThat(log.sent())
        .as("The SQL that was sent: ? stands where a value goes")
        .noneMatch(sql -> sql.contains("Brien"));
  }

  @Check(exercise = "3.2", points = 1)
  void an_unknown_genre_and_year_are_stored_as_null(FreshDatabase database)
      throws SQLException {
    Library.empty(database);

    answer()
        .addBook(
            database.dataSource(), new NewBook("Beowulf", "unknown", null, null));

    assertThat(
            database.value(
                "SELECT concat_ws(' ', 'genre', genre IS NULL,"
                    + " 'published', published IS NULL) FROM books"))
        .as("Is the genre NULL, is the year NULL (t: yes, f: no)?")
        .isEqualTo("genre t published t");
  }

  private static String stateOf(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return "00000";
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }
}
