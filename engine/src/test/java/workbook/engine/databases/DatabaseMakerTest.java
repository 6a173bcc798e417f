package workbook.engine.databases;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import workbook.engine.postgres.ThrowawayServer;

class DatabaseMakerTest {
  // Where a check was killed, such a database is left, and its role has privileges on it.
  @Test
  void a_role_goes_after_every_database_that_names_it() throws SQLException {
    try (ThrowawayServer server = ThrowawayServer.open(ThrowawayServer.configured(), line -> {});
        Connection admin = server.admin().dataSource().getConnection();
        Statement statement = admin.createStatement()) {
      String run = DatabaseMaker.newRun();
      try (DatabaseMaker maker = new DatabaseMaker(server, run)) {
        String name = maker.make().settings().dbname();
        statement.execute("CREATE DATABASE \"%s/50%%?\"".formatted(name));
        statement.execute("GRANT CONNECT ON DATABASE \"%s/50%%?\" TO %s".formatted(name, name));

        maker.dropAll();
      }

      assertThat(left(statement, run)).isEmpty();
    }
  }

  private static String left(Statement statement, String run) throws SQLException {
    String names =
        "SELECT string_agg(name, ', ') FROM (SELECT datname FROM pg_database"
            + " UNION ALL SELECT rolname FROM pg_roles) AS all_names (name)"
            + " WHERE name ~ '^"
            + run
            + "_[1-9]'";
    try (ResultSet found = statement.executeQuery(names)) {
      found.next();
      String left = found.getString(1);
      return left == null ? "" : left;
    }
  }
}
