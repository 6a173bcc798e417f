package workbook.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.queries.Steps.refused;
import static workbook.queries.Steps.step;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.grading.jdbc.LentSessions;

/** Exercise 3.1: tables whose rules the server keeps. */
interface TableChecks {

  /** Tables of these names in another schema are none of the lesson's. */
  String ARCHIVE =
      """
      CREATE SCHEMA archive;
      CREATE TABLE archive.books (title text);
      CREATE TABLE archive.members (name text);
      CREATE TABLE archive.loans (lent_on text)
      """;

  /** Tables of another program, with other types, defaults and rows than the lesson's. */
  String OLDER =
      """
      CREATE TABLE books (
        id integer PRIMARY KEY, title varchar(50) DEFAULT 'none', author text, genre text NOT NULL,
        published integer DEFAULT 2000);
      CREATE TABLE members (
        id bigint PRIMARY KEY, name varchar(50), email varchar(50), joined date DEFAULT now());
      CREATE TABLE loans (
        id bigint PRIMARY KEY, book_id integer, member_id bigint DEFAULT 7, lent_on date,
        returned_on date DEFAULT '2999-12-31');
      INSERT INTO books VALUES (1, NULL, NULL, 'novel', NULL);
      INSERT INTO members VALUES (1, NULL, 'j@x', NULL), (2, 'Jane', NULL, NULL);
      INSERT INTO loans VALUES (1, NULL, 8, NULL, NULL), (2, 9, NULL, NULL, '1815-12-10');
      """;

  /** Rows that the list allows, equal ones and odd ones too. */
  String ALLOWED =
      """
      INSERT INTO books (title, author) VALUES ('Emma', 'Austen')
      INSERT INTO books (title, author) VALUES ('Emma', 'Austen')
      INSERT INTO books (title, author, genre, published) VALUES ('', ' ', '', -44)
      INSERT INTO books (title, author, genre, published) VALUES ('1', '1', '1', 2147483647)
      INSERT INTO books (title, author, genre, published) VALUES ('1', '', ' ', 0)
      INSERT INTO members (name, email) VALUES ('Jane', 'j@x')
      INSERT INTO members (name, email) VALUES ('Jane', 'J@x')
      INSERT INTO members (name, email) VALUES ('', '')
      INSERT INTO loans (book_id, member_id) VALUES (<book>, <member>)
      INSERT INTO loans (book_id, member_id) VALUES (<book>, <member>)
      INSERT INTO loans (book_id, member_id, lent_on, returned_on) \
      VALUES (<book>, <member>, '2999-12-31', '1815-12-23')
      INSERT INTO loans (book_id, member_id, lent_on, returned_on) \
      VALUES (<book>, <member>, '0044-03-15 BC', 'infinity')
      INSERT INTO books (title, author, genre, published) \
      SELECT t, t, t, -2147483648 FROM repeat('long ', 1000) AS t
      INSERT INTO books (id, title, author) OVERRIDING SYSTEM VALUE VALUES (-7, '2', '2')
      INSERT INTO members (id, name, email) OVERRIDING SYSTEM VALUE VALUES (-7, '1', '1')
      INSERT INTO members (name, email) SELECT t, t FROM repeat('long ', 1000) AS t
      DELETE FROM books WHERE title = '1' OR id = -7
      DELETE FROM members WHERE name = '' OR id = -7
      UPDATE loans SET returned_on = '2999-12-31' WHERE lent_on = '2999-12-31'
      """;

