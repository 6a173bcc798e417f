package workbook.engine.playground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import workbook.engine.Folders;
import workbook.engine.postgres.Cluster;
import workbook.support.DatabaseSettings;
import workbook.support.EnvironmentException;

class PlaygroundTest {
  private static final Path ROOT = Path.of("target", "my wörkbook").toAbsolutePath();
  private static final Path WORK = ROOT.resolve(".workbook");
  private static final Path FOLDER = WORK.resolve("playground");
  private static final Path PID = FOLDER.resolve("data/postmaster.pid");
  private static final Path INFO = ROOT.resolve("db_info.ini");
  private static final String OWN = "[workbook]\nhost=db.example\ndbname=d\nuser=me\npassword=p\n";

  private final Playground playground = new Playground(ROOT);
  private final List<String> said = new ArrayList<>();

  @BeforeEach
  @AfterEach
  void clear() throws IOException {
    new Cluster(FOLDER).stop("fast");
    Files.deleteIfExists(INFO);
    Files.createDirectories(ROOT);
    said.clear();
  }

  @Test
  void is_made_at_the_first_start_and_says_where_it_is() throws Exception {
    Folders.delete(FOLDER);
    assertThat(playground.status()).startsWith("none yet");

    playground.start(said::add);

    assertThat(said)
        .contains("db_info.ini is written; programs find the playground through it.")
        .last()
        .isEqualTo("The playground runs at localhost:" + settings().port() + ".");
    assertThat(playground.status()).isEqualTo("runs at localhost:" + settings().port());
    assertThat(ask("SELECT current_user || ' ' || current_database()"))
        .isEqualTo("workbook workbook");
    assertThat(ask("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")).isEqualTo("f");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "fa-IR", "th-TH-u-ca-buddhist-nu-thai"})
  void writes_the_port_in_digits_that_programs_read(String language) throws Exception {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(language));
      playground.start(said::add);
    } finally {
      Locale.setDefault(before);
    }

    assertThat(Files.readString(INFO)).containsPattern("port=[0-9]+\n");
    assertThat(ask("SELECT 1")).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void goes_on_where_its_own_settings_are_damaged(boolean named) throws Exception {
    playground.start(said::add);
    Files.write(FOLDER.resolve("db_info.ini"), new byte[0]);
    if (!named) {
      Files.delete(INFO);
    }

    Playground again = new Playground(ROOT);
    again.start(said::add);

    assertThat(again.status()).isEqualTo("runs at localhost:" + settings().port());
    assertThat(ask("SELECT current_user")).isEqualTo("workbook");
  }

  @Test
  void writes_a_file_that_only_its_owner_reads_and_that_is_a_service_file() throws Exception {
    playground.start(said::add);

    assertThat(Folders.isOpenToOthers(INFO)).isFalse();
    System.setProperty("org.postgresql.pgservicefile", INFO.toString());
    try (Connection connection =
        DriverManager.getConnection("jdbc:postgresql://?service=workbook")) {
      assertThat(connection.isValid(1)).isTrue();
    } finally {
      System.clearProperty("org.postgresql.pgservicefile");
    }
  }

  @Test
  void keeps_its_data_and_settings_when_it_is_stopped() throws Exception {
    playground.start(said::add);
    execute("DROP TABLE IF EXISTS kept; CREATE TABLE kept (n int)");
    String info = Files.readString(INFO);

    playground.stop(said::add);
    assertThat(playground.status()).startsWith("stopped, its data are kept");
    playground.ensureStarted(said::add);

    assertThat(ask("SELECT count(*) FROM kept")).isEqualTo("0");
    String port = "port=" + settings().port();
    assertThat(INFO).hasContent(hasMoved() ? info.replaceFirst("port=[0-9]+", port) : info);
  }

  @Test
  void says_nothing_when_it_is_ready() {
    playground.start(said::add);
    said.clear();

    playground.ensureStarted(said::add);

    assertThat(said).isEmpty();
  }

  @Test
  void is_empty_after_a_reset_though_somebody_is_connected() throws Exception {
    playground.start(said::add);
    execute("CREATE TABLE gone (n int)");
    try (Connection connection = settings().dataSource().getConnection()) {
      playground.reset(said::add);
      assertThat(connection.isValid(1)).isFalse();
    }

    assertThat(ask("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")).isEqualTo("0");
    assertThat(said).last().asString().startsWith("The playground is empty, and runs at");
  }

  @Test
  void starts_nothing_beside_a_server_of_the_learners_own() throws Exception {
    Files.writeString(INFO, OWN);

    playground.start(said::add);
    playground.ensureStarted(said::add);

    assertThat(said)
        .containsExactly(
            "Nothing started: you have a server of your own, db.example:5432, as db_info.ini says. To have a playground, move that file away and try again.");
    assertThat(INFO).hasContent(OWN);
    assertThat(playground.isRunning()).isFalse();
  }

  @Test
  void never_empties_a_server_of_the_learners_own() throws Exception {
    Files.writeString(INFO, OWN);

    assertThatThrownBy(() -> playground.reset(said::add))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageStartingWith("Nothing reset: you have a server of your own, db.example:5432");
  }

  @Test
  void leaves_a_file_alone_that_the_learner_experiments_with() throws Exception {
    String experiment;
    do {
      clear();
      playground.start(said::add);
      experiment = Files.readString(INFO).replaceFirst("password=.*", "password=wrong");
      Files.writeString(INFO, experiment);
      playground.stop(said::add);
      said.clear();
      playground.start(said::add);
    } while (hasMoved());

    assertThat(INFO).hasContent(experiment);
    assertThat(playground.status()).contains("but db_info.ini says otherwise: ./workbook db start");
    assertThat(playground.isRunning()).isTrue();
    assertThatThrownBy(playground::requireConnection)
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("as db_info.ini says: FATAL: password authentication failed")
        .hasMessageContaining("(SQLSTATE 28P01). Correct db_info.ini, or let it be mended: ")
        .hasMessageNotContaining("wrong");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[workbook]",
        "[wrokbook]\nhost=localhost\ndbname=d\nuser=me\npassword=p",
        "[workbook]\ndbname=d\nuser=me",
        "[workbook]\nhost localhost",
        "[workbook\ndbname=d",
        "[workbook]\nport=x\ndbname=d\nuser=me\npassword=p"
      })
  void starts_nothing_while_its_file_is_broken(String text) throws Exception {
    Files.writeString(INFO, text);

    assertThatThrownBy(() -> playground.start(said::add))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining(INFO.toString())
        .hasMessageContaining("./workbook db start --mend keeps a copy of db_info.ini");
    assertThatThrownBy(() -> playground.ensureStarted(said::add))
        .isInstanceOf(EnvironmentException.class);
    assertThat(said).isEmpty();
    assertThat(INFO).hasContent(text);
    assertThat(playground.status()).contains(", but: ").contains(INFO.toString());
  }

  @Test
  void mends_a_broken_file_when_told_and_keeps_it() throws Exception {
    String text = "[workbook]\nport=x\ndbname=d\nuser=me\npassword=p";
    Files.writeString(INFO, text);

    playground.mend(said::add);

    Path kept = Path.of(said.get(0).replaceFirst("The old db_info.ini is kept: ", ""));
    assertThat(kept).hasContent(text);
    Files.delete(kept);
    assertThat(playground.requireConnection()).startsWith("18");
  }

  @Test
  void mends_nothing_that_is_right_or_the_learners_own() throws Exception {
    playground.mend(said::add);
    String right = Files.readString(INFO);
    playground.mend(said::add);
    assertThat(INFO).hasContent(right);

    Files.writeString(INFO, OWN);
    playground.mend(said::add);

    assertThat(INFO).hasContent(OWN);
    assertThat(said).last().asString().startsWith("Nothing started: you have a server of your own");
  }

  @Test
  void tells_that_a_variable_leads_programs_astray() {
    Playground astray = new Playground(ROOT, Map.of("PGPASSWORD", "other"));
    astray.start(said::add);

    assertThatThrownBy(astray::requireConnection)
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("as db_info.ini with PGPASSWORD says")
        .hasMessageEndingWith("Unset PGPASSWORD: the file by itself is right.");
  }

  @Test
  void moves_to_another_port_when_its_own_is_taken_and_tells_so() throws Exception {
    try (ServerSocket other = portOfThePlayground()) {
      int port = other.getLocalPort();
      Files.writeString(INFO, Files.readString(INFO) + "[other]\nport=1\n");

      playground.start(said::add);

      assertThat(settings().port()).isGreaterThan(port);
      assertThat(said).anyMatch(line -> line.startsWith("Another program has port " + port));
      assertThat(ask("SELECT 1")).isEqualTo("1");
      assertThat(Files.readString(INFO)).endsWith("[other]\nport=1\n");
    }
  }

  private boolean hasMoved() {
    return said.stream().anyMatch(line -> line.startsWith("Another program has port"));
  }

  // As soon as the playground has left its port, anybody on this computer may take it.
  private ServerSocket portOfThePlayground() throws IOException {
    for (int attempt = 1; ; attempt++) {
      playground.start(said::add);
      playground.stop(said::add);
      try {
        return new ServerSocket(settings().port(), 1, InetAddress.getByName("127.0.0.1"));
      } catch (BindException e) {
        if (attempt == 10) {
          throw e;
        }
      }
    }
  }

  @Test
  void starts_although_another_process_has_the_number_of_its_old_server() throws Exception {
    playground.start(said::add);
    List<String> lines = new ArrayList<>(Files.readAllLines(PID));
    playground.stop(said::add);
    lines.set(0, Long.toString(ProcessHandle.current().pid()));
    Files.write(PID, lines);

    assertThat(playground.isRunning()).isFalse();
    playground.start(said::add);

    assertThat(ask("SELECT 1")).isEqualTo("1");
  }

  @Test
  void recovers_when_its_server_was_killed() throws Exception {
    playground.start(said::add);
    execute("DROP TABLE IF EXISTS kept; CREATE TABLE kept (n int)");
    long pid = Long.parseLong(Files.readAllLines(PID).get(0));
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    // It takes the system a moment to end a process.
    while (playground.isRunning()) {
      Thread.sleep(5);
    }

    playground.ensureStarted(said::add);

    assertThat(ask("SELECT count(*) FROM kept")).isEqualTo("0");
  }

  @Test
  void does_not_touch_data_of_another_version_but_sets_them_aside_when_told() throws Exception {
    playground.start(said::add);
    playground.stop(said::add);
    Path version = FOLDER.resolve("data/PG_VERSION");
    Files.writeString(version, "17\n");

    assertThatThrownBy(() -> playground.start(said::add))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("are PostgreSQL 17's, and this workbook brings 18")
        .hasMessageContaining("./workbook db reset");
    assertThat(version).hasContent("17");

    playground.reset(said::add);

    String kept = said.stream().filter(line -> line.startsWith("The old data")).findFirst().get();
    Path aside = Path.of(kept.replaceFirst(".* in ", "").replaceFirst("\\.$", ""));
    assertThat(aside.resolve("data/PG_VERSION")).hasContent("17");
    assertThat(said).last().asString().contains("db_info.ini says otherwise");
    Folders.delete(aside);
  }

  @Test
  void outlives_the_program_that_started_it() throws Exception {
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dfile.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                StartPlayground.class.getName(),
                ROOT.toString())
            .start();
    // Would a server hold the program's output, this would never end.
    program.getInputStream().readAllBytes();
    program.getErrorStream().readAllBytes();

    assertThat(program.waitFor()).isZero();
    assertThat(ask("SELECT 1")).isEqualTo("1");
  }

  private static DatabaseSettings settings() {
    return DatabaseSettings.read(INFO, "workbook", Map.of());
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = settings().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String ask(String query) throws SQLException {
    try (Connection connection = settings().dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery(query)) {
      results.next();
      return results.getString(1);
    }
  }

  /** A program that starts the playground and ends. */
  static final class StartPlayground {
    private StartPlayground() {}

    public static void main(String[] arguments) {
      new Playground(Path.of(arguments[0])).start(System.out::println);
    }
  }
}
