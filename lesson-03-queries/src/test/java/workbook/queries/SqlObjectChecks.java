package workbook.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.queries.Refused.assertRefused;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.grading.jdbc.LentSessions;
import workbook.grading.Returned;
import workbook.queries.Catalogue.Book;
import workbook.queries.Catalogue.BookDao;
import workbook.queries.Catalogue.NewBook;

/** Exercise 3.10: an interface that Jdbi implements. */
interface SqlObjectChecks {

  /** No multiple of a round number, and more than a round limit. */
  int MANY = 1_203;

  /** More than the limits that an answer may have thought of. */
  int MOST = 10_007;

  /** The answer to check, made anew. */
  Catalogue answer();

  @Check(exercise = "3.10", points = 2)
  default void the_methods_run_their_sql(FreshDatabase database) {
    Library.filled(
        database,
        """
        INSERT INTO books (id, title, author, genre, published) OVERRIDING SYSTEM VALUE VALUES
          (5000000000, 'B', 'O''Brien', NULL, NULL), (9, 'C', 'O''Brien', '', 1985),
          (10, 'A', 'o''brien', NULL, NULL), (11, 'A', 'O''Brien ', NULL, NULL),
          (12, '100 %', 'O_Brien', NULL, NULL), (13, 'A', 'OxBrien', NULL, NULL),
          (14, 'b', 'O''Brien', NULL, NULL), (15, 'C', 'O''Brien', 'x', NULL),
          (16, 'C', 'O''Brien', NULL, 1984), (17, 'C', 'O''Brien', 'a', 1986)
        """,
        "ALTER TABLE books ALTER COLUMN id RESTART WITH 3000000041",
        "INSERT INTO members (name, email) VALUES ('Jane Lee', 'jane')",
        "INSERT INTO loans (book_id, member_id, returned_on) VALUES (13, 1, now())");
    database.execute(Library.collate("title", "en-x-icu"));
    try (LentSessions source = LentSessions.of(database)) {
      DaoWatch watch = new DaoWatch(source.dataSource());
      BookDao dao = DaoWatch.explained(() -> answer().dao(watch.jdbi()));
      addsAndFinds(watch, dao);
      removes(database, watch, dao);
      authorsAlikeAreOthers(dao);
      refusesNumbers(database, dao);
      watch.assertAnnotated();
    }
  }

  private static void addsAndFinds(DaoWatch watch, BookDao dao) {
    Class<?> type = Returned.classOf(dao);
    assertThat(Proxy.isProxyClass(type))
        .as("Is %s a class that Jdbi made from your interface?", type)
        .isEqualTo(true);

    List<Long> ids =
        List.of(
            watch.call("add", () -> dao.add(new NewBook("B", "O'Brien", null, null))),
            watch.call("add", () -> dao.add(new NewBook("A'); --", "O'Brien", "", 2020))));
    assertThat(ids)
        .as("The ids that add returned: this server numbers the books from 3000000041 on. What an"
            + " @SqlUpdate returns by itself is a count of rows")
        .isEqualTo(List.of(3_000_000_041L, 3_000_000_042L));
    assertThat(watch.call("byAuthor", () -> dao.byAuthor("O'Brien")))
        .as("byAuthor(\"O'Brien\") after add of \"B\" and \"A'); --\", by title and then by id")
        .isEqualTo(
            List.of(
                new Book(3_000_000_042L, "A'); --", "O'Brien", "", 2020),
                new Book(14, "b", "O'Brien", null, null),
                new Book(3_000_000_041L, "B", "O'Brien", null, null),
                new Book(5_000_000_000L, "B", "O'Brien", null, null),
                new Book(9, "C", "O'Brien", "", 1985),
                new Book(15, "C", "O'Brien", "x", null),
                new Book(16, "C", "O'Brien", null, 1984),
                new Book(17, "C", "O'Brien", "a", 1986)));
    assertThat(watch.call("byAuthor", () -> dao.byAuthor("O_Brien")))
        .as("byAuthor(\"O_Brien\"): the name letter for letter")
        .isEqualTo(List.of(new Book(12, "100 %", "O_Brien", null, null)));
    assertThat(watch.call("byAuthor", () -> dao.byAuthor("' OR ''='")))
        .as("byAuthor(\"' OR ''='\"), who has written nothing")
        .isEqualTo(List.of());
  }

