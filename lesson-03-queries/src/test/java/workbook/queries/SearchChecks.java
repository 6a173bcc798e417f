package workbook.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.queries.Steps.refused;
import static workbook.queries.Steps.step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.postgresql.ds.PGSimpleDataSource;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.queries.Catalogue.Book;

/** Exercise 3.3: what a search finds. */
interface SearchChecks {

  /** Characters that some pattern, quoting or escaping takes for its own. */
  String SPECIAL =
      "%_\\!#$^~|@&*?+./-=:;,<>(){}[]'\"` \t\n0"
      + "\u00a7\u00a4\u00ac\u0001\u001b\u001f\ue000\uffff";

  /** Titles that differ in one thing: case, blanks, how a letter is written. */
  List<String> ALIKE =
      List.of(
          "Emma", "emma", "EMMA", " Emma", "Emma ", "Em ma", "Em  ma", "Emm", "mma", "",
          "\u00c4rger", "\u00e4rger", "A\u0308rger", "Arger", "stra\u00dfe", "strasse",
          "100% Cotton", "1001 Nights", "snake_case", "snake case", "C:\\books", "C:\\\\books",
          "C:\\%", "C:books", "O'Hara's", "O''Hara''s", "%s", ":text", "$1");

  /** More than any page holds. */
  int MOST = 10_007;

  /** Enough for what does not depend on how many there are. */
  int SOME = 1_203;

  /** The answer to check, made anew. */
  Catalogue answer();

  @Check(exercise = "3.3", points = 1)
  default void titles_that_contain_the_text_come_in_order(FreshDatabase database) {
    Library.stocked(database);
    database.execute(
        "ALTER TABLE books ALTER COLUMN id RESTART WITH 3000000000",
        "INSERT INTO books (title, author, published) VALUES ('Carmilla', 'Another', 0)",
        "UPDATE books SET title = 'Emma', genre = '' WHERE id = 4",
        "UPDATE books SET genre = genre WHERE id IN (5, 1)");

    try (WatchedSource source = new WatchedSource(database.dataSource())) {
      assertThat(search(source, "a"))
          .as("search(\"a\") among Emma, Dracula, Persuasion and Carmilla, some of them twice:"
              + " by title, then by id; NULL is null")
          .isEqualTo(
              List.of(
                  new Book(5, "Carmilla", "Le Fanu", "horror", 1872),
                  new Book(3_000_000_000L, "Carmilla", "Another", null, 0),
                  new Book(2, "Dracula", "Stoker", "horror", 1897),
                  new Book(1, "Emma", "Austen", "novel", 1815),
                  new Book(4, "Emma", "unknown", "", null),
                  new Book(3, "Persuasion", "Austen", "novel", 1817)));
      database.execute("TRUNCATE books, loans", many(SOME));
      Catalogue answer = answer();
      for (String collation : Library.COLLATIONS) {
        database.execute(Library.collate("title", collation));
        assertOrdered(database, rows(search(answer, source, "No. ")));
      }
      onlyTheBooksFoundAreRead(database);
      database.execute("TRUNCATE books, loans", many(MOST));
      assertOrdered(database, rows(search(source, "No. ")));
      assertThat(source.limits())
          .as("Limits on how many books are found: all, however many")
          .isEqualTo(List.of());
    }
  }

  private void onlyTheBooksFoundAreRead(FreshDatabase database) {
    for (String most : new String[] {null, "50K"}) {
      List<String> texts = most == null ? List.of("no. 1", "1%", "%_", "_") : List.of("no. 1", "_");
      PGSimpleDataSource limited = (PGSimpleDataSource) database.dataSource();
      limited.setMaxResultBuffer(most);
      try (WatchedSource source = new WatchedSource(limited)) {
        for (String text : texts) {
          List<String> found = search(source, text).stream().map(Book::title).toList();
          assertThat(found.stream().limit(4).map(SearchChecks::escaped).toList())
              .as("What search(%s) finds, which one title of 1,236 contains: the first of %s",
                  quoted(text), found.size())
              .isEqualTo(List.of("no. 1%_"));
        }
      }
    }
  }

