package workbook.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.annotation.Annotation;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.postgresql.ds.PGSimpleDataSource;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.queries.Catalogue.Book;
import workbook.queries.Catalogue.BookDao;
import workbook.queries.Catalogue.Loan;
import workbook.queries.Catalogue.NewBook;

/** The checks of lesson 3; here those of 3.8 to 3.10, above them the others. */
abstract class CatalogueChecks extends CursorChecks {
  // 20,000 titles of 100 characters are 2 MB, twice what the driver may hold.
  private static final int MANY = 20_000;
  private static final String LIMIT = "1M";

  @Check(exercise = "3.8", points = 1)
  void every_title_comes_once_and_in_order(FreshDatabase database) {
    Library.stocked(database);
    List<String> titles = new ArrayList<>();

    answer().forEachTitle(jdbi(database), titles::add);

    assertThat(titles)
        .as("The titles handed to the action, by the id of their books")
        .containsExactly("Emma", "Dracula", "Persuasion", "Beowulf", "Carmilla");
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

    assertThat(thrown)
        .as("What forEachTitle threw on %d titles, 2 MB, when the driver may hold"
            + " 1 MB of a result: fetch some rows at a time, and look up when"
            + " the driver heeds that", MANY)
        .isNull();
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
        .isFalse();
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
              numbers.add(title.replaceAll("[^0-9]", ""));
            });

    assertThat(numbers)
        .as("Numbers of the titles handed over, although somebody removed the"
            + " first 100 and added one when the first came: page by page,"
            + " books get lost or come twice")
        .isEqualTo(
            IntStream.rangeClosed(1, 3_000).mapToObj(String::valueOf).toList());
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
    assertThat(thrown).as("What forEachTitle threw").isSameAs(stop);
  }

  @Check(exercise = "3.9", points = 1)
  void loans_come_with_book_and_member(FreshDatabase database) {
    Library.stocked(database);

    assertThat(answer().loans(jdbi(database)))
        .as("The loans, by the day they began and then by id")
        .containsExactly(
            new Loan(
                "Emma",
                "Ada Kern",
                LocalDate.of(2026, 2, 1),
                LocalDate.of(2026, 2, 20)),
            new Loan("Dracula", "Jane Lee", LocalDate.of(2026, 3, 2), null),
            new Loan("Beowulf", "Jane Lee", LocalDate.of(2026, 3, 2), null));
  }

  @Check(exercise = "3.9", points = 1)
  void one_query_finds_all_loans(FreshDatabase database) {
    Library.stocked(database);
    database.execute(
        "INSERT INTO loans (book_id, member_id, lent_on)"
            + " SELECT 3, 2, date '2026-04-01' + n FROM generate_series(1, 27) n");
    StatementLog log = new StatementLog(database.dataSource());

    List<Loan> loans = answer().loans(Jdbi.create(log.dataSource()));

    assertThat(loans).as("Loans listed").hasSize(30);
    assertThat(log.sent().size())
        .as("Queries sent for 30 loans: the server can put three tables together"
            + " in one")
        .isEqualTo(1);
  }

  @Check(exercise = "3.10", points = 1)
  void jdbi_wrote_the_class(FreshDatabase database) {
    BookDao dao = answer().dao(jdbi(database));

    assertThat(Proxy.isProxyClass(dao.getClass()))
        .as("Is %s a class that Jdbi made from your interface?", dao.getClass())
        .isTrue();
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
        .containsExactly(
            new Book(second, "A'); --", "O'Brien", "new", 2020),
            new Book(first, "B", "O'Brien", null, null));
    assertThat(List.of(dao.remove(first), dao.remove(first)))
        .as("remove of the same book twice: it was there, then it was not")
        .containsExactly(true, false);
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

    assertThat(counts).as("The counts that addAll returns").hasSize(50).containsOnly(1);
    assertThat(database.value("SELECT count(DISTINCT title) FROM books"))
        .as("Different titles in books")
        .isEqualTo("50");
    assertThat(log.sent().size()).as("Times that something was sent").isEqualTo(1);
  }

  private static boolean isKept(WeakReference<String> reference) {
    for (int i = 0; i < 5 && reference.get() != null; i++) {
      System.gc();
    }
    return reference.get() != null;
  }

  private static List<Class<? extends Annotation>> annotationsOf(Object object) {
    List<Class<? extends Annotation>> types = new ArrayList<>();
    for (Class<?> type : object.getClass().getInterfaces()) {
      Arrays.stream(type.getMethods())
          .flatMap(method -> Arrays.stream(method.getAnnotations()))
          .forEach(annotation -> types.add(annotation.annotationType()));
    }
    return types;
  }
}
