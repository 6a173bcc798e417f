package workbook.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.annotation.Annotation;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.postgresql.ds.PGSimpleDataSource;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.grading.Graded;
import workbook.queries.Catalogue.AuthorCount;
import workbook.queries.Catalogue.Book;
import workbook.queries.Catalogue.BookCursor;
import workbook.queries.Catalogue.BookDao;
import workbook.queries.Catalogue.Loan;
import workbook.queries.Catalogue.NewBook;
import workbook.queries.Catalogue.Tidied;

/** The checks of lesson 3. */
@Graded
public abstract class CatalogueChecks {
  private static final NewBook EMMA =
      new NewBook("Emma", "Austen", "novel", 1815);
  private static final String ATTACK = "x'); DROP TABLE books; --";
  // 20,000 titles of 100 characters are 2 MB, twice what the driver may hold.
  private static final int MANY = 20_000;
  private static final String LIMIT = "1M";

  /** The answer to check, made anew. */
  public abstract Catalogue answer();

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
  void the_keys_are_declared(FreshDatabase database) throws SQLException {
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
  void the_server_refuses_rows_that_break_the_rules(FreshDatabase database)
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
        .isEqualTo(List.of(41L, 42L));
    assertThat(database.rows("SELECT * FROM books ORDER BY id"))
        .as("The rows of books, seen from another connection")
        .isEqualTo(
            List.of(
                List.of("41", "Emma", "Austen", "novel", "1815"),
                List.of("42", "Emma", "Austen", "novel", "1815")));
  }

  @Check(exercise = "3.2", points = 1)
  void values_travel_apart_from_the_sql(FreshDatabase database)
      throws SQLException {
    Library.empty(database);
    StatementLog log = new StatementLog(database.dataSource());

    answer().addBook(log.dataSource(), new NewBook(ATTACK, "O'Brien", "", 1));

    assertThat(database.rows("SELECT title, author, genre FROM books"))
        .as("The row of books: quotes and all, an empty genre empty, not NULL")
        .isEqualTo(List.of(List.of(ATTACK, "O'Brien", "")));
    assertThat(log.sentWith("Brien"))
        .as("SQL that was sent with the author in it: ? stands for a value")
        .isEqualTo(List.of());
  }

  @Check(exercise = "3.2", points = 1)
  void an_unknown_genre_and_year_are_stored_as_null(FreshDatabase database)
      throws SQLException {
    Library.empty(database);

    NewBook book = new NewBook("Beowulf", "unknown", null, null);
    answer().addBook(database.dataSource(), book);

    assertThat(
            database.value(
                "SELECT concat_ws(' ', 'genre', genre IS NULL,"
                    + " 'published', published IS NULL) FROM books"))
        .as("Is the genre NULL, is the year NULL (t: yes, f: no)?")
        .isEqualTo("genre t published t");
  }

  @Check(exercise = "3.3", points = 1)
  void titles_that_contain_the_text_come_in_order(FreshDatabase database)
      throws SQLException {
    Library.stocked(database);
    database.execute(
        "INSERT INTO books (title, author, genre, published)"
            + " VALUES ('Carmilla', 'Another', 'horror', 1872)",
        "UPDATE books SET genre = genre WHERE id = 5");

    List<Book> found = answer().search(database.dataSource(), "a");

    assertThat(found)
        .as("search(\"a\") among Emma, Dracula, Persuasion, Beowulf, Carmilla"
            + " and another Carmilla: by title, then by id")
        .isEqualTo(
            List.of(
                new Book(5, "Carmilla", "Le Fanu", "horror", 1872),
                new Book(6, "Carmilla", "Another", "horror", 1872),
                new Book(2, "Dracula", "Stoker", "horror", 1897),
                new Book(1, "Emma", "Austen", "novel", 1815),
                new Book(3, "Persuasion", "Austen", "novel", 1817)));
  }

