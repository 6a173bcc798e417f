package workbook.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.UnableToCreateStatementException;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import workbook.grading.FreshDatabase;
import workbook.grading.Graded;

/** The code that the lesson quotes where it writes to the database. */
@Graded
class WritingExamplesTest {
  private static final String INSERT =
      "INSERT INTO people (name, city, profession) VALUES (?, ?, ?)";

  @Test
  void a_table_is_created_only_once(FreshDatabase database) throws Exception {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE people (name varchar(50))");

      assertThatThrownBy(
              () -> statement.execute("CREATE TABLE people (name text)"))
          .isInstanceOf(SQLException.class)
          .hasMessage("ERROR: relation \"people\" already exists");
      assertThat(stateOf(() -> statement.execute("CREATE TABLE people ()")))
          .isEqualTo("42P07");
      statement.execute("CREATE TABLE IF NOT EXISTS people (name text)");
    }
  }

  @Test
  void a_quote_in_a_name_breaks_the_sentence(FreshDatabase database)
      throws Exception {
    People.empty(database);
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      String name = "O'Brien";
      String sql = "INSERT INTO people (name) VALUES ('" + name + "')";

      assertThat(sql)
          .isEqualTo("INSERT INTO people (name) VALUES ('O'Brien')");
      assertThat(stateOf(() -> statement.execute(sql))).isEqualTo("42601");
    }
  }

  @Test
  void what_was_typed_becomes_sql(FreshDatabase database) throws Exception {
    People.empty(database);
    try (Connection connection = database.dataSource().getConnection()) {
      String name = "x'); DROP TABLE people; --";
      String sql = "INSERT INTO people (name) VALUES ('" + name + "')";
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.execute();
      }
    }

    assertThat(database.value("SELECT to_regclass('people')")).isNull();
  }

  @Test
  void a_placeholder_keeps_it_a_value(FreshDatabase database)
      throws Exception {
    People.empty(database);
    try (Connection connection = database.dataSource().getConnection()) {
      String name = "x'); DROP TABLE people; --";
      String sql = "INSERT INTO people (name) VALUES (?)";
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setString(1, name);
        statement.executeUpdate();
      }
    }

    assertThat(database.value("SELECT name FROM people"))
        .isEqualTo("x'); DROP TABLE people; --");
  }

  @Test
  void placeholders_have_rules(FreshDatabase database) throws Exception {
    People.empty(database);
    try (Connection connection = database.dataSource().getConnection()) {
      // %s is no placeholder in JDBC, so there is no parameter 1
      assertThat(run(connection, "INSERT INTO people (name) VALUES (%s)", 1))
          .isEqualTo("22023");
      // ... and neither is a ? in quotes: it is a string
      assertThat(run(connection, "INSERT INTO people (name) VALUES ('?')", 1))
          .isEqualTo("22023");
      // the first one has number 1
      assertThat(run(connection, "INSERT INTO people (name) VALUES (?)", 0))
          .isEqualTo("22023");
      // values only: no table, no column, no ASC or DESC
      assertThat(run(connection, "SELECT * FROM ?", 1)).isEqualTo("42601");
    }
  }

  @Test
  void null_is_a_value_too(FreshDatabase database) throws Exception {
    People.empty(database);
    String city = null;
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setString(1, "Cy Marsh");
      statement.setString(2, city);
      statement.setNull(3, Types.VARCHAR);
      statement.executeUpdate();
    }

    assertThat(
            database.rows(
                "SELECT city IS NULL, profession IS NULL FROM people"))
        .containsExactly(List.of("t", "t"));
  }

  @Test
  void a_number_may_be_missing(FreshDatabase database) throws Exception {
    database.execute("CREATE TABLE ages (age integer)");
    Integer age = null;
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement statement =
            connection.prepareStatement("INSERT INTO ages VALUES (?)")) {
      assertThatThrownBy(() -> statement.setInt(1, age))
          .isInstanceOf(NullPointerException.class);

      statement.setObject(1, age);
      statement.executeUpdate();
    }

    assertThat(database.value("SELECT age IS NULL FROM ages")).isEqualTo("t");
  }

  @Test
  void an_insert_is_no_query(FreshDatabase database) throws Exception {
    People.empty(database);
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      String sql = "INSERT INTO people (name) VALUES ('Jane Lee')";

      assertThat(stateOf(() -> statement.executeQuery(sql)))
          .isEqualTo("02000");
    }

    assertThat(database.value("SELECT count(*) FROM people")).isEqualTo("1");
  }

  @Test
  void the_server_tells_the_id_it_gave(FreshDatabase database)
      throws Exception {
    People.four(database);
    String sql = "INSERT INTO people (name) VALUES (?)";
    long id;
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement statement =
            connection.prepareStatement(sql, new String[] {"id"})) {
      statement.setString(1, "Dee Nash");
      statement.executeUpdate();
      try (ResultSet keys = statement.getGeneratedKeys()) {
        keys.next();
        id = keys.getLong("id");
      }
    }

    assertThat(id).isEqualTo(5);
  }

  @Test
  void jdbi_binds_by_name_or_from_0(FreshDatabase database) {
    People.empty(database);
    Jdbi jdbi = Jdbi.create(database.dataSource());
    try (Handle handle = jdbi.open()) {
      int rows =
          handle
              .createUpdate(
                  "INSERT INTO people (name, city) VALUES (:name, :city)")
              .bind("name", "Jane Lee")
              .bind("city", "Rustmore")
              .execute();

      assertThat(rows).isEqualTo(1);
      handle
          .createUpdate("INSERT INTO people (name, city) VALUES (?, ?)")
          .bind(0, "Ada Kern")
          .bind(1, "Mathville")
          .execute();
    }
    assertThat(database.value("SELECT string_agg(city, ' ') FROM people"))
        .isEqualTo("Rustmore Mathville");
  }

  @Test
  void jdbi_binds_the_components_of_a_record(FreshDatabase database) {
    People.empty(database);
    NewPerson person = new NewPerson("Jane Lee", "Rustmore", "Rust programmer");
    try (Handle handle = Jdbi.create(database.dataSource()).open()) {
      long id =
          handle
              .createUpdate(
                  "INSERT INTO people (name, city, profession)"
                      + " VALUES (:name, :city, :profession)")
              .bindMethods(person)
              .executeAndReturnGeneratedKeys("id")
              .mapTo(Long.class)
              .one();

      assertThat(id).isEqualTo(1);
    }
  }

  @Test
  void jdbi_says_what_is_not_bound(FreshDatabase database) {
    People.empty(database);
    Jdbi.create(database.dataSource())
        .useHandle(
            handle -> {
              assertThatThrownBy(
                      () ->
                          handle.execute(
                              "INSERT INTO people (name) VALUES (':name')",
                              "Jane Lee"))
                  .isInstanceOf(UnableToCreateStatementException.class);
              assertThatThrownBy(
                      () ->
                          handle
                              .createUpdate(
                                  "INSERT INTO people (name) VALUES (?)")
                              .bind(1, "Jane Lee")
                              .execute())
                  .isInstanceOf(UnableToCreateStatementException.class)
                  .hasMessageStartingWith("Missing positional parameter 0");
            });
  }

  @Test
  void define_pastes_what_was_typed(FreshDatabase database) {
    People.four(database);
    Jdbi jdbi = Jdbi.create(database.dataSource());
    String column = "name; DROP TABLE people";
    jdbi.useHandle(
        handle ->
            handle
                .createQuery("SELECT name FROM people ORDER BY <column>")
                .define("column", column)
                .mapTo(String.class)
                .list());

    assertThat(database.value("SELECT to_regclass('people')")).isNull();
  }

  @Test
  void a_list_of_values_is_an_array(FreshDatabase database) throws Exception {
    People.four(database);
    String sql = "SELECT count(*) FROM people WHERE city = ANY (?)";
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      String[] cities = {"Rustmore", "Mathville"};
      statement.setArray(1, connection.createArrayOf("text", cities));
      try (ResultSet count = statement.executeQuery()) {
        count.next();

        assertThat(count.getInt(1)).isEqualTo(3);
      }
    }
  }

  @Test
  void others_see_what_is_committed(FreshDatabase database) throws Exception {
    People.empty(database);
    String count = "SELECT count(*) FROM people";
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(connection.getAutoCommit()).isTrue();
      statement.execute("INSERT INTO people (name) VALUES ('Jane Lee')");
      assertThat(database.value(count)).isEqualTo("1"); // seen by others

      connection.setAutoCommit(false);
      statement.execute("INSERT INTO people (name) VALUES ('Ada Kern')");
      assertThat(database.value(count)).isEqualTo("1"); // not seen yet
      connection.commit();
      assertThat(database.value(count)).isEqualTo("2"); // seen
    }
  }

  @Test
  void what_is_not_committed_is_lost(FreshDatabase database)
      throws Exception {
    People.empty(database);
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("INSERT INTO people (name) VALUES ('Jane Lee')");
    }

    assertThat(database.value("SELECT count(*) FROM people")).isEqualTo("0");
  }

  @Test
  void commit_and_autocommit_exclude_each_other(FreshDatabase database)
      throws Exception {
    People.empty(database);
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(stateOf(connection::commit)).isEqualTo("25P01");

      connection.setAutoCommit(false);
      statement.execute("INSERT INTO people (name) VALUES ('Jane Lee')");
      connection.setAutoCommit(true); // commits
    }

    assertThat(database.value("SELECT count(*) FROM people")).isEqualTo("1");
  }

  @Test
  void a_batch_is_collected_then_sent(FreshDatabase database)
      throws Exception {
    People.empty(database);
    List<NewPerson> people = NewPerson.generate(100);
    int[] counts;
    try (WatchedSource log = new WatchedSource(database.dataSource());
        Connection connection = log.dataSource().getConnection();
        PreparedStatement statement = connection.prepareStatement(INSERT)) {
      for (NewPerson person : people) {
        statement.setString(1, person.name());
        statement.setString(2, person.city());
        statement.setString(3, person.profession());
        statement.addBatch();
      }
      counts = statement.executeBatch();
      assertThat(log.sent()).hasSize(1);
    }

    assertThat(counts).hasSize(100).containsOnly(1);
  }

  @Test
  void rewritten_batches_lose_their_counts(FreshDatabase database)
      throws Exception {
    People.empty(database);
    PGSimpleDataSource dataSource = (PGSimpleDataSource) database.dataSource();
    dataSource.setReWriteBatchedInserts(true);
    int[] counts = insert(dataSource, NewPerson.generate(100));

    assertThat(counts).hasSize(100).containsOnly(Statement.SUCCESS_NO_INFO);
    assertThat(Statement.SUCCESS_NO_INFO).isEqualTo(-2);
    assertThat(
            database.rows(
                "SELECT count(*) FROM people GROUP BY cmin ORDER BY min(id)"))
        .containsExactly(List.of("64"), List.of("32"), List.of("4"));
  }

  @Test
  void jdbi_s_batch_takes_records(FreshDatabase database) {
    People.empty(database);
    List<NewPerson> people = NewPerson.generate(100);
    int[] counts =
        Jdbi.create(database.dataSource())
            .withHandle(
                handle -> {
                  PreparedBatch batch =
                      handle.prepareBatch(
                          "INSERT INTO people (name, city, profession)"
                              + " VALUES (:name, :city, :profession)");
                  people.forEach(person -> batch.bindMethods(person).add());
                  return batch.execute();
                });

    assertThat(counts).hasSize(100).containsOnly(1);
  }

  private static int[] insert(
      PGSimpleDataSource dataSource, List<NewPerson> people)
      throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(INSERT)) {
      connection.setAutoCommit(false);
      for (NewPerson person : people) {
        statement.setString(1, person.name());
        statement.setString(2, person.city());
        statement.setString(3, person.profession());
        statement.addBatch();
      }
      int[] counts = statement.executeBatch();
      connection.commit();
      return counts;
    }
  }

  private static String run(Connection connection, String sql, int index) {
    return stateOf(
        () -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(index, "a");
            statement.execute();
          }
        });
  }

  private static String stateOf(ThrowingCallable code) {
    SQLException thrown = catchThrowableOfType(SQLException.class, code);
    return thrown == null ? "00000" : thrown.getSQLState();
  }
}
