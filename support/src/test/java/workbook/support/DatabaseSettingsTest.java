package workbook.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

class DatabaseSettingsTest {
  private static final String COMPLETE = "[w]\ndbname=d\nuser=u\npassword=secret\n";

  private Path file;

  @BeforeEach
  void name(@TempDir Path folder) {
    file = folder.resolve("db_info.ini");
  }

  @Test
  void fall_back_to_this_machine_and_the_usual_port() throws IOException {
    assertThat(read(COMPLETE))
        .isEqualTo(new DatabaseSettings("localhost", 5432, "d", "u", "secret"));
  }

  @Test
  void give_way_to_environment_variables() throws IOException {
    Files.writeString(file, COMPLETE);
    Map<String, String> environment =
        Map.of("PGHOST", "h", "PGPORT", "1", "PGDATABASE", "D", "PGUSER", "U", "PGPASSWORD", "P");

    assertThat(DatabaseSettings.read(file, "w", environment))
        .isEqualTo(new DatabaseSettings("h", 1, "D", "U", "P"));
  }

  @Test
  void refuse_what_is_no_port() {
    for (String port : new String[] {"0", "65536", "-1", "five", "", "99999999999"}) {
      assertThatThrownBy(() -> read(COMPLETE + "port=" + port))
          .isInstanceOf(EnvironmentException.class)
          .hasMessageStartingWith("port=" + port + " in " + file + " is no port.");
    }
  }

  @Test
  void name_what_is_missing_and_how_to_give_it() {
    assertThatThrownBy(() -> read("[w]\nuser=u\npassword=secret\n"))
        .isInstanceOf(EnvironmentException.class)
        .hasMessage(
            "%s has no dbname in section [w]. Add a line dbname=... or set PGDATABASE.", file);
    assertThatThrownBy(() -> read("[w]\nhost=h\n"))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageStartingWith(
            "%s has no dbname, no user and no password in section [w]. Add lines", file);
  }

  @Test
  void name_the_variable_whose_port_is_no_port() throws IOException {
    Files.writeString(file, COMPLETE);

    assertThatThrownBy(() -> DatabaseSettings.read(file, "w", Map.of("PGPORT", "x")))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageStartingWith("port=x in the environment variable PGPORT is no port.");
  }

  @Test
  void never_print_their_password() throws IOException {
    assertThat(read(COMPLETE)).hasToString("u@localhost:5432/d");
  }

  @Test
  void make_a_data_source_that_survives_any_password_and_name() {
    String difficult = "p&ss=w%rd +@:/?#ü";

    PGSimpleDataSource source =
        (PGSimpleDataSource)
            new DatabaseSettings("::1", 5433, difficult, difficult, difficult).dataSource();

    assertThat(source.getPassword()).isEqualTo(difficult);
    assertThat(source.getDatabaseName()).isEqualTo(difficult);
    assertThat(source.getUser()).isEqualTo(difficult);
  }

  private DatabaseSettings read(String text) throws IOException {
    Files.writeString(file, text);
    return DatabaseSettings.read(file, "w", Map.of());
  }
}
