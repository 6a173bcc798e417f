package workbook.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import workbook.grading.FreshDatabase;
import workbook.grading.Graded;
import workbook.queries.Main.CityCount;
import workbook.queries.Main.Person;

/** The code that the lesson quotes where it reads from the database. */
@Graded
class ReadingExamplesTest {

  @Test
  void an_iterator_reads_on_from_memory(FreshDatabase database) {
    People.four(database);
    Jdbi jdbi = Jdbi.create(database.dataSource());

    ResultIterator<String> names;
    try (Handle handle = jdbi.open()) {
      names =
          handle
              .createQuery("SELECT name FROM people ORDER BY id")
              .mapTo(String.class)
              .iterator();
    }
    assertThat(names.next()).isEqualTo("Jane Lee"); // from memory
  }

  @Test
  void jdbc_reads_row_by_row(FreshDatabase database) throws Exception {
    People.four(database);
    String query = "SELECT * FROM people WHERE profession = ? ORDER BY id";
    List<Person> people = new ArrayList<>();
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, "Baker");
      try (ResultSet results = statement.executeQuery()) {
        while (results.next()) {
          people.add(
              new Person(
                  results.getInt("id"),
                  results.getString("name"),
                  results.getString("city"),
                  results.getString("profession")));
        }
      }
      assertThatThrownBy(() -> statement.executeQuery(query))
          .isInstanceOf(SQLException.class)
          .extracting("SQLState")
          .isEqualTo("42809");
    }

    assertThat(people)
        .hasSize(2)
        .contains(new Person(4, "Cy Marsh", null, "Baker"));
  }

  @Test
  void jdbi_maps_rows_to_records(FreshDatabase database) {
    People.four(database);
    Jdbi jdbi = Jdbi.create(database.dataSource());
    List<Person> people =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery("SELECT * FROM people ORDER BY id")
                    .map(ConstructorMapper.of(Person.class))
                    .list());

    assertThat(people)
        .hasSize(4)
        .contains(new Person(4, "Cy Marsh", null, "Baker"));
  }

  @Test
  void a_result_begins_before_its_first_row(FreshDatabase database)
      throws Exception {
    People.four(database);
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery("SELECT 1")) {
      SQLException tooEarly =
          catchThrowableOfType(SQLException.class, () -> results.getInt(1));

      assertThat(tooEarly.getSQLState()).isEqualTo("24000");
    }
  }

  @Test
  void getInt_makes_0_of_null(FreshDatabase database) throws Exception {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery("SELECT NULL::integer")) {
      results.next();
      int zero = results.getInt(1);
      Integer nothing = results.getObject(1, Integer.class);

      assertThat(zero).isZero();
      assertThat(nothing).isNull();
    }
  }

  @Test
  void like_has_wildcards(FreshDatabase database) throws Exception {
    database.execute(
        "CREATE TABLE notes (text text)",
        "INSERT INTO notes VALUES ('100% sure'), ('1001 nights')");
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT count(*) FROM notes WHERE text LIKE ?")) {
      assertThat(count(statement, "%100%%")).isEqualTo(2);
      assertThat(count(statement, "%100\\%%")).isEqualTo(1);
    }
  }

  @Test
  void one_result_has_one_position(FreshDatabase database) {
    People.four(database);
    try (Handle handle = Jdbi.create(database.dataSource()).open();
        ResultIterator<String> names =
            handle
                .createQuery("SELECT name FROM people ORDER BY id")
                .mapTo(String.class)
                .iterator()) {
      String first = names.next();
      List<String> nextTwo = new ArrayList<>();
      while (nextTwo.size() < 2 && names.hasNext()) {
        nextTwo.add(names.next());
      }
      List<String> rest = new ArrayList<>();
      names.forEachRemaining(rest::add);

      assertThat(first).isEqualTo("Jane Lee");
      assertThat(nextTwo).containsExactly("Ada Kern", "Bo Lund");
      assertThat(rest).containsExactly("Cy Marsh");
    }
  }

  @Test
  void a_result_iterable_asks_again(FreshDatabase database) {
    People.four(database);
    try (WatchedSource log = new WatchedSource(database.dataSource());
        Handle handle = Jdbi.create(log.dataSource()).open()) {
      ResultIterable<String> names =
          handle
              .createQuery("SELECT name FROM people ORDER BY id")
              .mapTo(String.class);
      String first = names.first();
      List<String> all = names.list();

      assertThat(first).isEqualTo("Jane Lee");
      assertThat(all).hasSize(4); // not 3: it began anew
      assertThat(log.sent()).hasSize(2);
    }
  }

  @Test
  void max_rows_throws_the_rest_away(FreshDatabase database)
      throws Exception {
    People.four(database);
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.setMaxRows(2);
      int seen = 0;
      try (ResultSet results =
          statement.executeQuery("SELECT * FROM people")) {
        while (results.next()) {
          seen++;
        }
      }

      assertThat(seen).isEqualTo(2);
    }
  }

  @Test
  void pages_lose_rows_when_others_write(FreshDatabase database) {
    People.four(database);
    String page =
        "SELECT name FROM people ORDER BY id LIMIT 2 OFFSET :offset";
    try (Handle handle = Jdbi.create(database.dataSource()).open()) {
      List<String> names = new ArrayList<>();
      names.addAll(
          handle
              .createQuery(page)
              .bind("offset", 0)
              .mapTo(String.class)
              .list());
      database.execute("DELETE FROM people WHERE name = 'Jane Lee'");
      names.addAll(
          handle
              .createQuery(page)
              .bind("offset", 2)
              .mapTo(String.class)
              .list());

      // Bo Lund, third before and second now, is on neither page
      assertThat(names).containsExactly("Jane Lee", "Ada Kern", "Cy Marsh");
    }
  }

  @Test
  void without_order_by_any_order_will_do(FreshDatabase database) {
    People.four(database);
    database.execute("UPDATE people SET city = 'Rustmore' WHERE id = 1");

    assertThat(database.rows("SELECT id FROM people"))
        .containsExactly(
            List.of("2"), List.of("3"), List.of("4"), List.of("1"));
  }

  @Test
  void a_fetch_size_counts_in_a_transaction_only(FreshDatabase database)
      throws Exception {
    PGSimpleDataSource dataSource = (PGSimpleDataSource) database.dataSource();
    dataSource.setMaxResultBuffer("1M"); // more than this is an error
    String twoMegabytes =
        "SELECT repeat('x', 100) FROM generate_series(1, 20000)";

    SQLException tooMuch =
        catchThrowableOfType(
            SQLException.class, () -> read(dataSource, true, twoMegabytes));
    int rows = read(dataSource, false, twoMegabytes);

    assertThat(tooMuch.getSQLState()).isEqualTo("08S01");
    assertThat(rows).isEqualTo(20_000);
  }

  @Test
  void jdbi_streams_inside_a_transaction(FreshDatabase database) {
    PGSimpleDataSource dataSource = (PGSimpleDataSource) database.dataSource();
    dataSource.setMaxResultBuffer("1M");
    int[] rows = {0};
    Jdbi jdbi = Jdbi.create(dataSource);
    jdbi.useTransaction(
        handle ->
            handle
                .createQuery(
                    "SELECT repeat('x', 100)"
                        + " FROM generate_series(1, 20000)")
                .setFetchSize(500)
                .mapTo(String.class)
                .useStream(texts -> texts.forEach(text -> rows[0]++)));

    assertThat(rows[0]).isEqualTo(20_000);
  }

  @Test
  void a_stream_ends_with_its_handle(FreshDatabase database) {
    People.four(database);
    Jdbi jdbi = Jdbi.create(database.dataSource());
    Stream<String> escaped =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery("SELECT name FROM people")
                    .mapTo(String.class)
                    .stream());

    Throwable thrown = catchThrowable(() -> escaped.toList());

    SQLException cause = (SQLException) thrown.getCause();
    assertThat(cause.getSQLState()).isEqualTo("55000");
    assertThat(cause.getMessage()).isEqualTo("This ResultSet is closed.");
  }

  @Test
  void a_count_needs_a_name(FreshDatabase database) {
    People.four(database);
    try (Handle handle = Jdbi.create(database.dataSource()).open()) {
      List<CityCount> counts =
          handle
              .createQuery(
                  """
                  SELECT city, count(*) AS people FROM people
                  GROUP BY city HAVING count(*) > :more
                  """)
              .bind("more", 1)
              .map(ConstructorMapper.of(CityCount.class))
              .list();

      assertThat(counts).containsExactly(new CityCount("Mathville", 2));
      assertThatThrownBy(
              () ->
                  handle
                      .createQuery(
                          "SELECT city, count(*) FROM people GROUP BY city")
                      .map(ConstructorMapper.of(CityCount.class))
                      .list())
          .hasMessageContaining("people");
    }
  }

  @Test
  void one_query_for_each_row_is_many(FreshDatabase database) {
    Library.stocked(database);
    try (WatchedSource log = new WatchedSource(database.dataSource());
        Handle handle = Jdbi.create(log.dataSource()).open()) {
      List<Long> bookIds =
          handle
              .createQuery("SELECT book_id FROM loans ORDER BY id")
              .mapTo(Long.class)
              .list();
      List<String> titles = new ArrayList<>();
      for (long id : bookIds) {
        titles.add(
            handle
                .createQuery("SELECT title FROM books WHERE id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .one());
      }

      assertThat(titles).containsExactly("Dracula", "Emma", "Beowulf");
      assertThat(log.sent()).hasSize(1 + 3);
    }
  }

  @Test
  void a_join_is_one_query(FreshDatabase database) {
    Library.stocked(database);
    try (WatchedSource log = new WatchedSource(database.dataSource());
        Handle handle = Jdbi.create(log.dataSource()).open()) {
      List<String> titles =
          handle
              .createQuery(
                  """
                  SELECT books.title FROM loans
                  JOIN books ON books.id = loans.book_id
                  ORDER BY loans.id
                  """)
              .mapTo(String.class)
              .list();

      assertThat(titles).containsExactly("Dracula", "Emma", "Beowulf");
      assertThat(log.sent()).hasSize(1);
    }
  }

  /** What the section on SQL Objects shows. */
  @RegisterConstructorMapper(Person.class)
  public interface PeopleDao {
    @SqlUpdate(
        "INSERT INTO people (name, city, profession)"
            + " VALUES (:name, :city, :profession)")
    @GetGeneratedKeys("id")
    int add(@BindMethods NewPerson person);

    @SqlBatch(
        "INSERT INTO people (name, city, profession)"
            + " VALUES (:name, :city, :profession)")
    int[] addAll(@BindMethods List<NewPerson> people);

    @SqlQuery("SELECT * FROM people WHERE city = :city ORDER BY id")
    List<Person> livingIn(@Bind("city") String city);

    @SqlUpdate("DELETE FROM people WHERE id = :id")
    boolean remove(@Bind("id") int id);
  }

  @Test
  void jdbi_writes_the_class_for_an_interface(FreshDatabase database) {
    People.empty(database);
    Jdbi jdbi = Jdbi.create(database.dataSource());
    jdbi.installPlugin(new SqlObjectPlugin());
    PeopleDao dao = jdbi.onDemand(PeopleDao.class);

    int id = dao.add(new NewPerson("Jane Lee", "Rustmore", "Rust programmer"));
    int[] counts = dao.addAll(NewPerson.generate(100));
    List<Person> found = dao.livingIn("Rustmore");
    boolean removed = dao.remove(id);

    assertThat(counts).hasSize(100);
    assertThat(found)
        .containsExactly(
            new Person(1, "Jane Lee", "Rustmore", "Rust programmer"));
    assertThat(removed).isTrue();
    assertThat(dao.remove(id)).isFalse();
  }

  private static int count(PreparedStatement statement, String pattern)
      throws SQLException {
    statement.setString(1, pattern);
    try (ResultSet results = statement.executeQuery()) {
      results.next();
      return results.getInt(1);
    }
  }

  private static int read(
      PGSimpleDataSource dataSource, boolean autocommit, String query)
      throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(autocommit);
      statement.setFetchSize(500);
      int rows = 0;
      try (ResultSet results = statement.executeQuery(query)) {
        while (results.next()) {
          rows++;
        }
      }
      return rows;
    }
  }
}
