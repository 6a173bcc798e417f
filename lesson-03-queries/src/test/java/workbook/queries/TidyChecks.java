package workbook.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.queries.Refused.assertRefused;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.grading.jdbc.LentSessions;
import workbook.queries.Catalogue.Tidied;

/** Exercise 3.7: rows changed, and out. */
interface TidyChecks {

  /** The id of the book "She"; cut to an int it is 2, which is another book. */
  long SHE = 4_294_967_298L;

  String BOOKS =
      """
      INSERT INTO books (id, title, author, genre) OVERRIDING SYSTEM VALUE VALUES
        (1, 'Emma', 'Austen', 'sci_fi'),
        (2, 'Dracula', 'Stoker', 'sci_fi'),
        (3, 'Persuasion', 'Austen', 'sci-fi'),
        (4, 'Beowulf', 'unknown', NULL),
        (5, 'Carmilla', 'Le Fanu', 'Sci_Fi'),
        (6, 'Ivanhoe', 'Scott', ' sci_fi '),
        (7, 'Utopia', 'More', 'gothic'),
        (8, 'Kim', 'Kipling', ''),
        (4294967298, 'She', 'Haggard', 'sci_fi')
      """;

  String A_LOAN =
      """
      INSERT INTO members (name, email) VALUES ('Jane Lee', 'jane');
      INSERT INTO loans (book_id, member_id, returned_on) VALUES (1, 1, now())
      """;

  /** The answer to check, made anew. */
  Catalogue answer();

  @Check(exercise = "3.7", points = 2)
  default void a_genre_is_renamed_and_a_book_removed(FreshDatabase database) throws Exception {
    Library.filled(database, BOOKS, A_LOAN);
    try (LentSessions source = LentSessions.of(database)) {
      onlyThisGenreAndBookChange(database, source.jdbi());
      genresAlikeAreOthers(database, source.jdbi());
      whatOthersDoIsNotCounted(database, source);
      whatOthersAreAboutToDoIsAwaited(database, source.jdbi());
    }
  }

  private void onlyThisGenreAndBookChange(FreshDatabase database, Jdbi jdbi) {
    assertThat(answer().tidy(jdbi, "sci_fi", "gothic", SHE))
        .as(
            "What tidy says: three books were sci_fi, one was gothic before, and book %s was there."
                + " It is one of the three, and is renamed before it is removed",
            SHE)
        .isEqualTo(new Tidied(3, true));
    assertThat(database.rows("SELECT title, coalesce(genre, 'NULL') FROM books ORDER BY id"))
        .as("Titles and genres in books after tidy(\"sci_fi\", \"gothic\", %s)", SHE)
        .isEqualTo(
            List.of(
                List.of("Emma", "gothic"),
                List.of("Dracula", "gothic"),
                List.of("Persuasion", "sci-fi"),
                List.of("Beowulf", "NULL"),
                List.of("Carmilla", "Sci_Fi"),
                List.of("Ivanhoe", " sci_fi "),
                List.of("Utopia", "gothic"),
                List.of("Kim", "")));
    for (String genre : new String[] {"sci_fi", "x' OR '1' = '1", "%", null}) {
      assertThat(answer().tidy(jdbi, genre, "lost", SHE))
          .as("What tidy says for the genre %s, which no book has, and a book that is gone", genre)
          .isEqualTo(new Tidied(0, false));
    }
    assertThat(answer().tidy(jdbi, "", " O'de ", SHE))
        .as("What tidy says when only the genre is there, an empty one")
        .isEqualTo(new Tidied(1, false));
    assertThat(answer().tidy(jdbi, "none", "lost", 7))
        .as("What tidy says when only the book is there")
        .isEqualTo(new Tidied(0, true));
    assertThat(answer().tidy(jdbi, null, "lost", 6))
        .as("What tidy says for the genre null, which no book has, and a book that is there")
        .isEqualTo(new Tidied(0, true));
    assertThat(
            database.rows(
                "SELECT id FROM books WHERE genre IN (' O''de ', 'lost') OR id IN (6, 7)"))
        .as("The ids of books renamed to \" O'de \" or \"lost\": Kim's, which is 8")
        .isEqualTo(List.of(List.of("8")));
  }

