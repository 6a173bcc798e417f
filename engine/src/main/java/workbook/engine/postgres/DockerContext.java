package workbook.engine.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import workbook.engine.Sha256;

/** Reads which engine the {@code docker} command is set to use ({@code docker context use}). */
final class DockerContext {
  static final String SIGN = "docker context";

  private static final Pattern CURRENT = Pattern.compile("\"currentContext\"\\s*:\\s*\"([^\"]+)\"");
  private static final Pattern HOST = Pattern.compile("\"Host\"\\s*:\\s*\"([^\"]+)\"");

  private DockerContext() {}

  static Optional<String> endpoint(Map<String, String> environment, Path home) {
    Path folder =
        Optional.ofNullable(environment.get("DOCKER_CONFIG"))
            .map(Path::of)
            .orElse(home.resolve(".docker"));
    return Optional.ofNullable(environment.get("DOCKER_CONTEXT"))
        .or(() -> value(folder.resolve("config.json"), CURRENT))
        .filter(name -> !name.equals("default"))
        .map(name -> folder.resolve("contexts/meta/" + Sha256.of(name) + "/meta.json"))
        .flatMap(file -> value(file, HOST));
  }

  private static Optional<String> value(Path file, Pattern pattern) {
    try {
      Matcher matcher = pattern.matcher(Files.exists(file) ? Files.readString(file) : "");
      return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