  /** What the server must refuse, and how. */
  String REFUSED =
      """
      23505 INSERT INTO members (name, email) VALUES ('John', 'j@x')
      23505 UPDATE members SET email = 'j@x' WHERE email = 'J@x'
      23505 INSERT INTO books (id, title, author) OVERRIDING SYSTEM VALUE \
      VALUES (<book>, 'Dracula', 'Stoker')
      23505 INSERT INTO members (id, name, email) OVERRIDING SYSTEM VALUE \
      VALUES (<member>, 'John', 'john@x')
      23505 INSERT INTO loans (id, book_id, member_id) OVERRIDING SYSTEM VALUE \
      VALUES ((SELECT min(id) FROM loans), (SELECT max(id) FROM books), \
      (SELECT max(id) FROM members))
      23502 INSERT INTO books (author) VALUES ('Austen')
      23502 INSERT INTO books (title) VALUES ('Emma')
      23502 UPDATE books SET author = NULL
      23502 INSERT INTO members (name) VALUES ('John')
      23502 INSERT INTO members (email) VALUES ('john@x')
      23502 INSERT INTO loans (book_id) VALUES (<book>)
      23502 INSERT INTO loans (member_id) VALUES (<member>)
      23502 INSERT INTO loans (book_id, member_id, lent_on) VALUES (<book>, <member>, NULL)
      23503 INSERT INTO loans (book_id, member_id) VALUES (-1, <member>)
      23503 INSERT INTO loans (book_id, member_id) VALUES (<book>, -1)
      23503 UPDATE loans SET book_id = -1
      23503 DELETE FROM books WHERE id = <book>
      23503 DELETE FROM members WHERE id = <member>
      23503 UPDATE loans SET returned_on = lent_on; DELETE FROM books WHERE id = <book>
      23503 UPDATE loans SET returned_on = lent_on; DELETE FROM members WHERE id = <member>
      """;

  /** What two sessions may not both do. */
  String AT_ONCE =
      """
      INSERT INTO members (name, email) VALUES ('A', 'a@x') / \
      INSERT INTO members (name, email) VALUES ('B', 'a@x')
      DELETE FROM books WHERE id = (SELECT max(id) FROM books) / \
      INSERT INTO loans (book_id, member_id) VALUES ((SELECT max(id) FROM books), <member>)
      DELETE FROM members WHERE id = (SELECT max(id) FROM members) / \
      INSERT INTO loans (book_id, member_id) VALUES (<book>, (SELECT max(id) FROM members))
      """;

  /** What each of these says, in the words of the contract. */
  Map<String, String> RULES =
      Map.of(
          "done", "the list allows it",
          "23505", "a second row with the same key or email",
          "23502", "NULL where the list says never",
          "23503", "a loan always has its book and its member");

  /** The answer to check, made anew. */
  Catalogue answer();

  @Check(exercise = "3.1", points = 1)
  default void the_tables_have_the_columns_of_the_lesson(FreshDatabase database) {
    database.setUp(ARCHIVE);
    create(database, "createTables, in an empty schema public");

    List<String> wanted =
        """
        books.author text NOT NULL
        books.genre text
        books.id bigint NOT NULL
        books.published integer
        books.title text NOT NULL
        loans.book_id bigint NOT NULL
        loans.id bigint NOT NULL
        loans.lent_on date NOT NULL
        loans.member_id bigint NOT NULL
        loans.returned_on date
        members.email text NOT NULL
        members.id bigint NOT NULL
        members.name text NOT NULL
        """
            .lines()
            .toList();
    List<String> found =
        column(
            database,
            """
            SELECT concat_ws(' ', table_name || '.' || column_name,
              data_type, CASE is_nullable WHEN 'NO' THEN 'NOT NULL' END)
            FROM information_schema.columns
            WHERE table_schema = 'public'
              AND table_name IN ('books', 'members', 'loans')
            ORDER BY 1
            """);
    assertThat(without(found, wanted))
        .as("The columns that differ from the lesson's, the others are right")
        .isEqualTo(without(wanted, found));
    assertThat(
            column(
                database,
                "SELECT sequencename || ' ends at ' || max_value FROM pg_sequences"
                    + " WHERE schemaname = 'public' AND max_value < 3000000000"))
        .as("Sequences that end before 3000000000: an id is a bigint, and the server numbers all")
        .isEqualTo(List.of());
  }

