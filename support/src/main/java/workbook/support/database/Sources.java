package workbook.support.database;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import workbook.support.EnvironmentException;

/** Decides between Docker and the PostgreSQL that comes with the workbook. */
final class Sources {
  // With the engine's own two seconds this stays below the fifteen that a learner may wait.
  private static final Duration AUTO = Duration.ofSeconds(12);
  private static final Duration BY_NAME = Duration.ofMinutes(10);
  private static final String INSTEAD =
      "Start Docker, or take another source: WORKBOOK_DATABASE=embedded";

  private Sources() {}

  /** Docker if it answers and has the image or can get it at once; else the embedded one. */
  static ThrowawayServer auto(Path workFolder, Consumer<String> progress) {
    Optional<DockerEngine> engine = DockerEngine.find();
    String reason = "no sign of a Docker engine";
    if (engine.isPresent()) {
      try {
        return docker(engine.get(), workFolder, AUTO, " (auto: the engine answers)", progress);
      } catch (EnvironmentException e) {
        reason = e.getMessage();
      }
    }
    return EmbeddedServer.open(workFolder, " (auto: " + reason + ")", progress);
  }

  /** Docker because it was asked for. */
  static ThrowawayServer docker(Path workFolder, Consumer<String> progress) {
    DockerEngine engine =
        DockerEngine.find()
            .orElseThrow(
                () ->
                    new EnvironmentException(
                        "%s=docker, but there is no sign of a Docker engine: no DOCKER_HOST, no docker.sock. %s"
                            .formatted(ThrowawayServer.PROPERTY, INSTEAD)));
    try {
      return docker(engine, workFolder, BY_NAME, "", progress);
    } catch (EnvironmentException e) {
      throw new EnvironmentException(
          "%s=docker, but %s. %s".formatted(ThrowawayServer.PROPERTY, e.getMessage(), INSTEAD), e);
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
    ifNot(
        "image " + image + " cannot be had: ",
        () -> Deadline.within(limit, () -> DockerServer.prepare(image, progress)));
    return ifNot(
        "image " + image + " does not start: ", () -> DockerServer.open(workFolder, image, why));
  }

  private static <T> T ifNot(String failure, Callable<T> work) {
    try {
      return work.call();
    } catch (Exception e) {
      throw new EnvironmentException(failure + Deadline.reason(e), e);
    }
  }
}