  private static void assertOrdered(FreshDatabase database, List<List<String>> rows) {
    List<List<String>> wanted =
        database.rows("SELECT * FROM books WHERE title LIKE '%No. %' ORDER BY title, id");
    assertThat(rows.size())
        .as("How many books search(\"No. \") finds: all, however many")
        .isEqualTo(wanted.size());
    if (rows.equals(wanted)) {
      return;
    }
    for (int i = 0; i < rows.size(); i++) {
      assertThat(shown(rows.get(i)))
          .as("Book %s of those that search(\"No. \") found: id, title, author, genre, published;"
              + " the order is that of the server's ORDER BY title, and then by id", i + 1)
          .isEqualTo(shown(wanted.get(i)));
    }
  }

  private static List<String> shown(List<String> row) {
    return row.stream().map(OddTexts::shown).toList();
  }

  @Check(exercise = "3.3", points = 2)
  default void percent_underscore_and_backslash_stand_for_themselves(FreshDatabase database) {
    Library.empty(database);
    List<String> there = new ArrayList<>();
    fill(database, there, ALIKE);

    try (WatchedSource source = new WatchedSource(database.dataSource())) {
      assertFound(source, "100%", "a per cent sign stands for itself", List.of("100% Cotton"));
      assertFound(source, "e_c", "an underscore stands for itself", List.of("snake_case"));
      assertFound(
          source,
          ":\\",
          "one backslash is a character to find like any other",
          List.of("C:\\%", "C:\\\\books", "C:\\books"));
      assertFound(source, "\\%", "titles with just these two in a row", List.of("C:\\%"));
      assertFound(source, "emma", "upper and lower case differ", List.of("emma"));
      assertFound(source, " Emma", "blanks count, at the ends, too", List.of(" Emma"));
      assertFound(source, "Emma ", "blanks count, at the ends, too", List.of("Emma "));
      assertFound(
          source,
          "O'Hara",
          "a quote is a character to find like any other",
          List.of("O'Hara's"));
      fill(database, there, special());
      for (String special : SPECIAL.split("")) {
        for (String text : List.of("a" + special + "b", special + special, "\\" + special)) {
          assertAll(there, source, text);
        }
      }
      assertFound(source, "Emmma", "no title has these characters", List.of());
      fill(database, there, OddTexts.ALIKE);
      List<String> odd = List.of(OddTexts.ODD, OddTexts.LONG + "a", OddTexts.LONG + "b");
      fill(database, there, odd);
      fill(database, there, IntStream.range(10, 40).mapToObj(n -> OddTexts.LONG + n).toList());
      for (List<String> texts : List.of(ALIKE, OddTexts.ALIKE, odd)) {
        texts.forEach(text -> assertAll(there, source, text));
      }
      assertAll(there, source, OddTexts.LONG + 12);
      fill(database, there, List.of(OddTexts.RARE));
      assertAll(there, source, OddTexts.RARE);
    }
  }

  @Check(exercise = "3.3", points = 1)
  default void what_is_typed_is_never_sql(FreshDatabase database) {
    Library.stocked(database);
    database.execute("UPDATE books SET title = 'O''Hara''s' WHERE id = 3");

    try (WatchedSource source = new WatchedSource(database.dataSource())) {
      assertThat(search(source, "O'Hara"))
          .as("search(\"O'Hara\")")
          .extracting(Book::title)
          .isEqualTo(List.of("O'Hara's"));
      int before = source.sent().size();
      assertThat(search(source, "' OR '1' = '1"))
          .as("search(\"' OR '1' = '1\"): no title contains this")
          .isEqualTo(List.of());
      int between = source.sent().size();
      search(source, "'; DROP TABLE books CASCADE; --");

      assertThat(database.value("SELECT to_regclass('books')"))
          .as("The table after search(\"'; DROP TABLE books CASCADE; --\")")
          .isEqualTo("books");
      AddChecks.assertPlaceholders(source, "Hara", "CASCADE");
      AddChecks.assertOneText(
          List.of(
              source.sent().subList(before, between),
              source.sent().subList(between, source.sent().size())));
      database.execute("ALTER TABLE books RENAME COLUMN title TO name");
      refused(
          "search(\"a\"), when books has no column title",
          "42703",
          () -> answer().search(source.dataSource(), "a"));
      assertThat(source.leftOpen())
          .as("What search left open; the last time, the server refused")
          .isEqualTo(List.of());
      source.assertClosesWhatIsBroken("search", () -> answer().search(source.dataSource(), "a"));
    }
  }