  @Check(exercise = "3.3", points = 1)
  void percent_underscore_and_backslash_stand_for_themselves(
      FreshDatabase database) throws SQLException {
    Library.empty(database);
    database.execute(
        "INSERT INTO books (title, author) SELECT t, 'x' FROM unnest(ARRAY["
            + "'100% Cotton', '1001 Nights', 'snake_case', 'snake case',"
            + " 'C:\\books', 'C:\\%', 'C:books']) AS t");

    assertThat(titles(database, "100%"))
        .as("search(\"100%\"): a per cent sign is no wildcard here")
        .isEqualTo(List.of("100% Cotton"));
    assertThat(titles(database, "e_c"))
        .as("search(\"e_c\"): an underscore is no wildcard here")
        .isEqualTo(List.of("snake_case"));
    assertThat(titles(database, ":\\"))
        .as("search of a colon and a backslash: it escapes nothing here")
        .isEqualTo(List.of("C:\\%", "C:\\books"));
    assertThat(titles(database, "\\%"))
        .as("search of a backslash and a per cent sign: both as they are")
        .isEqualTo(List.of("C:\\%"));
  }

  @Check(exercise = "3.3", points = 1)
  void what_is_typed_is_never_sql(FreshDatabase database)
      throws SQLException {
    Library.stocked(database);
    database.execute("UPDATE books SET title = 'O''Hara''s' WHERE id = 3");
    StatementLog log = new StatementLog(database.dataSource());

    assertThat(answer().search(log.dataSource(), "O'Hara"))
        .as("search(\"O'Hara\")")
        .extracting(Book::title)
        .isEqualTo(List.of("O'Hara's"));
    assertThat(answer().search(log.dataSource(), "' OR '1' = '1"))
        .as("search(\"' OR '1' = '1\"): no title contains this")
        .isEqualTo(List.of());
    answer().search(log.dataSource(), "'; DROP TABLE books CASCADE; --");

    assertThat(database.value("SELECT to_regclass('books')"))
        .as("The table after search(\"'; DROP TABLE books CASCADE; --\")")
        .isEqualTo("books");
    assertThat(log.sentWith("Hara"))
        .as("SQL that was sent with the text in it: ? stands for a value")
        .isEqualTo(List.of());
  }

  @Check(exercise = "3.3", points = 1)
  void a_year_that_is_unknown_is_null_and_not_0(FreshDatabase database)
      throws SQLException {
    Library.stocked(database);

    assertThat(answer().search(database.dataSource(), "Beowulf"))
        .as("search(\"Beowulf\"), whose year is NULL in the table")
        .isEqualTo(List.of(new Book(4, "Beowulf", "unknown", "poem", null)));
  }

  @Check(exercise = "3.4", points = 1)
  void many_books_make_one_batch(FreshDatabase database) throws SQLException {
    Library.empty(database);
    StatementLog log = new StatementLog(database.dataSource());

    answer().addBooks(log.dataSource(), books(100));

    assertThat(
            database.rows(
                "SELECT count(*), count(DISTINCT title), count(genre),"
                    + " sum(published) FROM books"))
        .as("Rows, different titles, genres and the sum of the years in books")
        .isEqualTo(List.of(List.of("100", "100", "100", "5050")));
    assertThat(log.sent().size())
        .as("Times that something was sent to the server for 100 books:"
            + " collect them, then send them together")
        .isEqualTo(1);
  }

  @Check(exercise = "3.4", points = 1)
  void the_count_is_right_when_the_driver_rewrites_batches(
      FreshDatabase database) throws SQLException {
    Library.empty(database);
    PGSimpleDataSource rewriting = (PGSimpleDataSource) database.dataSource();
    rewriting.setReWriteBatchedInserts(true);

    assertThat(answer().addBooks(rewriting, books(100)))
        .as("Books added, of 100, with reWriteBatchedInserts=true")
        .isEqualTo(100);
    assertThat(answer().addBooks(database.dataSource(), books(3)))
        .as("Books added, of 3, without it")
        .isEqualTo(3);
    assertThat(answer().addBooks(rewriting, List.of()))
        .as("Books added, of none")
        .isZero();
  }

