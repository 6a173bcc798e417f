package workbook.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.support.EnvironmentException;

class DockerEngineTest {
  @TempDir private Path home;

  @Test
  void is_where_docker_host_says() {
    Map<String, String> environment = Map.of("DOCKER_HOST", "tcp://there:2375");

    assertThat(DockerEngine.find(environment, home))
        .contains(new DockerEngine(URI.create("tcp://there:2375"), "DOCKER_HOST"));
  }

  @Test
  void is_where_testcontainers_is_told_to_look() throws IOException {
    Files.writeString(home.resolve(".testcontainers.properties"), "docker.host=tcp\\://there:1\n");

    assertThat(DockerEngine.find(Map.of(), home))
        .contains(new DockerEngine(URI.create("tcp://there:1"), "docker.host"));
  }

  @Test
  void of_the_docker_context_is_known_by_its_file() throws IOException {
    Files.createDirectories(home.resolve(".docker"));
    Files.writeString(home.resolve(".docker/config.json"), "{ \"currentContext\": \"colima\" }");
    // the SHA-256 of "colima"
    Path meta =
        home.resolve(
            ".docker/contexts/meta/f24fd3749c1368328e2b149bec149cb6795619f244c5b584e844961215dadd16");
    Files.createDirectories(meta);
    Files.writeString(
        meta.resolve("meta.json"), "{\"Endpoints\":{\"docker\":{\"Host\":\"unix:///colima\"}}}");

    assertThat(DockerContext.endpoint(Map.of(), home)).contains("unix:///colima");
  }

  @Test
  void tells_its_version() throws Exception {
    try (ServerSocket engine = listen()) {
      Thread thread =
          new Thread(() -> answer(engine, "HTTP/1.0 200 OK\r\n\r\n{\"Version\":\"28.0.1\"}"));
      thread.start();

      assertThat(at(engine).version()).isEqualTo("28.0.1");
      thread.join();
    }
  }

  @Test
  void has_two_seconds_to_answer() throws IOException {
    try (ServerSocket silent = listen()) {
      assertThatThrownBy(at(silent)::version)
          .isInstanceOf(EnvironmentException.class)
          .hasMessage("tcp://127.0.0.1:%s: no answer within 2 s", silent.getLocalPort());
    }
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
  }

  private static DockerEngine at(ServerSocket socket) {
    return new DockerEngine(URI.create("tcp://127.0.0.1:" + socket.getLocalPort()), "DOCKER_HOST");
  }

  private static void answer(ServerSocket engine, String text) {
    try (Socket socket = engine.accept()) {
      socket.getInputStream().read(new byte[1024]);
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
