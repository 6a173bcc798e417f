package workbook.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import workbook.cli.CommandLineOf;
import workbook.cli.CommandLineOf.Outcome;

class DoctorCommandTest {
  private CommandLineOf user;
  private Path info;

  @BeforeEach
  void begin() throws IOException {
    user = CommandLineOf.user(System.getenv());
    info = user.root().resolve("db_info.ini");
    Files.deleteIfExists(info);
  }

  @AfterEach
  void end() throws IOException {
    Files.deleteIfExists(info);
  }

  @Test
  void finds_everything_fine_on_a_machine_that_builds_the_workbook() {
    Outcome doctor = user.run("doctor");

    assertThat(doctor.out().lines())
        .extracting(line -> line.split("\\s+")[0] + " " + line.split("\\s+")[1])
        .containsExactly(
            "fine JDK",
            "fine Maven",
            "fine Docker",
            "fine PostgreSQL",
            "fine Port",
            "fine Locale",
            "fine Disk",
            "fine db_info.ini");
    assertThat(doctor.status()).isZero();
  }

  @Test
  void says_how_to_mend_what_is_missing() {
    Outcome doctor = new CommandLineOf(user.root(), Map.of()).run("doctor");

    assertThat(doctor.out())
        .contains("MEND  Maven        not on the PATH: install Maven 3.8.6 or newer");
    assertThat(doctor.status()).isEqualTo(3);
  }

  @Test
  void says_what_is_wrong_with_the_settings_file() throws IOException {
    Files.writeString(info, "[workbook]\nhost localhost\n");

    Outcome doctor = user.run("doctor");

    assertThat(doctor.out())
        .contains("MEND  db_info.ini  " + info + ", line 2 is neither a [section]");
  }

  @Test
  void says_that_the_database_does_not_answer_but_not_the_password() throws IOException {
    Files.writeString(
        info, "[workbook]\nhost=127.0.0.1\nport=1\ndbname=d\nuser=me\npassword=hush\n");
    info.toFile().setReadable(false, false);
    info.toFile().setReadable(true, true);

    Outcome doctor = user.run("doctor");

    assertThat(doctor.out())
        .contains("MEND  db_info.ini  Programs cannot connect to me@127.0.0.1:1/d")
        .contains("(SQLSTATE 08001). Correct db_info.ini")
        .doesNotContain("hush");
    assertThat(doctor.status()).isEqualTo(3);
  }
}
