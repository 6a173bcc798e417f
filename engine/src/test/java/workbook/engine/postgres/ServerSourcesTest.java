package workbook.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import workbook.engine.ProjectRoot;
import workbook.support.EnvironmentException;

class ServerSourcesTest {
  @Test
  void auto_takes_the_embedded_server_where_there_is_no_sign_of_docker() {
    try (ThrowawayServer server =
        ServerSources.auto(Optional.empty(), ProjectRoot.workFolder(), line -> {})) {
      assertThat(server.description()).endsWith(" (auto: no sign of a Docker engine)");
    }
  }

  @Test
  void auto_soon_gives_up_on_an_engine_that_is_silent() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      DockerEngine engine = engine(silent.getLocalPort());
      long start = System.nanoTime();

      try (ThrowawayServer server =
          ServerSources.auto(Optional.of(engine), ProjectRoot.workFolder(), line -> {})) {
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        assertThat(server.description())
            .endsWith(
                " (auto: the Docker engine does not answer at %s: no answer within 2 s)"
                    .formatted(engine.endpoint()));
      }
    }
  }

  @Test
  void docker_by_name_says_that_there_is_no_sign_of_it() {
    assertThatThrownBy(
            () -> ServerSources.docker(Optional.empty(), ProjectRoot.workFolder(), line -> {}))
        .isInstanceOf(EnvironmentException.class)
        .hasMessage(
            ThrowawayServer.setting()
                + "=docker, but there is no sign of a Docker engine: no DOCKER_HOST, no docker.sock. Mend that, or take another source: WORKBOOK_DATABASE=embedded");
  }

  @Test
  void docker_by_name_says_where_it_asked_and_what_came_back() {
    DockerEngine dead = engine(Ports.any());

    assertThatThrownBy(
            () -> ServerSources.docker(Optional.of(dead), ProjectRoot.workFolder(), line -> {}))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("does not answer at " + dead.endpoint() + ": Connection refused")
        .hasMessageEndingWith("WORKBOOK_DATABASE=embedded");
  }

  @Test
  void docker_by_name_says_how_to_use_the_engine_of_a_docker_context() {
    DockerEngine engine =
        new DockerEngine(URI.create("unix:///colima/docker.sock"), DockerContext.SIGN);

    assertThatThrownBy(
            () -> ServerSources.docker(Optional.of(engine), ProjectRoot.workFolder(), line -> {}))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("set DOCKER_HOST=unix:///colima/docker.sock");
  }

  private static DockerEngine engine(int port) {
    return new DockerEngine(URI.create("tcp://127.0.0.1:" + port), "DOCKER_HOST");
  }
}