  @Check(exercise = "3.5", points = 1)
  void one_then_some_then_the_rest_share_one_position(FreshDatabase database) {
    Library.stocked(database);

    try (BookCursor cursor = answer().openCursor(jdbi(database))) {
      assertThat(cursor.next())
          .as("next(), called first")
          .isEqualTo(
              Optional.of(new Book(4, "Beowulf", "unknown", "poem", null)));
      assertThat(cursor.next(2))
          .as("next(2), called second: it goes on where next() stopped")
          .isEqualTo(
              List.of(
                  new Book(5, "Carmilla", "Le Fanu", "horror", 1872),
                  new Book(2, "Dracula", "Stoker", "horror", 1897)));
      assertThat(cursor.next())
          .as("next(), called third: no book may get lost after next(2)")
          .isEqualTo(Optional.of(new Book(1, "Emma", "Austen", "novel", 1815)));
      assertThat(cursor.rest())
          .as("rest(), called last")
          .isEqualTo(
              List.of(new Book(3, "Persuasion", "Austen", "novel", 1817)));
    }
  }

  @Check(exercise = "3.5", points = 1)
  void after_the_last_book_there_is_nothing(FreshDatabase database) {
    Library.stocked(database);

    try (BookCursor cursor = answer().openCursor(jdbi(database))) {
      assertThat(cursor.next(99)).as("next(99) of five books").hasSize(5);
      assertThat(cursor.next()).as("next() after the last").isEmpty();
      assertThat(cursor.next(3)).as("next(3) after the last").isEmpty();
      assertThat(cursor.rest()).as("rest() after the last").isEmpty();
    }
  }

  @Check(exercise = "3.5", points = 1)
  void one_query_serves_the_whole_cursor(FreshDatabase database) {
    Library.stocked(database);
    StatementLog log = new StatementLog(database.dataSource());

    List<Book> rest;
    try (BookCursor cursor =
        answer().openCursor(Jdbi.create(log.dataSource()))) {
      cursor.next(2);
      // Whoever asks again with OFFSET 2 now skips Dracula.
      database.execute(
          "DELETE FROM books WHERE id = 5",
          "INSERT INTO books (title, author) VALUES ('Zorro', 'McCulley')");
      rest = cursor.rest();
    }

    assertThat(rest)
        .as("rest() after next(2), while somebody removed the second book and"
            + " added Zorro: what the query found when it ran")
        .extracting(Book::title)
        .isEqualTo(List.of("Dracula", "Emma", "Persuasion"));
    assertThat(log.sent())
        .as("The statements sent for next(2) and rest(): one query, run once")
        .hasSize(1);
  }

  @Check(exercise = "3.5", points = 1)
  void a_cursor_lets_go_of_its_connection(FreshDatabase database) {
    Library.stocked(database);
    Jdbi jdbi = jdbi(database);

    BookCursor cursor = answer().openCursor(jdbi);
    cursor.next();
    cursor.close();
    database.execute("ALTER TABLE books RENAME TO tomes");
    Throwable thrown =
        catchThrowable(
            () -> {
              try (BookCursor noBooks = answer().openCursor(jdbi)) {
                noBooks.next();
              }
            });

    // That nothing is left open, here or on the failing path, is seen by the
    // server after this check.
    assertThat(stateOf(thrown))
        .as("SQLSTATE of what openCursor threw when there was no table books")
        .isEqualTo("42P01");
  }

  @Check(exercise = "3.6", points = 1)
  void only_authors_with_more_books_are_found(FreshDatabase database) {
    Library.stocked(database);

    assertThat(answer().authorsWithMoreThan(jdbi(database), 1))
        .as("Authors with more than 1 book, and how many they have")
        .isEqualTo(List.of(new AuthorCount("Austen", 2)));
    assertThat(answer().authorsWithMoreThan(jdbi(database), 2))
        .as("Authors with more than 2 books: Austen has 2, not more")
        .isEqualTo(List.of());
  }