  private void genresAlikeAreOthers(FreshDatabase database, Jdbi jdbi) {
    database.execute(
        "ALTER TABLE books ALTER COLUMN id RESTART WITH 1000",
        "INSERT INTO books (id, title, author) OVERRIDING SYSTEM VALUE VALUES (-3, 'Nana', 'Zola')",
        "INSERT INTO books (title, author, genre) SELECT 'Nana', 'Zola', genre"
            + " FROM unnest(string_to_array('%s', '|')) AS genre"
                .formatted(String.join("|", OddTexts.ALIKE)));
    List<String> newGenres = new ArrayList<>();
    for (String genre : OddTexts.ALIKE) {
      newGenres.add(genre + (genre.equals("fi") ? OddTexts.EVERY : OddTexts.LONG));
      String newGenre = newGenres.get(newGenres.size() - 1);
      assertThat(answer().tidy(jdbi, genre, newGenre, SHE))
          .as("What tidy says for the genre %s, which one book has; others look like it", genre)
          .isEqualTo(new Tidied(1, false));
    }
    List<String> found = new ArrayList<>();
    database
        .rows("SELECT genre FROM books WHERE title = 'Nana' AND genre IS NOT NULL")
        .forEach(row -> found.add(row.get(0)));
    for (String newGenre : newGenres) {
      assertThat("" + Collections.frequency(found, newGenre))
          .as("Books with the new genre, which has %,d characters of many kinds", newGenre.length())
          .isEqualTo("1");
    }
    String longGenre = OddTexts.ALIKE.get(0) + OddTexts.LONG;
    database.execute(
        "INSERT INTO books (title, author, genre) VALUES ('Nana', 'Zola', '%sx')"
            .formatted(longGenre));
    assertThat(answer().tidy(jdbi, longGenre, "", -3))
        .as("What tidy says for one of these genres, which becomes \"\", and the book -3")
        .isEqualTo(new Tidied(1, true));
    assertThat(database.value("SELECT count(*) FROM books WHERE genre = ''"))
        .as("Books with the new genre \"\"")
        .isEqualTo("1");
  }

  @Check(exercise = "3.7", points = 1)
  default void a_refusal_to_remove_a_lent_book_is_not_hidden(FreshDatabase database) {
    Library.filled(database, BOOKS, A_LOAN);
    database.execute(
        "UPDATE books SET genre = 'novel' WHERE id IN (1, 2)",
        "INSERT INTO loans (book_id, member_id) VALUES (2, 1)",
        "ALTER TABLE books ADD CONSTRAINT decent CHECK (genre <> 'banned' OR id <> 2)");
    try (WatchedSource source = new WatchedSource(database.dataSource())) {
      refusalsReachTheCaller(database, Jdbi.create(source.dataSource()));
      source.assertAllClosed("tidy, which the server refused,");
    }
  }

  private void refusalsReachTheCaller(FreshDatabase database, Jdbi jdbi) {
    assertRefused(
        "A loan names book 1, so the server refuses to remove it, and the caller has to hear of it",
        "23503",
        () -> answer().tidy(jdbi, "novel", "story", 1));

    assertThat(database.value("SELECT count(*) FROM books") + " books, "
            + database.value("SELECT count(*) FROM loans") + " loans")
        .as("What is there afterwards")
        .isEqualTo("9 books, 2 loans");
    assertThat(database.value("SELECT count(*) FROM books WHERE genre = 'story'"))
        .as("Books renamed from novel to story before the refusal:"
            + " each statement stands for itself")
        .isEqualTo("2");
    assertRefused(
        "A rule of this table forbids the genre \"banned\" for one of two books: the rename is"
            + " refused, and the caller has to hear of it",
        "23514",
        () -> answer().tidy(jdbi, "story", "banned", 3));
    assertThat(database.value("SELECT count(*) FROM books WHERE genre = 'banned'"))
        .as("Books renamed from story to banned, although the rename was refused")
        .isEqualTo("0");
    assertThat(database.value("SELECT title FROM books WHERE id = 3"))
        .as("Book 3, which was to be removed after the rename that was refused")
        .isEqualTo("Persuasion");
  }