  /** Statements that add so many books, in two orders; some titles are there three times. */
  static String many(int books) {
    return """
      INSERT INTO books (title, author, genre, published)
      SELECT 'No. ' || n % %2$s, 'author ' || 20000 - n,
        CASE n % 3 WHEN 0 THEN 'genre' WHEN 1 THEN '' END,
        CASE n % 4 WHEN 0 THEN n WHEN 1 THEN 0 END
      FROM generate_series(1, %3$s) AS n;
      INSERT INTO books (title, author)
      VALUES ('No. a', 'x'), ('No. a', 'x'), ('No. B', 'x'), ('No. C', 'x'), ('No. \u00e9', 'x'),
        (' No. 1', 'x'), ('No. \ufb01', 'x'), ('No. \ud83d\ude00', 'x'), ('no. 1%_', 'x');
      INSERT INTO books (title, author, genre) VALUES ('No. %1$s', '%1$s', '%1$s');
      INSERT INTO books (title, author)
      SELECT 'No. 1 ' || repeat('x', 3000) || n * 7 % 23, 'x' FROM generate_series(1, 23) AS n;
      UPDATE books SET genre = genre WHERE id % 7 = 3
      """
        .replace("%1$s", OddTexts.ODD)
        .replace("%2$s", String.valueOf(books * 3 / 10 | 1))
        .replace("%3$s", String.valueOf(books));
  }

  private List<Book> search(WatchedSource source, String text) {
    return search(answer(), source, text);
  }

  private static List<Book> search(Catalogue answer, WatchedSource source, String text) {
    int before = source.rowsRead();
    List<Book> found =
        step("search(%s)".formatted(quoted(text)), () -> answer.search(source.dataSource(), text));
    assertThat(found == null ? "null" : "a list")
        .as("What search(%s) returned", quoted(text))
        .isEqualTo("a list");
    // At the end of a result, or of a portion of it, next() is called once more.
    assertThat(source.rowsRead() - before)
        .as("Rows that search(%s) read, to find %s of them: the server looks for them",
            quoted(text), found.size())
        .isLessThan(2 * found.size() + 10);
    return found;
  }

  private void assertAll(List<String> there, WatchedSource source, String text) {
    List<String> wanted = there.stream().filter(title -> title.contains(text)).toList();
    assertFound(source, text, "it is to find the titles with just these characters", wanted);
  }

  private void assertFound(
      WatchedSource source, String text, String why, List<String> wanted) {
    List<String> found = search(source, text).stream().map(Book::title).toList();
    String tooMany = without(found, wanted);
    if (!tooMany.isEmpty()) {
      throw new AssertionError(
          "search(%s) finds too much: %s%nexpected: not to find %s%n but was: found"
              .formatted(quoted(text), why, tooMany));
    }
    String missing = without(wanted, found);
    if (!missing.isEmpty()) {
      throw new AssertionError(
          "search(%s) finds too little: %s%nexpected: to find %s%n but was: not found"
              .formatted(quoted(text), why, missing));
    }
  }

  // The first of them tell enough.
  private static String without(List<String> titles, List<String> others) {
    List<String> rest = new ArrayList<>(titles);
    others.forEach(rest::remove);
    return rest.stream().limit(3).map(title -> quoted(title)).collect(Collectors.joining(", "));
  }

  private static String quoted(String text) {
    return '"' + escaped(text) + '"';
  }

  private static String escaped(String text) {
    return OddTexts.shown(text)
        .replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\n", "\\n")
        .replace("\t", "\\t");
  }

  private static void fill(FreshDatabase database, List<String> there, List<String> titles) {
    there.addAll(titles);
    database.execute(
        "INSERT INTO books (title, author) VALUES "
            + titles.stream()
                .map(title -> "('" + title.replace("'", "''") + "', 'x')")
                .collect(Collectors.joining(", ")));
  }

  private static List<String> special() {
    List<String> titles = new ArrayList<>(List.of("ab", "axb", "axxb"));
    for (String c : SPECIAL.split("")) {
      titles.addAll(List.of("a" + c + "b", "a" + c, c + "b", "a" + c + c + "b", "\\" + c));
    }
    return titles;
  }

  private static List<List<String>> rows(List<Book> books) {
    return books.stream()
        .map(
            book ->
                Arrays.asList(
                    "" + book.id(),
                    book.title(),
                    book.author(),
                    book.genre(),
                    book.published() == null ? null : "" + book.published()))
        .toList();
  }
}