  @Check(exercise = "3.6", points = 1)
  void authors_come_most_books_first_then_by_name(FreshDatabase database) {
    Library.stocked(database);

    assertThat(answer().authorsWithMoreThan(jdbi(database), 0))
        .as("Authors with more than 0 books, in order")
        .isEqualTo(
            List.of(
                new AuthorCount("Austen", 2),
                new AuthorCount("Le Fanu", 1),
                new AuthorCount("Stoker", 1),
                new AuthorCount("unknown", 1)));
  }

  @Check(exercise = "3.7", points = 1)
  void a_genre_is_renamed_and_a_book_removed(FreshDatabase database) {
    Library.stocked(database);

    Tidied tidied = answer().tidy(jdbi(database), "horror", "gothic", 3);

    assertThat(tidied)
        .as("What tidy says: two books were horror, and book 3 was there")
        .isEqualTo(new Tidied(2, true));
    assertThat(database.rows("SELECT title, genre FROM books ORDER BY id"))
        .as("Titles and genres in books afterwards")
        .isEqualTo(
            List.of(
                List.of("Emma", "novel"),
                List.of("Dracula", "gothic"),
                List.of("Beowulf", "poem"),
                List.of("Carmilla", "gothic")));
  }

  @Check(exercise = "3.7", points = 1)
  void what_is_not_there_counts_as_nothing(FreshDatabase database) {
    Library.stocked(database);
    String attack = "x' OR '1' = '1";

    Tidied tidied = answer().tidy(jdbi(database), attack, "gothic", 99);

    assertThat(tidied)
        .as("What tidy says for a genre no book has and a book that is not"
            + " there")
        .isEqualTo(new Tidied(0, false));
    assertThat(
            database.value(
                "SELECT count(*) FROM books WHERE genre = 'gothic'"))
        .as("Books that became gothic")
        .isEqualTo("0");
    assertThat(answer().tidy(jdbi(database), "poem", "O'de", 99))
        .as("What tidy says when only the genre is there")
        .isEqualTo(new Tidied(1, false));
  }

  @Check(exercise = "3.7", points = 1)
  void a_refusal_to_remove_a_lent_book_is_not_hidden(FreshDatabase database) {
    Library.stocked(database);

    Throwable thrown =
        catchThrowable(() -> answer().tidy(jdbi(database), "none", "some", 2));

    assertThat(stateOf(thrown))
        .as("SQLSTATE of what tidy threw for book 2, which a loan names: the"
            + " server said no, and the caller has to hear of it")
        .isEqualTo("23503");
    assertThat(database.value("SELECT count(*) FROM books"))
        .as("Books afterwards")
        .isEqualTo("5");
  }

  @Check(exercise = "3.8", points = 1)
  void every_title_comes_once_and_in_order(FreshDatabase database) {
    Library.stocked(database);
    List<String> titles = new ArrayList<>();

    answer().forEachTitle(jdbi(database), titles::add);

    assertThat(titles)
        .as("The titles handed to the action, by the id of their books")
        .isEqualTo(
            List.of("Emma", "Dracula", "Persuasion", "Beowulf", "Carmilla"));
  }

  @Check(exercise = "3.8", points = 1)
  void the_driver_never_holds_the_whole_result(FreshDatabase database)
      throws Exception {
    Library.crowded(database, MANY);
    PGSimpleDataSource limited = (PGSimpleDataSource) database.dataSource();
    limited.setMaxResultBuffer(LIMIT);
    int[] seen = {0};

    Throwable thrown =
        catchThrowable(
            () ->
                answer()
                    .forEachTitle(Jdbi.create(limited), title -> seen[0]++));

    assertThat(thrown == null ? "nothing" : thrown.getMessage())
        .as("What forEachTitle threw on %d titles, 2 MB, when the driver may"
            + " hold 1 MB of a result: fetch some rows at a time, and look up"
            + " when the driver heeds that", MANY)
        .isEqualTo("nothing");
    assertThat(seen[0]).as("Titles handed to the action").isEqualTo(MANY);
  }