  private void whatOthersDoIsNotCounted(FreshDatabase database, LentSessions reused) {
    database.execute("UPDATE books SET genre = 'old' WHERE id <= 3");
    Tidied tidied;
    try (WatchedSource source = new WatchedSource(reused.dataSource())) {
      source.beforeSending(sql -> others(database, sql));

      tidied = answer().tidy(Jdbi.create(source.dataSource()), "old", "fresh", 5);
    }

    assertThat(database.value("SELECT genre FROM books WHERE id = 3"))
        .as("The genre of book 3, which another session made \"kept\" just before the UPDATE, if"
            + " the answer had not locked it before")
        .isIn("kept", database.value("SELECT to_regclass('moved')") == null ? "fresh" : "kept");
    String renamed = database.value("SELECT count(*) FROM books WHERE genre = 'fresh'");
    // Somebody else did not get at it if the answer holds a lock.
    boolean byOthers = database.value("SELECT to_regclass('taken')") != null;
    assertThat(tidied)
        .as(
            "What tidy says when other sessions are quick: just before its UPDATE two books become"
                + " \"old\" and one no longer is, and just before its DELETE book 5 is removed")
        .isEqualTo(new Tidied(Integer.parseInt(renamed), !byOthers));
  }

  // Another session's change is not committed yet when the answer comes to that book.
  private void whatOthersAreAboutToDoIsAwaited(FreshDatabase database, Jdbi jdbi)
      throws Exception {
    database.execute("UPDATE books SET genre = 'slow' WHERE id <= 3 AND id > 0");
    try (Handle other = Library.jdbi(database).open()) {
      assertThat(
              tidiedWhileHeld(
                  other,
                  () -> answer().tidy(jdbi, "slow", "quick", 5),
                  "UPDATE books SET genre = 'kept' WHERE id = 2",
                  "UPDATE books SET title = title WHERE id = 1"))
          .as(
              "What tidy says when another session makes one of three books \"kept\" and changes"
                  + " the title of another one, and commits that while tidy waits for it")
          .isEqualTo(new Tidied(2, false).toString());
      assertThat(database.value("SELECT genre FROM books WHERE id = 2"))
          .as("The genre of the book that the other session made \"kept\"")
          .isEqualTo("kept");
      assertThat(
              tidiedWhileHeld(
                  other,
                  () -> answer().tidy(jdbi, "none", "quick", 4),
                  "UPDATE books SET title = title WHERE id = 4"))
          .as("What tidy says when another session changes the title of the book to remove, and"
              + " commits that while tidy waits for it")
          .isEqualTo(new Tidied(0, true).toString());
    }
  }

  private static String tidiedWhileHeld(
      Handle other, Callable<Tidied> tidy, String... changes) throws Exception {
    other.begin();
    for (String change : changes) {
      other.execute(change);
    }
    CompletableFuture<String> tidied = new CompletableFuture<>();
    new Thread(() -> complete(tidied, tidy), "tidy").start();
    while (!tidied.isDone() && !isWaiting(other)) {
      Thread.sleep(2);
    }
    other.commit();
    return tidied.get(20, TimeUnit.SECONDS);
  }

  private static void complete(CompletableFuture<String> tidied, Callable<Tidied> tidy) {
    try {
      tidied.complete(tidy.call().toString());
    } catch (Throwable e) {
      tidied.complete(e.toString());
    }
  }

  private static boolean isWaiting(Handle handle) {
    return handle
            .createQuery(
                "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY("
                    + "pg_blocking_pids(pid))")
            .mapTo(int.class)
            .one()
        > 0;
  }

  private static void others(FreshDatabase database, String sql) {
    String words = sql.toLowerCase(Locale.ROOT);
    if (words.contains("update")) {
      database.execute(
          "INSERT INTO books (id, title, author, genre) OVERRIDING SYSTEM VALUE"
              + " VALUES (100, 'New', 'x', 'old'), (101, 'New', 'x', 'old')"
              + " ON CONFLICT DO NOTHING");
    }
    if (words.contains("update")
        && !database
            .rows(
                "UPDATE books SET genre = 'kept' WHERE id IN (SELECT id FROM books"
                    + " WHERE id = 3 AND genre = 'old' FOR UPDATE SKIP LOCKED) RETURNING id")
            .isEmpty()) {
      database.execute("CREATE TABLE moved ()");
    }
    if (words.contains("delete")
        && !database
            .rows(
                "DELETE FROM books WHERE id IN"
                    + " (SELECT id FROM books WHERE id = 5 FOR UPDATE SKIP LOCKED) RETURNING id")
            .isEmpty()) {
      database.execute("CREATE TABLE taken ()");
    }
  }
}
