package workbook.support.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServerTest {
  @Test
  void serves_and_leaves_nothing(@TempDir Path folder) throws Exception {
    for (int i = 0; i < 5; i++) {
      long start = System.nanoTime();
      try (EmbeddedServer server =
          EmbeddedServer.open(folder.resolve("a ü"), "", System.out::println)) {
        System.out.println((System.nanoTime() - start) / 1000000 + " ms");
        try (Connection connection = server.admin().dataSource().getConnection()) {
          assertThat(connection.isValid(1)).isTrue();
        }
        start = System.nanoTime();
      }
      System.out.println("close " + (System.nanoTime() - start) / 1000000 + " ms");
    }
    assertThat(folder.resolve("a ü/runs")).isEmptyDirectory();
  }
}