  private static void removes(FreshDatabase database, DaoWatch watch, BookDao dao) {
    assertThat(
            Arrays.asList(
                watch.call("remove", () -> dao.remove(3_000_000_041L)),
                watch.call("remove", () -> dao.remove(3_000_000_041L))))
        .as("remove of the same book twice: it was there, then it was not")
        .isEqualTo(List.of(true, false));
    assertRefused(
        "A loan names book 13, so the server refuses remove(13), and the caller has to hear of it",
        "23503",
        () -> dao.remove(13));
    database.execute(
        "INSERT INTO books (id, title, author) OVERRIDING SYSTEM VALUE VALUES (-3, 'D', 'x')");
    assertThat(dao.remove(-3)).as("remove(-3), of a book that is there").isEqualTo(true);
    assertRefused(
        "A title is never NULL: the server refuses add, and the caller has to hear of it",
        "23502",
        () -> dao.add(new NewBook(null, "O'Brien", null, null)));
    assertRefused(
        "An author is never NULL: the server refuses add, and the caller has to hear of it",
        "23502",
        () -> dao.add(new NewBook("A", null, null, null)));
    assertRefused(
        "A title is never NULL: the server refuses addAll, and the caller has to hear of it",
        "23502",
        () -> dao.addAll(List.of(new NewBook(null, "O'Brien", null, null))));
    assertThat(database.value("SELECT string_agg(id::text, ' ' ORDER BY id) FROM books"))
        .as("The ids in books afterwards")
        .isEqualTo("9 10 11 12 13 14 15 16 17 3000000042 5000000000");
  }

  private static void refusesNumbers(FreshDatabase database, BookDao dao) {
    database.execute("ALTER TABLE books ALTER COLUMN id RESTART WITH 3000000042");
    NewBook book = new NewBook("Emma", "Austen", "novel", 1815);
    assertRefused(
        "The next number is taken: the server refuses add, and the caller has to hear of it",
        "23505",
        () -> dao.add(book));
    database.execute("ALTER TABLE books ALTER COLUMN id RESTART WITH 3000000042");
    assertRefused(
        "The next number is taken: the server refuses addAll, and the caller has to hear of it",
        "23505",
        () -> dao.addAll(List.of(book, book)));
  }

  private static void authorsAlikeAreOthers(BookDao dao) {
    String odd = OddTexts.EVERY;
    dao.add(new NewBook(odd, odd, odd, -44));
    dao.add(new NewBook("", "", "", 0));
    dao.addAll(List.of(new NewBook("", "", "", 0), new NewBook("", "", null, Integer.MAX_VALUE)));
    assertThat(shown(dao.byAuthor("")))
        .as("byAuthor(\"\"), of whom add has added a book, and then addAll two: no titles")
        .isEqualTo(
            List.of(
                new NewBook("", "", "", 0),
                new NewBook("", "", "", 0),
                new NewBook("", "", null, Integer.MAX_VALUE)));
    List<NewBook> alike =
        OddTexts.ALIKE.stream().map(SqlObjectChecks::oddBook).toList();
    dao.addAll(alike);
    assertThat(shown(dao.byAuthor(odd)))
        .as("byAuthor of an author whose name has %,d characters of many kinds", odd.length())
        .isEqualTo(List.of(OddTexts.shown(new NewBook(odd, odd, odd, -44))));
    for (int i = 0; i < alike.size(); i += 3) {
      String author = OddTexts.ALIKE.get(i);
      assertThat(shown(dao.byAuthor(author)))
          .as("byAuthor(\"%s\"), who has one book; other names look like this one", author)
          .isEqualTo(List.of(OddTexts.shown(alike.get(i))));
    }
  }

  // One text of every character is enough for addAll.
  private static NewBook oddBook(String author) {
    boolean isFirst = author.equals(OddTexts.ALIKE.get(0));
    String odd = isFirst ? OddTexts.EVERY : OddTexts.ODD;
    return new NewBook(odd, author, odd, Integer.MIN_VALUE);
  }

  private static List<NewBook> shown(List<Book> books) {
    return books.stream().map(book -> OddTexts.shown(unnumbered(book))).toList();
  }

  @Check(exercise = "3.10", points = 1)
  default void many_books_are_added_in_one_batch(FreshDatabase database) {
    Library.empty(database);
    try (LentSessions reused = LentSessions.of(database);
        WatchedSource source = new WatchedSource(reused.dataSource())) {
      BookDao dao = DaoWatch.explained(() -> answer().dao(Jdbi.create(source.dataSource())));
      eachListIsOneTrip(source, dao);
      assertOrdered(database, dao);
      assertThat(dao.addAll(List.of())).as("What addAll returns for no books").isEmpty();
      assertNoneInUse(source);
    }
    withRewriting(database);
  }

  private static void eachListIsOneTrip(WatchedSource source, BookDao dao) {
    int[] counts = DaoWatch.explained(() -> dao.addAll(books()));

    assertThat(sum(counts))
        .as("The counts that addAll returns: 1 for each of %s books", MANY)
        .isEqualTo("1203 counts, 1203 of them 1, 0 of them -2");
    assertThat(source.sent().size())
        .as("Times that something was sent to the server for %s books", MANY)
        .isEqualTo(1);
    dao.addAll(Collections.nCopies(2, new NewBook("Emma", "Austen", null, 1815)));
    assertThat(source.sent().size())
        .as("Times that something was sent to the server for %s books, and then for 2 that are"
            + " equal", MANY)
        .isEqualTo(2);
    assertThat(firstDifference(dao.byAuthor("x")))
        .as("The first difference between byAuthor(\"x\") and the %s books added", MANY)
        .isEqualTo("none");
    assertThat(source.limits())
        .as("Limits on how many books byAuthor finds: all")
        .isEqualTo(List.of());
  }