  @Check(exercise = "3.1", points = 2)
  default void the_server_refuses_rows_that_break_the_rules(FreshDatabase database)
      throws SQLException {
    create(database, "createTables, in an empty database");

    try (Connection connection = database.dataSource().getConnection()) {
      for (String sql : ALLOWED.lines().toList()) {
        run(connection, "done", sql);
      }
      run(connection, "done", alike());
      // Not saved: what is put off until the end of the transaction comes too late.
      connection.setAutoCommit(false);
      for (String line : REFUSED.lines().toList()) {
        String[] stateAndSql = line.split(" ", 2);
        run(connection, stateAndSql[0], stateAndSql[1]);
        connection.rollback();
      }
      for (String line : AT_ONCE.lines().toList()) {
        String[] both = line.split(" / ");
        runAtOnce(database, connection, both[0], both[1]);
      }
    }
    assertThat(
            database.rows(
                """
                SELECT DISTINCT genre, published, returned_on - CURRENT_DATE
                FROM books JOIN loans ON book_id = books.id
                WHERE title = 'Emma' AND lent_on BETWEEN '2000-01-01' AND '2900-01-01'
                """))
        .as("Genre, year and days until the return of a book that was added without them")
        .isEqualTo(List.of(Arrays.asList(null, null, null)));
    // These two never have the same day.
    List<String> today = new ArrayList<>();
    for (String zone : List.of("Etc/GMT+12", "Etc/GMT-14")) {
      database.execute("SET TIME ZONE '" + zone + "'");
      today.add(
          database.value(
              "INSERT INTO loans (book_id, member_id)"
                  + " SELECT book_id, member_id FROM loans LIMIT 1"
                  + " RETURNING lent_on = CURRENT_DATE"));
    }
    // Which of them differs is up to the time of day.
    assertThat(today.stream().allMatch("t"::equals))
        .as("Is lent_on of a loan that is added without it the day of its insertion, both in the"
            + " time zone Etc/GMT+12 and in Etc/GMT-14?")
        .isEqualTo(true);
  }

  @Check(exercise = "3.1", points = 1)
  default void creating_them_again_keeps_the_rows(FreshDatabase database) {
    database.setUp(
        ARCHIVE,
        "REVOKE CREATE ON SCHEMA public FROM pg_database_owner");

    try (LentSessions source = LentSessions.of(database)) {
      refusalsReachTheCaller(source);
      existingTablesAreLeftAlone(database, source);
      olderTablesAreLeftAlone(database, source);
    }
  }

  private void refusalsReachTheCaller(LentSessions reused) {
    try (WatchedSource source = new WatchedSource(reused.dataSource())) {
      refused(
          "createTables, by a role that may create no tables",
          "42501",
          () -> created(source.dataSource()));
      assertThat(source.leftOpen())
          .as("What createTables left open when the server refused")
          .isEqualTo(List.of());
      source.assertClosesWhatIsBroken("createTables", () -> created(source.dataSource()));
    }
  }

  private void existingTablesAreLeftAlone(FreshDatabase database, LentSessions reused) {
    database.execute(
        "GRANT CREATE ON SCHEMA public TO pg_database_owner",
        """
        CREATE TABLE books (
          id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
          title text NOT NULL, author text NOT NULL, shelf text);
        INSERT INTO books (title, author, shelf) VALUES ('Emma', 'Austen', 'A7')
        """);
    create(database, reused, "createTables, where books is there already and the others are not");
    database.execute(
        "INSERT INTO members (name, email) VALUES ('Jane', 'j@x')",
        "INSERT INTO loans (book_id, member_id) SELECT books.id, members.id FROM books, members");
    database.execute("DROP TABLE loans");
    create(database, reused, "createTables, where only loans is not there");
    database.execute(
        "INSERT INTO loans (book_id, member_id) SELECT books.id, members.id FROM books, members",
        "INSERT INTO loans (book_id, member_id, lent_on, returned_on)"
            + " SELECT book_id, member_id, '2999-12-31', '1815-12-23' FROM loans");
    List<String> before = everything(database);
    create(database, reused, "createTables, where all tables are there already");

    assertThat(database.value("SELECT string_agg(books::text, ' ') FROM books"))
        .as("The row that was in books before createTables, with a column of its own and"
            + " two columns less than books has: rows must survive it, and the columns stay as they"
            + " are")
        .isEqualTo("(1,Emma,Austen,A7)");
    assertThat(database.rows("SELECT name, email FROM members"))
        .as("The row that was in members before loans was created again")
        .isEqualTo(List.of(List.of("Jane", "j@x")));
    List<String> after = everything(database);
    assertThat(without(after, before))
        .as("Rows, keys and indexes that another createTables changed:"
            + " what is there already is left alone")
        .isEqualTo(without(before, after));
  }

  // Texts that differ in a blank or in how a letter is written, and long ones in their end.
  private static String alike() {
    return """
        INSERT INTO members (name, email) SELECT t, t FROM unnest(
        string_to_array('%s', '|')
        || ARRAY[repeat('long ', 1000) || 'a', repeat('long ', 1000) || 'b']) AS t"""
        .formatted(String.join("|", OddTexts.ALIKE));
  }

