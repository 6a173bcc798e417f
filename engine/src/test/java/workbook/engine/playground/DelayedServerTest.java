package workbook.engine.playground;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import workbook.engine.postgres.ThrowawayServer;
import workbook.support.DatabaseSettings;

class DelayedServerTest {

  @Test
  void each_round_trip_takes_longer() throws Exception {
    try (ThrowawayServer server = ThrowawayServer.open(ThrowawayServer.configured(), line -> {})) {
      DatabaseSettings admin = server.admin();
      try (DelayedServer relay =
              DelayedServer.start(admin.host(), admin.port(), Duration.ofMillis(20));
          Connection connection = through(relay, admin);
          Statement statement = connection.createStatement()) {
        long start = System.nanoTime();
        for (int trip = 0; trip < 10; trip++) {
          statement.execute("SELECT 1");
        }
        Duration taken = Duration.ofNanos(System.nanoTime() - start);

        // Only a lower bound: a machine may be busy with other things.
        assertThat(taken).isGreaterThanOrEqualTo(Duration.ofMillis(180));
      }
    }
  }

  private static Connection through(DelayedServer relay, DatabaseSettings admin) throws Exception {
    return new DatabaseSettings(
            "127.0.0.1", relay.port(), admin.dbname(), admin.user(), admin.password())
        .dataSource()
        .getConnection();
  }
}
