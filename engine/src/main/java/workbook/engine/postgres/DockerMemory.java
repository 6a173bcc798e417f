package workbook.engine.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import workbook.engine.Sha256;

/**
 * Why {@code auto} last did without Docker, so that not every command waits to learn it again.
 *
 * <p>It is forgotten after a quarter of an hour, and when the engine or a variable changes.
 */
final class DockerMemory {
  private static final long MILLIS = Duration.ofMinutes(15).toMillis();

  private final Path file;
  private final String circumstances;

  DockerMemory(Path workFolder, DockerEngine engine, Map<String, String> environment) {
    this.file = workFolder.resolve("docker");
    Map<String, String> variables = new TreeMap<>(environment);
    variables.keySet().removeIf(name -> !name.matches("(DOCKER|TESTCONTAINERS|WORKBOOK)_.*"));
    this.circumstances = Sha256.of(engine + " " + restarted(engine) + " " + variables);
  }

  /** Why Docker was of no use, if that is still so for all that is known. */
  Optional<String> reason() {
    try {
      List<String> lines = Files.readAllLines(file);
      long age = System.currentTimeMillis() - Long.parseLong(lines.get(0));
      boolean holds = age >= 0 && age < MILLIS && lines.get(1).equals(circumstances);
      return holds ? Optional.of(lines.get(2)) : Optional.empty();
    } catch (IOException | RuntimeException none) {
      return Optional.empty();
    }
  }

  void keep(String reason) {
    try {
      Files.createDirectories(file.getParent());
      String line = reason.lines().findFirst().orElse("");
      Files.write(file, List.of("" + System.currentTimeMillis(), circumstances, line));
    } catch (IOException forgotten) {
      // then the next command tries again
    }
  }

  // An engine that starts makes its socket anew.
  private static String restarted(DockerEngine engine) {
    try {
      return engine.endpoint().getScheme().equals("unix")
          ? Files.getLastModifiedTime(Path.of(engine.endpoint().getPath())).toString()
          : "";
    } catch (IOException gone) {
      return "gone";
    }
  }
}
