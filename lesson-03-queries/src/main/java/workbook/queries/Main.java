package workbook.queries;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.PreparedBatch;
import workbook.support.DatabaseSettings;
import workbook.support.EnvironmentException;

/** Makes a table of people, fills it, reads it, changes it. */
public final class Main {
  private Main() {}

  /**
   * Runs the program.
   *
   * @param arguments the settings file; {@code db_info.ini} if there is none
   */
  public static void main(String[] arguments) {
    Path file = Path.of(arguments.length == 0 ? "db_info.ini" : arguments[0]);
    try {
      query(DatabaseSettings.read(file, "workbook", System.getenv()));
    } catch (EnvironmentException e) {
      fail(e.getMessage());
    } catch (SQLException | JdbiException e) {
      fail(
          "The database refused: %s%nThe settings came from [workbook] in %s."
              .formatted(e.getMessage(), file));
    }
  }

  private static void query(DatabaseSettings settings) throws SQLException {
    DataSource dataSource = settings.dataSource();
    createTable(dataSource);
    insertJane(dataSource);

    try (Handle handle = Jdbi.create(dataSource).open()) {
      printCount(handle);
      insertGenerated(handle);
      fetch(handle);
      String city = findDuplicateCity(handle);
      move(handle, city, "Mathville");
      removeAllIn(handle, "Mathville");
      createCities(dataSource);
      printStates(handle);
    }
  }

  // The first two steps in JDBC, to see every part once.

  private static void createTable(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      // Without this line a second run ends at the next one: 42P07, a table of
      // this name exists already.
      statement.execute("DROP TABLE IF EXISTS people");
      statement.execute(
          """
          CREATE TABLE people (
            id SERIAL PRIMARY KEY,
            name varchar(50) NOT NULL,
            city varchar(40),
            profession varchar(60))
          """);
    }
    System.out.println("Created the table people.");
  }

  private static void insertJane(DataSource dataSource) throws SQLException {
    String insert =
        "INSERT INTO people (name, city, profession) VALUES (?, ?, ?)";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(insert)) {
      statement.setString(1, "Jane Lee");
      statement.setString(2, "Rustmore");
      statement.setString(3, "Rust programmer");
      int rows = statement.executeUpdate();
      System.out.println("Inserted Jane Lee: " + rows + " row.");
    }
  }

  // The other steps in Jdbi: the same parts, kept in order by the handle.

  private static void insertGenerated(Handle handle) {
    List<NewPerson> people = new ArrayList<>(NewPerson.generate(100));
    // The 100 made-up cities are all different. For the sake of the steps to
    // come, two people are moved to one city, by hand.
    people.set(40, people.get(40).movedTo("Johnsonmouth"));
    people.set(80, people.get(80).movedTo("Johnsonmouth"));

    PreparedBatch batch =
        handle.prepareBatch(
            "INSERT INTO people (name, city, profession)"
                + " VALUES (:name, :city, :profession)");
    people.forEach(person -> batch.bindMethods(person).add());
    int rows = Arrays.stream(batch.execute()).sum();
    System.out.println("Inserted generated people: " + rows + " rows.");
    printCount(handle);
  }

  private static void fetch(Handle handle) {
    try (ResultIterator<Person> people =
        handle
            .createQuery("SELECT * FROM people ORDER BY id")
            .map(ConstructorMapper.of(Person.class))
            .iterator()) {
      System.out.println("\nThe first:");
      print(people.next());

      System.out.println("\nThe next 10:");
      for (int i = 0; i < 10 && people.hasNext(); i++) {
        print(people.next());
      }

      List<Person> rest = new ArrayList<>();
      people.forEachRemaining(rest::add);
      System.out.println("\nThe rest, " + rest.size() + " of them:");
      print(rest.get(0));
      System.out.println("...");
      print(rest.get(rest.size() - 1));
    }
  }

  private static String findDuplicateCity(Handle handle) {
    CityCount duplicate =
        handle
            .createQuery(
                """
                SELECT city, count(*) AS people FROM people
                GROUP BY city HAVING count(*) > 1
                """)
            .map(ConstructorMapper.of(CityCount.class))
            .one();
    System.out.println("\nCity that occurs more than once: " + duplicate);
    return duplicate.city();
  }

  private static void move(Handle handle, String from, String to) {
    int rows =
        handle
            .createUpdate("UPDATE people SET city = :to WHERE city = :from")
            .bind("from", from)
            .bind("to", to)
            .execute();
    System.out.println("Moved from " + from + " to " + to + ": " + rows);
    printCount(handle);
  }

  private static void removeAllIn(Handle handle, String city) {
    int rows =
        handle.execute("DELETE FROM people WHERE city = ?", city);
    System.out.println("Removed from " + city + ": " + rows);
    printCount(handle);
  }

  // A second table, in JDBC again: nothing of it is saved before the commit.
  private static void createCities(DataSource dataSource)
      throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("DROP TABLE IF EXISTS cities");
      statement.execute(
          "CREATE TABLE cities (name varchar(40) PRIMARY KEY, state text)");
      int rows =
          statement.executeUpdate(
              "INSERT INTO cities VALUES"
                  + " ('Rustmore', 'Oregon'), ('Meridethton', 'Ohio')");
      connection.commit();
      System.out.println("\nCommitted the table cities: " + rows + " rows.");
    }
  }

  private static void printStates(Handle handle) {
    List<Resident> residents =
        handle
            .createQuery(
                """
                SELECT people.name, people.city, cities.state
                FROM people
                LEFT JOIN cities ON cities.name = people.city
                ORDER BY people.id LIMIT 3
                """)
            .map(ConstructorMapper.of(Resident.class))
            .list();
    System.out.println("The first three, with the state of their city:");
    for (Resident resident : residents) {
      String state = resident.state() == null ? "unknown" : resident.state();
      System.out.printf(
          "     %-21s %-16s %s%n", resident.name(), resident.city(), state);
    }
  }

  private static void printCount(Handle handle) {
    long count =
        handle
            .createQuery("SELECT count(*) FROM people")
            .mapTo(Long.class)
            .one();
    System.out.println("People in the table: " + count);
  }

  private static void print(Person person) {
    System.out.printf(
        "%3s  %-21s %-16s %s%n",
        person.id(), person.name(), person.city(), person.profession());
  }

  private static void fail(String message) {
    System.err.println(message);
    System.exit(1);
  }

  record Person(int id, String name, String city, String profession) {}

  record CityCount(String city, long people) {}

  record Resident(String name, String city, String state) {}
}
