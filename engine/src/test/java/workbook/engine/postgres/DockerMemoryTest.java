package workbook.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerMemoryTest {
  private static final DockerEngine ENGINE =
      new DockerEngine(URI.create("tcp://127.0.0.1:1"), "DOCKER_HOST");

  @TempDir private Path folder;

  @Test
  void holds_until_the_engine_or_a_variable_changes() {
    memory(Map.of("HOME", "/a")).keep("it is silent");

    assertThat(memory(Map.of("HOME", "/b")).reason()).contains("it is silent");
    assertThat(memory(Map.of("DOCKER_TLS_VERIFY", "1")).reason()).isEmpty();
    assertThat(memory(Map.of("TESTCONTAINERS_HOST_OVERRIDE", "h")).reason()).isEmpty();
    DockerEngine other = new DockerEngine(URI.create("tcp://127.0.0.1:2"), "DOCKER_HOST");
    assertThat(new DockerMemory(folder, other, Map.of()).reason()).isEmpty();
  }

  @Test
  void holds_for_a_quarter_of_an_hour_and_not_for_times_to_come() throws IOException {
    memory(Map.of()).keep("it is silent");
    long now = System.currentTimeMillis();

    assertThat(since(now - Duration.ofMinutes(14).toMillis())).isTrue();
    assertThat(since(now - Duration.ofMinutes(16).toMillis())).isFalse();
    assertThat(since(now + Duration.ofMinutes(5).toMillis())).isFalse();
  }

  @Test
  void a_damaged_one_says_nothing() throws IOException {
    Files.writeString(folder.resolve("docker"), "");

    assertThat(memory(Map.of()).reason()).isEmpty();
  }

  private boolean since(long millis) throws IOException {
    Path file = folder.resolve("docker");
    List<String> lines = Files.readAllLines(file);
    Files.write(file, List.of(String.valueOf(millis), lines.get(1), lines.get(2)));
    return memory(Map.of()).reason().isPresent();
  }

  private DockerMemory memory(Map<String, String> environment) {
    return new DockerMemory(folder, ENGINE, environment);
  }
}