  private void olderTablesAreLeftAlone(FreshDatabase database, LentSessions reused) {
    database.execute("DROP TABLE loans, members, books", OLDER);
    List<String> before = olderOnes(database);
    create(database, reused, "createTables, where all tables are there, of other columns");
    List<String> after = olderOnes(database);
    assertThat(without(after, before))
        .as("Rows and columns of older tables that createTables changed, with their defaults:"
            + " what is there already is left alone")
        .isEqualTo(without(before, after));
  }

  private static List<String> olderOnes(FreshDatabase database) {
    return column(
        database,
        """
        SELECT concat_ws(' ', table_name || '.' || column_name, data_type,
          'nullable', is_nullable, 'identity', is_identity, 'default', column_default)
        FROM information_schema.columns WHERE table_schema = 'public'
        UNION ALL SELECT 'books: ' || books FROM books
        UNION ALL SELECT 'members: ' || members FROM members
        UNION ALL SELECT 'loans: ' || loans FROM loans
        ORDER BY 1
        """);
  }

  private void create(FreshDatabase database, String call) {
    try (LentSessions source = LentSessions.of(database)) {
      create(database, source, call);
    }
  }

  private void create(FreshDatabase database, LentSessions reused, String call) {
    try (WatchedSource source = new WatchedSource(reused.dataSource())) {
      step(call, () -> created(source.dataSource()));
      assertThat(source.leftOpen()).as("What createTables left open").isEqualTo(List.of());
    }
    assertThat(
            database.value(
                """
                SELECT string_agg(table_name, ', ' ORDER BY table_name)
                FROM information_schema.tables
                WHERE table_schema = 'public'
                  AND table_name IN ('books', 'members', 'loans')
                """))
        .as("Tables that another session sees after %s", call)
        .isEqualTo("books, loans, members");
  }

  private Object created(DataSource dataSource) throws SQLException {
    answer().createTables(dataSource);
    return null;
  }

  private static List<String> everything(FreshDatabase database) {
    return column(
        database,
        """
        SELECT 'books: ' || books FROM books
        UNION ALL SELECT 'members: ' || members FROM members
        UNION ALL SELECT 'loans: ' || loans FROM loans
        UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL SELECT conrelid::regclass || ': ' || conname || ' ' || pg_get_constraintdef(oid)
          FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        ORDER BY 1
        """);
  }

  private static List<String> column(FreshDatabase database, String query) {
    return database.rows(query).stream().map(row -> row.get(0)).toList();
  }

  private static List<String> without(List<String> lines, List<String> others) {
    List<String> rest = new ArrayList<>(lines);
    rest.removeAll(others);
    return rest;
  }

  private static void runAtOnce(
      FreshDatabase database, Connection connection, String first, String second)
      throws SQLException {
    Connection other = database.secondSession();
    other.setAutoCommit(false);
    try {
      run(connection, "done", first);
      assertThat(state(other, "SET LOCAL lock_timeout = 1; " + sql(second)))
          .as("SQLSTATE of: %s%nin one session, while another one has not yet committed: %s%n"
              + "(55P03: it has to wait for the other one. A constraint or a unique index sees"
              + " what is not committed; a query, in a trigger too, does not)", shown(second),
              shown(first))
          .isEqualTo("55P03");
    } finally {
      connection.rollback();
      other.rollback();
      other.setAutoCommit(true);
    }
  }

  private static String shown(String line) {
    return line.replaceAll("<(\\w+)>", "<id of a $1>");
  }

  private static String sql(String line) {
    return line.replace("<book>", "(SELECT min(id) FROM books)")
        .replace("<member>", "(SELECT min(id) FROM members)");
  }

  private static String state(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return "done";
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }

  private static void run(Connection connection, String expected, String line) {
    String sql = sql(line);
    String state = state(connection, sql);
    // Of RESTRICT, since PostgreSQL 18.
    if (state.equals("23001") && sql.contains("DELETE FROM")) {
      state = "23503";
    }
    assertThat(state)
        .as(
            "SQLSTATE of: %s%n(%s: %s)",
            shown(line), expected, RULES.get(expected))
        .isEqualTo(expected);
  }
}