  @Check(exercise = "3.8", points = 1)
  void a_title_can_be_forgotten_once_it_was_handed_over(
      FreshDatabase database) {
    Library.crowded(database, MANY);
    List<WeakReference<String>> first = new ArrayList<>();
    boolean[] kept = {false};
    int[] seen = {0};

    answer()
        .forEachTitle(
            jdbi(database),
            title -> {
              if (++seen[0] == 1) {
                first.add(new WeakReference<>(title));
              } else if (seen[0] == MANY) {
                kept[0] = isKept(first.get(0));
              }
            });

    assertThat(seen[0]).as("Titles handed to the action").isEqualTo(MANY);
    assertThat(kept[0])
        .as("Is the first title still in memory when the last is handed over?"
            + " A list of all titles would keep it there")
        .isEqualTo(false);
  }

  @Check(exercise = "3.8", points = 1)
  void others_may_write_while_the_titles_come(FreshDatabase database) {
    Library.crowded(database, 3_000);
    StatementLog log = new StatementLog(database.dataSource());
    List<String> numbers = new ArrayList<>();

    answer()
        .forEachTitle(
            Jdbi.create(log.dataSource()),
            title -> {
              if (numbers.isEmpty()) {
                database.execute(
                    "DELETE FROM books WHERE id <= 100",
                    "INSERT INTO books (title, author) VALUES ('New', 'x')");
              }
              numbers.add(title.replaceAll("^Title |[.]+$", ""));
            });

    assertThat(firstDifference(numbers, 3_000))
        .as("The first difference between the titles handed over and those that"
            + " were there at the start, although somebody removed 100 and"
            + " added one when the first came: page by page, books get lost")
        .isEqualTo("none");
    assertThat(log.sent()).as("The queries sent").hasSize(1);
  }

  @Check(exercise = "3.8", points = 1)
  void what_the_action_throws_reaches_the_caller(FreshDatabase database) {
    Library.crowded(database, 3_000);
    IllegalStateException stop = new IllegalStateException("enough");

    Throwable thrown =
        catchThrowable(
            () ->
                answer()
                    .forEachTitle(
                        jdbi(database),
                        title -> {
                          throw stop;
                        }));

    // That the connection is closed is seen by the server after this check.
    assertThat(thrown)
        .as("What forEachTitle threw when the action threw this")
        .isEqualTo(stop);
  }

  @Check(exercise = "3.9", points = 1)
  void loans_come_with_book_and_member(FreshDatabase database) {
    Library.stocked(database);

    assertThat(answer().loans(jdbi(database)))
        .as("The loans, by the day they began and then by id")
        .isEqualTo(
            List.of(
                new Loan("Emma", "Ada Kern", day(2, 1), day(2, 20)),
                new Loan("Dracula", "Jane Lee", day(3, 2), null),
                new Loan("Beowulf", "Jane Lee", day(3, 2), null)));
  }

  @Check(exercise = "3.9", points = 1)
  void one_query_finds_all_loans(FreshDatabase database) {
    Library.stocked(database);
    database.execute(
        "INSERT INTO loans (book_id, member_id, lent_on)"
            + " SELECT 3, 2, date '2026-04-01' + n"
            + " FROM generate_series(1, 27) AS n");
    StatementLog log = new StatementLog(database.dataSource());

    List<Loan> loans = answer().loans(Jdbi.create(log.dataSource()));

    assertThat(loans).as("Loans listed").hasSize(30);
    assertThat(log.sent().size())
        .as("Queries sent for 30 loans: the server can put three tables"
            + " together in one")
        .isEqualTo(1);
  }

  @Check(exercise = "3.10", points = 1)
  void jdbi_wrote_the_class(FreshDatabase database) {
    BookDao dao = answer().dao(jdbi(database));

    assertThat(Proxy.isProxyClass(dao.getClass()))
        .as("Is %s a class that Jdbi made from your interface?", dao.getClass())
        .isEqualTo(true);
    assertThat(annotationsOf(dao))
        .as("The annotations on the methods of your interface")
        .contains(SqlUpdate.class, SqlQuery.class, SqlBatch.class);
  }

