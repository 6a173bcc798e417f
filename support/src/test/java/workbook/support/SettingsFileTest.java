package workbook.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFileTest {
  private Path file;

  @BeforeEach
  void name(@TempDir Path folder) {
    file = folder.resolve("db_info.ini");
  }

  @Test
  void reads_one_section_and_no_other() throws IOException {
    Files.writeString(file, "[a]\nhost=one\n[b]\nhost=two\nport=2\n[c]\nhost=three\n");

    assertThat(SettingsFile.read(file, "b")).containsOnly(entry("host", "two"), entry("port", "2"));
  }

  @Test
  void takes_the_first_equals_sign_or_colon_for_the_end_of_the_key() throws IOException {
    Files.writeString(file, "[a]\nhost : ::1\npassword=p=a;s#s%w: d\n");

    assertThat(SettingsFile.read(file, "a"))
        .containsOnly(entry("host", "::1"), entry("password", "p=a;s#s%w: d"));
  }

  @Test
  void skips_blank_lines_and_comments() throws IOException {
    Files.writeString(file, "# one\n\n[a]\n; two\n  # three\nhost=here\n");

    assertThat(SettingsFile.read(file, "a")).containsOnly(entry("host", "here"));
  }

  @Test
  void names_the_line_that_makes_no_sense() throws IOException {
    Files.writeString(file, "[a]\nhost=here\nport 5432\n");

    assertThatThrownBy(() -> SettingsFile.read(file, "a"))
        .isInstanceOf(EnvironmentException.class)
        .hasMessage(
            file + ", line 3 is neither a [section], a key=value nor a # comment. Mend that line.");
  }

  @Test
  void names_the_section_that_is_missing() throws IOException {
    Files.writeString(file, "[a]\n[b]\n");

    assertThatThrownBy(() -> SettingsFile.read(file, "workbook"))
        .isInstanceOf(EnvironmentException.class)
        .hasMessage(
            "%s has no section [workbook], only [a], [b]. Put a line [workbook] above the settings that are meant.",
            file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"= value", "[oops", "[oops=1", ":"})
  void refuses_a_key_or_a_name_that_is_not_all_there(String line) throws IOException {
    Files.writeString(file, "[a]\n" + line + "\n");

    assertThatThrownBy(() -> SettingsFile.read(file, "a"))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining(file + ", line 2 is neither a [section]");
  }

  @Test
  void lets_a_section_go_on_and_the_last_value_count() throws IOException {
    Files.writeString(file, "[a]\nhost=one\nport=1\n[b]\nhost=b\n[a]\nHost=two\n");

    assertThat(SettingsFile.read(file, "a")).containsOnly(entry("host", "two"), entry("port", "1"));
  }

  @Test
  void says_what_makes_the_file_when_there_is_none() {
    assertThatThrownBy(() -> SettingsFile.read(file, "workbook"))
        .isInstanceOf(EnvironmentException.class)
        .hasMessage(
            "There is no %s. Run ./workbook db start: it starts a database and writes the file.",
            file);
  }

  @Test
  void says_that_a_file_in_another_encoding_cannot_be_read() throws IOException {
    Files.write(file, new byte[] {'[', 'a', ']', '\n', 'x', '=', (byte) 0xFC, '\n'});

    assertThatThrownBy(() -> SettingsFile.read(file, "a"))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("It must be a UTF-8 text file that you may read.");
  }
}
