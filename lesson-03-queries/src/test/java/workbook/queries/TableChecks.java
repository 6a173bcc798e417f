package workbook.queries;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;

/** Exercise 3.1: tables whose rules the server keeps. */
interface TableChecks {

  /** The answer to check, made anew. */
  Catalogue answer();

  @Check(exercise = "3.1", points = 1)
  default void the_tables_have_the_columns_of_the_lesson(FreshDatabase database)
      throws SQLException {
    answer().createTables(database.dataSource());

    assertThat(
            database.rows(
                """
                SELECT concat_ws(' ', table_name || '.' || column_name,
                  data_type, CASE is_nullable WHEN 'NO' THEN 'NOT NULL' END)
                FROM information_schema.columns
                WHERE table_schema = 'public'
                ORDER BY 1
                """))
        .as("The columns that the server has, by name")
        .isEqualTo(
            column(
                "books.author text NOT NULL",
                "books.genre text",
                "books.id bigint NOT NULL",
                "books.published integer",
                "books.title text NOT NULL",
                "loans.book_id bigint NOT NULL",
                "loans.id bigint NOT NULL",
                "loans.lent_on date NOT NULL",
                "loans.member_id bigint NOT NULL",
                "loans.returned_on date",
                "members.email text NOT NULL",
                "members.id bigint NOT NULL",
                "members.name text NOT NULL"));
  }

  @Check(exercise = "3.1", points = 1)
  default void the_keys_are_declared(FreshDatabase database) throws SQLException {
    answer().createTables(database.dataSource());

    assertThat(
            database.rows(
                """
                SELECT conrelid::regclass || ': ' || pg_get_constraintdef(oid)
                FROM pg_constraint
                WHERE contype IN ('p', 'u', 'f')
                  AND connamespace = 'public'::regnamespace
                ORDER BY 1
                """))
        .as("The keys that the server knows of: primary, unique and foreign")
        .isEqualTo(
            column(
                "books: PRIMARY KEY (id)",
                "loans: FOREIGN KEY (book_id) REFERENCES books(id)",
                "loans: FOREIGN KEY (member_id) REFERENCES members(id)",
                "loans: PRIMARY KEY (id)",
                "members: PRIMARY KEY (id)",
                "members: UNIQUE (email)"));
  }

  @Check(exercise = "3.1", points = 1)
  default void the_server_refuses_rows_that_break_the_rules(FreshDatabase database)
      throws SQLException {
    answer().createTables(database.dataSource());

    try (Connection connection = database.dataSource().getConnection()) {
      for (String line :
          """
          done INSERT INTO books (title, author) VALUES ('Emma', 'Austen')
          done INSERT INTO members (name, email) VALUES ('Jane', 'j@x')
          done INSERT INTO loans (book_id, member_id) VALUES (1, 1)
          23505 INSERT INTO members (name, email) VALUES ('John', 'j@x')
          23502 INSERT INTO members (name) VALUES ('John')
          23502 INSERT INTO books (author) VALUES ('Austen')
          23503 INSERT INTO loans (book_id, member_id) VALUES (9, 1)
          23503 INSERT INTO loans (book_id, member_id) VALUES (1, 9)
          23502 INSERT INTO loans (book_id) VALUES (1)
          23503 DELETE FROM books
          23503 DELETE FROM members
          """
              .lines()
              .toList()) {
        String[] stateAndSql = line.split(" ", 2);
        assertThat(stateOf(connection, stateAndSql[1]))
            .as("SQLSTATE of: %s", stateAndSql[1])
            .isEqualTo(stateAndSql[0]);
      }
    }
    assertThat(database.value("SELECT lent_on = CURRENT_DATE FROM loans"))
        .as("Does a loan begin today if nothing is said (t: yes)?")
        .isEqualTo("t");
  }

  @Check(exercise = "3.1", points = 1)
  default void creating_them_again_keeps_the_rows(FreshDatabase database)
      throws SQLException {
    answer().createTables(database.dataSource());
    database.execute("INSERT INTO books (title, author) VALUES ('Emma', 'A')");

    answer().createTables(database.dataSource());

    assertThat(database.value("SELECT string_agg(title, ', ') FROM books"))
        .as("Titles in books after a second createTables: rows must survive it")
        .isEqualTo("Emma");
  }

  // Rows of one column each, as FreshDatabase returns them.
  private static List<List<String>> column(String... values) {
    return Arrays.stream(values).map(List::of).toList();
  }

  private static String stateOf(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return "done";
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }
}
