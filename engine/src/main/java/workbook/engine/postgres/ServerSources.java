package workbook.engine.postgres;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import workbook.engine.Deadline;
import workbook.support.EnvironmentException;

/** Decides between Docker and the PostgreSQL that comes with the workbook. */
final class ServerSources {
  // With two seconds for the engine's first answer, a learner waits less than fifteen.
  private static final Duration AUTO = Duration.ofSeconds(9);
  private static final Duration DIAGNOSIS = Duration.ofMillis(2500);
  private static final Duration READY = Duration.ofSeconds(30);
  private static final Duration BY_NAME = Duration.ofMinutes(10);
  private static final String INSTEAD =
      "Mend that, or take another source: WORKBOOK_DATABASE=embedded";
  private static final Pattern ENGINE_SAYS =
      Pattern.compile("^Status \\d+: \\{\"message\":\"(.*)\"}$");

  private ServerSources() {}

  /** Docker if it answers and has the image or can get it at once; else the embedded one. */
  static ThrowawayServer auto(
      Optional<DockerEngine> engine, Path workFolder, Consumer<String> progress) {
    String reason = "no sign of a Docker engine";
    if (engine.isPresent()) {
      DockerMemory memory = new DockerMemory(workFolder, engine.get(), System.getenv());
      Optional<String> known = memory.reason();
      if (known.isPresent()) {
        return EmbeddedServer.open(workFolder, " (auto: " + known.get() + ")", progress);
      }
      try {
        return docker(engine.get(), workFolder, AUTO, " (auto: the engine answers)", progress);
      } catch (EnvironmentException e) {
        reason = e.getMessage();
        memory.keep(reason);
        progress.accept("Docker is not tried again for a quarter of an hour: " + reason);
      }
    }
    return EmbeddedServer.open(workFolder, " (auto: " + reason + ")", progress);
  }

  /**
   * Tries what {@code auto} tries, but for the image.
   *
   * @return the engine's version
   * @throws EnvironmentException with the reason why {@code auto} does without Docker
   */
  static String diagnosis(DockerEngine engine, Path workFolder) {
    DockerMemory memory = new DockerMemory(workFolder, engine, System.getenv());
    Optional<String> known = memory.reason();
    if (known.isPresent()) {
      throw new EnvironmentException(known.get());
    }
    String version = engine.version();
    ifNot(
        "Testcontainers cannot use the engine: ",
        () -> Deadline.within(DIAGNOSIS, DockerServer::prepare));
    return version;
  }

  /** Docker because it was asked for. */
  static ThrowawayServer docker(
      Optional<DockerEngine> engine, Path workFolder, Consumer<String> progress) {
    if (engine.isEmpty()) {
      throw new EnvironmentException(
          "%s=docker, but there is no sign of a Docker engine: no DOCKER_HOST, no docker.sock. %s"
              .formatted(ThrowawayServer.setting(), INSTEAD));
    }
    try {
      return docker(engine.get(), workFolder, BY_NAME, "", progress);
    } catch (EnvironmentException e) {
      throw new EnvironmentException(
          "%s=docker, but %s. %s".formatted(ThrowawayServer.setting(), e.getMessage(), INSTEAD), e);
    }
  }

  private static ThrowawayServer docker(
      DockerEngine engine, Path workFolder, Duration limit, String why, Consumer<String> progress) {
    if (engine.sign().equals(DockerContext.SIGN)) {
      throw new EnvironmentException(
          "Testcontainers does not see the engine of your docker context; set DOCKER_HOST="
              + engine.endpoint());
    }
    String image = DockerServer.image();
    ifNot("the Docker engine does not answer at ", engine::version);
    long end = System.nanoTime() + limit.toNanos();
    ifNot(
        "image " + image + " cannot be had: ",
        () -> Deadline.within(limit, () -> DockerServer.pull(image, progress)));
    ifNot(
        "Testcontainers cannot use the engine: ",
        () -> Deadline.within(readyBy(end), DockerServer::prepare));
    return ifNot(
        "image " + image + " does not start: ", () -> DockerServer.open(workFolder, image, why));
  }

  // Once the engine answers and the image is there, nothing is left that may take long.
  private static Duration readyBy(long end) {
    Duration left = Duration.ofNanos(end - System.nanoTime());
    return left.compareTo(READY) < 0 ? left : READY;
  }

  private static <T> T ifNot(String failure, Callable<T> work) {
    try {
      return work.call();
    } catch (Exception e) {
      Matcher says = ENGINE_SAYS.matcher(Deadline.reason(e));
      String reason = says.matches() ? says.group(1).replace("\\\"", "\"") : Deadline.reason(e);
      throw new EnvironmentException(failure + reason, e);
    }
  }
}
