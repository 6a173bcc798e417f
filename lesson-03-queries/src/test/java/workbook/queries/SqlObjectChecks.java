package workbook.queries;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.queries.Catalogue.Book;
import workbook.queries.Catalogue.BookDao;
import workbook.queries.Catalogue.NewBook;

/** Exercise 3.10: an interface that Jdbi implements. */
interface SqlObjectChecks {

  /** The answer to check, made anew. */
  Catalogue answer();

  @Check(exercise = "3.10", points = 1)
  default void jdbi_wrote_the_class(FreshDatabase database) {
    BookDao dao = answer().dao(Library.jdbi(database));

    assertThat(Proxy.isProxyClass(dao.getClass()))
        .as("Is %s a class that Jdbi made from your interface?", dao.getClass())
        .isEqualTo(true);
    assertThat(annotationsOf(dao))
        .withFailMessage(
            "Each method of your interface has its SQL in an annotation.%n"
                + "expected: @SqlUpdate, @SqlQuery and @SqlBatch among them%n but was: %s",
            annotationsOf(dao))
        .contains(SqlUpdate.class, SqlQuery.class, SqlBatch.class);
  }

  @Check(exercise = "3.10", points = 1)
  default void the_methods_run_their_sql(FreshDatabase database) {
    Library.empty(database);
    database.execute("ALTER TABLE books ALTER COLUMN id RESTART WITH 41");
    BookDao dao = answer().dao(Library.jdbi(database));

    long first = dao.add(new NewBook("B", "O'Brien", null, null));
    long second = dao.add(new NewBook("A'); --", "O'Brien", "new", 2020));

    assertThat(List.of(first, second))
        .as("The ids that add returned; this server was told to start at 41")
        .isEqualTo(List.of(41L, 42L));
    assertThat(dao.byAuthor("O'Brien"))
        .as("byAuthor(\"O'Brien\") after add of \"B\" and \"A'); --\"")
        .isEqualTo(
            List.of(
                new Book(42, "A'); --", "O'Brien", "new", 2020),
                new Book(41, "B", "O'Brien", null, null)));
    assertThat(List.of(dao.remove(first), dao.remove(first)))
        .as("remove of the same book twice: it was there, then it was not")
        .isEqualTo(List.of(true, false));
    assertThat(dao.byAuthor("O'Brien")).as("byAuthor, after remove").hasSize(1);
  }

  @Check(exercise = "3.10", points = 1)
  default void many_books_are_added_in_one_batch(FreshDatabase database) {
    Library.empty(database);
    StatementLog log = new StatementLog(database.dataSource());
    BookDao dao = answer().dao(Jdbi.create(log.dataSource()));

    int[] counts =
        dao.addAll(
            IntStream.range(0, 50)
                .mapToObj(n -> new NewBook("No. " + n, "x", null, n))
                .toList());

    assertThat(counts)
        .as("The counts that addAll returns: 1 for each of 50 books")
        .isEqualTo(IntStream.generate(() -> 1).limit(50).toArray());
    assertThat(database.value("SELECT count(DISTINCT title) FROM books"))
        .as("Different titles in books")
        .isEqualTo("50");
    assertThat(log.sent().size())
        .as("Times that something was sent to the server for 50 books")
        .isEqualTo(1);
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
