package workbook.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the stand-in for psql is a shell script")
class PsqlTest {
  @TempDir Path folder;

  @Test
  void a_psql_that_is_older_than_the_server_has_its_warning_explained() throws Exception {
    Path psql = psql("psql (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)");

    assertThat(Psql.versionNote(psql, 18)).get().asString().contains("version 15", "SQL works");
    assertThat(Psql.versionNote(psql, 15)).isEmpty();
    assertThat(Psql.versionNote(psql, 14)).isEmpty();
  }

  @Test
  void a_version_that_is_not_known_needs_no_words() throws Exception {
    assertThat(Psql.versionNote(psql("psql (PostgreSQL) 19beta1"), 18)).isEmpty();
    assertThat(Psql.versionNote(psql("psql, of some other make"), 18)).isEmpty();
    assertThat(Psql.versionNote(folder.resolve("no psql"), 18)).isEmpty();
  }

  private Path psql(String version) throws IOException {
    Path psql = Files.writeString(folder.resolve("psql"), "#!/bin/sh\necho '" + version + "'\n");
    return Files.setPosixFilePermissions(psql, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
