package workbook.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import workbook.cli.CommandLineOf;
import workbook.cli.CommandLineOf.Outcome;
import workbook.cli.terminal.CommandContext;
import workbook.support.DatabaseSettings;

class DbCommandTest {
  private CommandLineOf user;
  private Path info;

  @BeforeEach
  void begin() throws IOException {
    user = CommandLineOf.user(Map.of());
    info = user.root().resolve("db_info.ini");
    Files.deleteIfExists(info);
  }

  @AfterEach
  void stop() throws IOException {
    user.run("db", "stop");
    Files.deleteIfExists(info);
  }

  @Test
  void starts_shows_empties_and_stops_the_playground() {
    Outcome start = user.run("db", "start");
    Outcome status = user.run("db", "status");
    Outcome reset = user.run("db", "reset", "--yes");
    Outcome stop = user.run("db", "stop");

    assertThat(List.of(start.status(), status.status(), reset.status(), stop.status()))
        .containsOnly(0);
    assertThat(start.out()).contains("The playground runs at localhost:");
    assertThat(status.out()).startsWith("Playground: runs at localhost:");
    assertThat(reset.out()).startsWith("The playground is empty");
    assertThat(stop.out()).startsWith("The playground is stopped");
  }

  @Test
  void opens_the_playground_without_psql_and_says_so_only_to_who_types() {
    Outcome psql = user.run("db", "psql", "-c", "SELECT 1 AS one");

    assertThat(psql.status()).isZero();
    assertThat(psql.out().lines()).containsExactly(" one", "-----", "   1", "(1 row)");
  }

  @Test
  void ends_with_psqls_own_status_for_a_statement_that_fails() {
    Outcome psql = user.run("db", "psql", "-c", "SELECT nonsense");

    assertThat(psql.status()).isEqualTo(1);
    assertThat(psql.err()).contains("column \"nonsense\" does not exist").contains("42703");
  }

  @Test
  void says_that_the_stand_in_knows_no_more_than_that() {
    Outcome psql = user.run("db", "psql", "-f", "script.sql");

    assertThat(psql.status()).isEqualTo(2);
    assertThat(psql.err()).contains("its stand-in knows -c SQL only, not -f script.sql");
  }

  @Test
  void gives_psql_the_password_where_nobody_else_sees_it(@TempDir Path folder) throws IOException {
    Path seen = folder.resolve("seen");
    boolean windows = File.separatorChar == '\\';
    Path psql = folder.resolve(windows ? "psql.cmd" : "psql");
    Files.writeString(
        psql,
        windows
            ? "@echo %*;%PGPORT%;%PGPASSWORD%> \"" + seen + "\"\r\n@exit 3\r\n"
            : "#!/bin/sh\necho \"$*;$PGPORT;$PGPASSWORD\" > '" + seen + "'\nexit 3\n");
    psql.toFile().setExecutable(true);

    Outcome outcome =
        new CommandLineOf(user.root(), Map.of("PATH", folder.toString()))
            .run("db", "psql", "-c", "SELECT 1", "--csv");

    DatabaseSettings settings = DatabaseSettings.read(info, "workbook", Map.of());
    assertThat(outcome.status()).isEqualTo(3);
    assertThat(Files.readString(seen).strip().replace("\"", ""))
        .isEqualTo("-c SELECT 1 --csv;" + settings.port() + ";" + settings.password());
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the stand-in for psql is a shell script")
  void hides_from_psql_what_the_shell_says_of_other_servers(@TempDir Path folder)
      throws IOException {
    Path seen = folder.resolve("seen");
    Path psql = folder.resolve("psql");
    Files.writeString(psql, "#!/bin/sh\nexport -p > '" + seen + "'\n");
    psql.toFile().setExecutable(true);
    Map<String, String> shell = new HashMap<>(Map.of("PATH", folder.toString(), "PGTZ", "UTC"));
    for (String name :
        List.of(
            "SERVICE", "SERVICEFILE", "HOSTADDR", "SSLMODE", "OPTIONS", "PASSFILE", "APPNAME")) {
      shell.put("PG" + name, "production");
    }

    new CommandLineOf(user.root(), shell).run("db", "psql", "-c", "SELECT 1");

    assertThat(Files.readString(seen)).contains("PGHOST", "PGTZ").doesNotContain("production");
  }

  @Test
  void never_empties_a_server_of_the_learners_own() throws IOException {
    Files.writeString(info, "[workbook]\nhost=127.0.0.1\nport=1\ndbname=d\nuser=me\npassword=p\n");

    Outcome start = user.run("db", "start");
    Outcome reset = user.run("db", "reset");
    Outcome psql = user.run("db", "psql", "-c", "SELECT 1");

    assertThat(psql.status()).isEqualTo(3);
    assertThat(psql.err()).startsWith("Programs cannot connect to me@127.0.0.1:1/d");
    assertThat(start.status()).isEqualTo(3);
    assertThat(start.out()).startsWith("Nothing started: you have a server of your own");
    assertThat(start.err()).startsWith("Programs cannot connect to me@127.0.0.1:1/d");
    assertThat(reset.status()).isEqualTo(3);
    assertThat(reset.err()).startsWith("Nothing reset: you have a server of your own");
  }

  @Test
  void fails_while_the_settings_file_is_broken_and_mends_it_when_told() throws IOException {
    Files.writeString(info, "[workbook]\nhost localhost\n");

    Outcome start = user.run("db", "start");
    Outcome psql = user.run("db", "psql", "-c", "SELECT 1");
    Outcome mend = user.run("db", "start", "--mend");
    Outcome again = user.run("db", "psql", "-c", "SELECT 1");

    assertThat(List.of(start.status(), psql.status())).containsOnly(3);
    assertThat(start.err())
        .startsWith(info + ", line 2 is neither a [section]")
        .contains("./workbook db start --mend");
    assertThat(start.out()).isEmpty();
    assertThat(mend.status()).isZero();
    assertThat(mend.out()).startsWith("The old db_info.ini is kept: ");
    assertThat(again.status()).isZero();
  }

  @Test
  void deletes_nothing_before_somebody_says_yes() {
    user.run("db", "psql", "-c", "CREATE TABLE kept (n int)");

    Outcome nobody = user.run("db", "reset");
    String no = reset("n\n");
    String nothing = reset("");
    Outcome kept = user.run("db", "psql", "-c", "SELECT count(*) FROM kept");
    String yes = reset(" Y");
    Outcome gone = user.run("db", "psql", "-c", "SELECT count(*) FROM kept");

    assertThat(nobody.status()).isEqualTo(2);
    assertThat(nobody.err())
        .startsWith("This deletes all tables in the playground, and there is no terminal")
        .contains("./workbook db reset --yes");
    assertThat(List.of(no, nothing)).containsOnly("Nothing is deleted.");
    assertThat(kept.status()).isZero();
    assertThat(yes).startsWith("The playground is empty");
    assertThat(gone.err()).contains("42P01");
  }

  private String reset(String answer) {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out);
    CommandContext context = new CommandContext(user.root(), writer, writer, Map.of());
    new CommandLine(new DbCommand(context, question -> Optional.of(answer))).execute("reset");
    return out.toString().strip();
  }

  @Test
  void asks_what_to_do() {
    Outcome nothing = user.run("db");

    assertThat(nothing.status()).isEqualTo(2);
    assertThat(nothing.err()).startsWith("What shall be done? One of start, stop,");
  }
}
