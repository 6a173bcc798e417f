package workbook.support.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import org.junit.jupiter.api.Test;

class TryTest {
  @Test
  void go() throws Exception {
    long start = System.nanoTime();
    try (ThrowawayServer server = ThrowawayServer.open(ThrowawayServer.configured(), System.out::println)) {
      System.out.println(server.description() + " " + (System.nanoTime() - start) / 1000000 + " ms");
      try (Connection connection = server.admin().dataSource().getConnection()) {
        assertThat(connection.isValid(1)).isTrue();
      }
      start = System.nanoTime();
    }
    System.out.println("close " + (System.nanoTime() - start) / 1000000 + " ms");
  }
}
