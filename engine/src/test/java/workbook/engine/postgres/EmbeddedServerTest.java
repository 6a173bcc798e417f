package workbook.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import workbook.support.DatabaseSettings;

class EmbeddedServerTest {
  // Its own, with a difficult name: whoever opens a server cleans up behind dead ones.
  private static final Path WORK = Path.of("target", "wörk folder").toAbsolutePath();
  private static final Path RUNS = WORK.resolve("runs");

  @Test
  void serves_an_administrator() throws SQLException {
    try (EmbeddedServer server = open()) {
      assertThat(ask(server.admin(), "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
          .isEqualTo("t");
      assertThat(ask(server.admin(), "SHOW server_version")).startsWith("18.");
      assertThat(server.description()).startsWith("embedded PostgreSQL 18.");
    }
  }

  @Test
  void asks_for_the_password_also_by_tcp_from_this_machine() {
    try (EmbeddedServer server = open()) {
      DatabaseSettings admin = server.admin();
      DatabaseSettings guess =
          new DatabaseSettings(
              admin.host(), admin.port(), admin.dbname(), admin.user(), "postgres");

      assertThatThrownBy(() -> ask(guess, "SELECT 1"))
          .isInstanceOf(SQLException.class)
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("28P01");
    }
  }

  @Test
  void makes_its_template_anew_where_a_part_is_gone() throws Exception {
    open().close();
    try (Stream<Path> made = Files.list(WORK)) {
      Path template =
          made.filter(it -> it.toString().endsWith("-template")).findAny().orElseThrow();
      Files.delete(template.resolve("data/global/pg_control"));
    }

    try (EmbeddedServer server = open()) {
      assertThat(ask(server.admin(), "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void leaves_nothing_when_closed_even_twice() throws IOException {
    Set<Path> before = runs();
    EmbeddedServer server = open();

    server.close();
    server.close();

    assertThat(runs()).isEqualTo(before);
    assertThat(Ports.isFree(server.admin().port())).isTrue();
  }

  @Test
  void serves_several_runs_at_once() {
    List<EmbeddedServer> servers = IntStream.range(0, 3).parallel().mapToObj(i -> open()).toList();

    assertThat(servers)
        .allSatisfy(server -> assertThat(ask(server.admin(), "SELECT 1")).isEqualTo("1"))
        .extracting(server -> server.admin().port())
        .doesNotHaveDuplicates();
    servers.forEach(EmbeddedServer::close);
  }

  @Test
  void is_cleaned_up_by_the_next_run_when_its_own_was_killed() throws Exception {
    Process run = start();
    int port = Integer.parseInt(firstLine(run));
    Path data = runsOf(run).iterator().next().resolve("data").toRealPath();
    run.destroyForcibly().waitFor();
    assertThat(Ports.isFree(port)).isFalse();

    try (EmbeddedServer next = open()) {
      assertThat(Ports.isFree(port)).isTrue();
      assertThat(runsOf(run)).isEmpty();
      assertThat(data).doesNotExist();
      assertThat(ask(next.admin(), "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void is_left_alone_by_other_runs_while_its_own_lives() throws Exception {
    Process run = start();
    int port = Integer.parseInt(firstLine(run));

    open().close();

    assertThat(Ports.isFree(port)).isFalse();
    run.destroyForcibly().waitFor();
    open().close();
  }

  @Test
  void ends_with_a_run_that_is_interrupted() throws Exception {
    Process run = start();
    int port = Integer.parseInt(firstLine(run));
    Path data = runsOf(run).iterator().next().resolve("data").toRealPath();

    run.destroy();

    assertThat(run.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(Ports.isFree(port)).isTrue();
    assertThat(runsOf(run)).isEmpty();
    assertThat(data).doesNotExist();
  }

  private static EmbeddedServer open() {
    return EmbeddedServer.open(WORK, "", System.out::println);
  }

  private static Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dfile.encoding=UTF-8",
            "-cp",
            System.getProperty("java.class.path"),
            OpenAndWait.class.getName(),
            WORK.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String firstLine(Process process) throws IOException {
    return new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
        .readLine();
  }

  private static Set<Path> runsOf(Process process) throws IOException {
    return runs().stream()
        .filter(run -> run.getFileName().toString().startsWith(process.pid() + "-"))
        .collect(Collectors.toSet());
  }

  private static Set<Path> runs() throws IOException {
    Files.createDirectories(RUNS);
    try (Stream<Path> runs = Files.list(RUNS)) {
      return runs.collect(Collectors.toSet());
    }
  }

  private static String ask(DatabaseSettings settings, String query) throws SQLException {
    try (Connection connection = settings.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery(query)) {
      results.next();
      return results.getString(1);
    }
  }
}
