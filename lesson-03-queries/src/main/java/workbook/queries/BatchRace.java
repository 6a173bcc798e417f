package workbook.queries;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.JdbiException;
import workbook.support.DatabaseSettings;
import workbook.support.EnvironmentException;

/** Inserts the same people in six ways and shows how long each took. */
public final class BatchRace {
  private static final int WARM_UP = 1_000;

  private BatchRace() {}

  /**
   * Runs the race in a table of its own, which is gone afterwards.
   *
   * @param arguments the settings file, {@code db_info.ini} if there is none,
   *     and the number of rows, 10000 if there is none
   */
  public static void main(String[] arguments) {
    Path file = Path.of(arguments.length == 0 ? "db_info.ini" : arguments[0]);
    try {
      int rows = rows(arguments.length < 2 ? "10000" : arguments[1]);
      run(DatabaseSettings.read(file, "workbook", System.getenv()), rows);
    } catch (EnvironmentException e) {
      fail(e.getMessage());
    } catch (SQLException | IOException | JdbiException e) {
      fail(
          "The race was stopped: %s%nThe settings came from [workbook] in %s."
              .formatted(e.getMessage(), file));
    }
  }

  private static void run(DatabaseSettings settings, int rows)
      throws SQLException, IOException {
    try (Connection connection = settings.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS race");
      statement.execute(
          """
          CREATE TABLE race (
            id SERIAL PRIMARY KEY,
            name varchar(50) NOT NULL,
            city varchar(40),
            profession varchar(60))
          """);
      try {
        print(race(new Inserts(settings), NewPerson.generate(rows), statement));
      } finally {
        statement.execute("DROP TABLE race");
      }
    }
  }

  private static List<Time> race(
      Inserts inserts, List<NewPerson> people, Statement judge)
      throws SQLException, IOException {
    List<Time> times = new ArrayList<>();
    for (Inserts.Way way : inserts.ways()) {
      System.out.printf(
          Locale.ROOT, "%s: %,d rows ", way.name(), people.size());
      // Java is slow at what it does for the first time; that does not count.
      way.insert().all(people.subList(0, Math.min(WARM_UP, people.size())));
      judge.execute("TRUNCATE race");
      long start = System.nanoTime();
      way.insert().all(new Progress<>(people));
      double millis = (System.nanoTime() - start) / 1e6;
      System.out.println();
      times.add(new Time(way.name(), millis, count(judge)));
    }
    return times;
  }

  private static long count(Statement judge) throws SQLException {
    try (ResultSet count = judge.executeQuery("SELECT count(*) FROM race")) {
      count.next();
      return count.getLong(1);
    }
  }

  private static void print(List<Time> times) {
    times.sort(Comparator.comparingDouble(Time::millis));
    double fastest = times.get(0).millis();
    System.out.println();
    for (Time time : times) {
      double factor = time.millis() / fastest;
      System.out.printf(
          Locale.ROOT,
          "%-21s %-20s %,8.0f ms %6.1f x %,8d rows%n",
          time.name(),
          bar(factor),
          time.millis(),
          factor,
          time.rows());
    }
    System.out.println("(Two signs more in a bar: twice the time.)");
  }

  // In proportion to the time, all but the slowest would be a single #.
  private static String bar(double factor) {
    return "#".repeat(1 + (int) Math.round(2 * Math.log(factor) / Math.log(2)));
  }

  private static int rows(String argument) {
    if (!argument.matches("[1-9][0-9]{0,6}")) {
      throw new EnvironmentException(
          "%s is no number of rows. Use a whole number from 1 to 9999999."
              .formatted(argument));
    }
    return Integer.parseInt(argument);
  }

  private static void fail(String message) {
    System.err.println(message);
    System.exit(1);
  }

  private record Time(String name, double millis, long rows) {}
}