  private static void assertNoneInUse(WatchedSource source) {
    assertThat(source.inUse())
        .as("Connections that calls of addAll and byAuthor opened and did not close")
        .isZero();
  }

  // Some of the titles of 3.3.
  private static void assertOrdered(FreshDatabase database, BookDao dao) {
    database.execute(
        SearchChecks.many(303), "UPDATE books SET author = 'z' WHERE ltrim(title) ILIKE 'no. %'");
    for (String collation : Library.COLLATIONS) {
      database.execute(Library.collate("title", collation));
      List<List<String>> wanted =
          database.rows("SELECT id, title FROM books WHERE author = 'z' ORDER BY title, id");
      List<Book> found = dao.byAuthor("z");
      assertThat(found.size()).as("How many books byAuthor(\"z\") finds").isEqualTo(wanted.size());
      for (int i = 0; i < wanted.size(); i++) {
        if (wanted.get(i).equals(List.of("" + found.get(i).id(), found.get(i).title()))) {
          continue;
        }
        assertThat(List.of("" + found.get(i).id(), OddTexts.shown(found.get(i).title())))
            .as("Id and title of book %s of those that byAuthor(\"z\") found; the order is that of"
                + " the server's ORDER BY title, and then by id", i + 1)
            .isEqualTo(List.of(wanted.get(i).get(0), OddTexts.shown(wanted.get(i).get(1))));
      }
    }
    database.execute("DELETE FROM books WHERE author = 'z'");
  }

  // So the driver sends the most books that a check adds in the least time.
  private void withRewriting(FreshDatabase database) {
    PGSimpleDataSource rewriting = (PGSimpleDataSource) database.dataSource();
    rewriting.setReWriteBatchedInserts(true);
    try (LentSessions reused = new LentSessions(rewriting);
        WatchedSource source = new WatchedSource(reused.dataSource())) {
      BookDao dao = answer().dao(Jdbi.create(source.dataSource()));
      int[] counts = dao.addAll(Collections.nCopies(MOST, new NewBook("x", "y", null, null)));

      assertThat(sum(counts).replaceAll("[0-9]+ of them 1, [0-9]+ of them -2", "each 1 or -2"))
          .as("The counts that addAll returns for %s books with reWriteBatchedInserts=true", MOST)
          .isEqualTo("10007 counts, each 1 or -2");
      assertThat(source.sent().size())
          .as("Times that something was sent to the server for %s books: one trip for all", MOST)
          .isEqualTo(1);
      assertThat(dao.byAuthor("y").size())
          .as("How many books byAuthor(\"y\") finds")
          .isEqualTo(MOST);
      assertNoneInUse(source);
    }
    assertThat(database.value("SELECT count(*) FROM books"))
        .as("Books after addAll of %s, of 2, of none, and of %s", MANY, MOST)
        .isEqualTo(String.valueOf(MANY + 2 + MOST));
  }

  private static String sum(int[] counts) {
    long ones = Arrays.stream(counts).filter(count -> count == 1).count();
    long unknown = Arrays.stream(counts).filter(count -> count == -2).count();
    String others = ones + unknown == counts.length ? "" : ", and others";
    // Not formatted: in some locales that writes other digits.
    return counts.length + " counts, " + ones + " of them 1, " + unknown + " of them -2" + others;
  }

  private static List<NewBook> books() {
    return IntStream.rangeClosed(1, MANY)
        .mapToObj(n -> new NewBook("It's no. " + n, "x", genre(n), year(n)))
        .toList();
  }

  private static String genre(int n) {
    return n % 2 == 0 ? "some" : n % 5 == 0 ? "" : null;
  }

  private static Integer year(int n) {
    return n % 3 == 0 ? null : n;
  }

  // They are asked for by title, so that "no. 10" comes before "no. 2".
  private static String firstDifference(List<Book> found) {
    List<NewBook> expected =
        books().stream().sorted(Comparator.comparing(NewBook::title)).toList();
    for (int i = 0; i < Math.max(MANY, found.size()); i++) {
      NewBook there = i < found.size() ? unnumbered(found.get(i)) : null;
      NewBook added = i < MANY ? expected.get(i) : null;
      if (!Objects.equals(there, added)) {
        return "%s in place of %s".formatted(there, added);
      }
    }
    return "none";
  }

  private static NewBook unnumbered(Book book) {
    return new NewBook(book.title(), book.author(), book.genre(), book.published());
  }
}
