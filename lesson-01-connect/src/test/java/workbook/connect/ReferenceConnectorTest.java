package workbook.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.connect.reference.ReferenceConnector;

/** Checks the reference: if it passes and yours does not, look at yours. */
class ReferenceConnectorTest extends ConnectorChecks {
  @Override
  public Connector answer() {
    return new ReferenceConnector();
  }

  @Test
  void the_example_in_the_contract_is_what_it_says(@TempDir Path folder)
      throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("settings.ini"),
            """
            # where the library's database is
            [library]
            host = db.example.org
            Password: a=b;c
            """);

    assertThat(answer().readSection(file, "library"))
        .isEqualTo(Map.of("host", "db.example.org", "password", "a=b;c"));
  }
}