  @Check(exercise = "3.10", points = 1)
  void the_methods_run_their_sql(FreshDatabase database) {
    Library.empty(database);
    BookDao dao = answer().dao(jdbi(database));

    long first = dao.add(new NewBook("B", "O'Brien", null, null));
    long second = dao.add(new NewBook("A'); --", "O'Brien", "new", 2020));

    assertThat(dao.byAuthor("O'Brien"))
        .as("byAuthor(\"O'Brien\") after add of \"B\" and \"A'); --\"")
        .isEqualTo(
            List.of(
                new Book(second, "A'); --", "O'Brien", "new", 2020),
                new Book(first, "B", "O'Brien", null, null)));
    assertThat(List.of(dao.remove(first), dao.remove(first)))
        .as("remove of the same book twice: it was there, then it was not")
        .isEqualTo(List.of(true, false));
    assertThat(dao.byAuthor("O'Brien")).as("byAuthor, after remove").hasSize(1);
  }

  @Check(exercise = "3.10", points = 1)
  void many_books_are_added_in_one_batch(FreshDatabase database) {
    Library.empty(database);
    StatementLog log = new StatementLog(database.dataSource());
    BookDao dao = answer().dao(Jdbi.create(log.dataSource()));

    int[] counts =
        dao.addAll(
            IntStream.range(0, 50)
                .mapToObj(n -> new NewBook("No. " + n, "x", null, n))
                .toList());

    assertThat(counts)
        .as("The counts that addAll returns")
        .hasSize(50)
        .containsOnly(1);
    assertThat(database.value("SELECT count(DISTINCT title) FROM books"))
        .as("Different titles in books")
        .isEqualTo("50");
    assertThat(log.sent().size())
        .as("Times that something was sent to the server for 50 books")
        .isEqualTo(1);
  }

  private static LocalDate day(int month, int day) {
    return LocalDate.of(2026, month, day);
  }

  // Rows of one column each, as FreshDatabase returns them.
  private static List<List<String>> column(String... values) {
    return Arrays.stream(values).map(List::of).toList();
  }

  private static String firstDifference(List<String> numbers, int count) {
    for (int n = 1; n <= Math.max(count, numbers.size()); n++) {
      String found = n <= numbers.size() ? numbers.get(n - 1) : "missing";
      if (n > count || !found.equals(String.valueOf(n))) {
        return "number %d is %s".formatted(n, found);
      }
    }
    return "none";
  }

  // The first cause that came from the database; "none" if nothing was thrown.
  private static String stateOf(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof SQLException e) {
        return e.getSQLState();
      }
    }
    return thrown == null ? "none" : String.valueOf(thrown);
  }

  private static String stateOf(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return "done";
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }

  private List<String> titles(FreshDatabase database, String text)
      throws SQLException {
    DataSource dataSource = database.dataSource();
    return answer().search(dataSource, text).stream().map(Book::title).toList();
  }

  private static List<NewBook> books(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(n -> new NewBook("It's no. " + n, "Somebody", "some", n))
        .toList();
  }

  private static Jdbi jdbi(FreshDatabase database) {
    return Jdbi.create(database.dataSource());
  }

  private static boolean isKept(WeakReference<String> reference) {
    for (int i = 0; i < 5 && reference.get() != null; i++) {
      System.gc();
    }
    return reference.get() != null;
  }

  private static List<Class<? extends Annotation>> annotationsOf(
      Object object) {
    List<Class<? extends Annotation>> types = new ArrayList<>();
    for (Class<?> type : object.getClass().getInterfaces()) {
      Arrays.stream(type.getMethods())
          .flatMap(method -> Arrays.stream(method.getAnnotations()))
          .forEach(annotation -> types.add(annotation.annotationType()));
    }
    return types;
  }
}
