package workbook.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;

/** Exercise 3.8: more titles than memory holds. */
interface StreamChecks {

  /** So many titles of 100 characters are 2 MB, twice what the driver may hold. */
  int MANY = 5_000;

  /** The answer to check, made anew. */
  Catalogue answer();

  @Check(exercise = "3.8", points = 1)
  default void every_title_comes_once_and_in_order(FreshDatabase database) {
    Library.stocked(database);
    List<String> titles = new ArrayList<>();

    answer().forEachTitle(Library.jdbi(database), titles::add);

    assertThat(titles)
        .as("The titles handed to the action, by the id of their books")
        .isEqualTo(
            List.of("Emma", "Dracula", "Persuasion", "Beowulf", "Carmilla"));
  }

  @Check(exercise = "3.8", points = 1)
  default void the_driver_never_holds_the_whole_result(FreshDatabase database)
      throws Exception {
    Library.crowded(database, MANY);
    PGSimpleDataSource limited = (PGSimpleDataSource) database.dataSource();
    limited.setMaxResultBuffer("250K");
    int[] seen = {0};

    Throwable thrown =
        catchThrowable(
            () ->
                answer()
                    .forEachTitle(Jdbi.create(limited), title -> seen[0]++));

    assertThat(thrown == null ? "nothing" : thrown.getMessage())
        .as("What forEachTitle threw on %d titles, 500 kB, when the driver may"
            + " hold 250 kB of a result: fetch some rows at a time, and look up"
            + " when the driver heeds that", MANY)
        .isEqualTo("nothing");
    assertThat(seen[0]).as("Titles handed to the action").isEqualTo(MANY);
  }

  @Check(exercise = "3.8", points = 1)
  default void a_title_can_be_forgotten_once_it_was_handed_over(
      FreshDatabase database) {
    Library.crowded(database, MANY);
    List<WeakReference<String>> first = new ArrayList<>();
    boolean[] kept = {false};
    int[] seen = {0};

    answer()
        .forEachTitle(
            Library.jdbi(database),
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
  default void others_may_write_while_the_titles_come(FreshDatabase database) {
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
  default void what_the_action_throws_reaches_the_caller(FreshDatabase database) {
    Library.crowded(database, 3_000);
    IllegalStateException stop = new IllegalStateException("enough");

    Throwable thrown =
        catchThrowable(
            () ->
                answer()
                    .forEachTitle(
                        Library.jdbi(database),
                        title -> {
                          throw stop;
                        }));

    // That the connection is closed is seen by the server after this check.
    assertThat(String.valueOf(thrown))
        .as("What forEachTitle threw when the action threw this")
        .isEqualTo(stop.toString());
  }

  private static boolean isKept(WeakReference<String> reference) {
    for (int i = 0; i < 5 && reference.get() != null; i++) {
      System.gc();
    }
    return reference.get() != null;
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
}
