package workbook.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.grading.Errors.assertThrown;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import workbook.grading.Check;

/** Exercise 1.1: from a file to texts. */
interface SettingsFileChecks {

  /** The answer to check, made anew. */
  Connector answer();

  @Check(exercise = "1.1", points = 1)
  default void one_section_is_read_and_no_other(@TempDir Path folder) throws IOException {
    Path file =
        write(
            folder,
            """
            ; [library]
            [old library]
            host=old.example.org
            dbname=old
            [library]

            # where it is
            host=db.example.org
              port =  5433 \s
            \t; who connects
            user: reader
            [Library]
            user=nobody
            password=none
            """);

    assertThat(answer().readSection(file, "library"))
        .as("section [library]: its own lines only, no comments, no space around key and value")
        .isEqualTo(Map.of("host", "db.example.org", "port", "5433", "user", "reader"));

    Path again = write(folder, "[a]\nhost=one\nport=1\n[b]\nhost=b\n[a]\nHost=two\n");
    assertThat(answer().readSection(again, "a"))
        .as("section [a], which goes on after [b] and says host a second time")
        .isEqualTo(Map.of("port", "1", "host", "two"));
  }

  @Check(exercise = "1.1", points = 1)
  default void a_value_keeps_every_character(@TempDir Path folder) throws IOException {
    Map<String, String> values =
        Map.of(
            "equals", "a=b:c==",
            "comment", "f;g#h ; i # j",
            "percent", "100%d %(k)s",
            "backslash", "l\\nm\\",
            "umlaut", "[Bücher]",
            "empty", "");
    StringBuilder lines = new StringBuilder("[library]\ncolon: d:e=f\n");
    new TreeMap<>(values).forEach((key, value) -> lines.append(key + "=" + value + "\n"));
    Path file = write(folder, lines.toString());

    Map<String, String> section = new HashMap<>(answer().readSection(file, "library"));

    assertThat(section.remove("colon")).as("the value of the line colon: d:e=f").isEqualTo("d:e=f");
    assertThat(section).as("all that follows the first = or : is the value").isEqualTo(values);
  }

  @Check(exercise = "1.1", points = 1)
  default void keys_are_in_lower_case_on_a_turkish_computer_too(@TempDir Path folder)
      throws IOException {
    Path file = write(folder, "[library]\nHOST=DB.example.org\nApplication_ID=7\n");
    Locale before = Locale.getDefault();
    Map<String, String> section;
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      section = answer().readSection(file, "library");
    } finally {
      Locale.setDefault(before);
    }

    assertThat(section)
        .as("keys in lower case on a Turkish computer, whose language makes an I an ı")
        .isEqualTo(Map.of("host", "DB.example.org", "application_id", "7"));
  }

  @Check(exercise = "1.1", points = 1)
  default void a_missing_file_is_an_error(@TempDir Path folder) {
    Path file = folder.resolve("missing.ini");

    assertThrown(
        "a file that is not there",
        IOException.class,
        () -> answer().readSection(file, "library"),
        "missing.ini");
  }

  @Check(exercise = "1.1", points = 1)
  default void a_missing_section_is_an_error_but_an_empty_one_is_not(@TempDir Path folder)
      throws IOException {
    Path file = write(folder, "[library]\n# [reports]\nnote=[reports]\n[empty]\n[last]\n");

    assertThat(answer().readSection(file, "empty"))
        .as("section [empty], which is there and has no keys")
        .isEqualTo(Map.of());
    assertThrown(
        "section [reports] is not there, and an empty map would stand for defaults everywhere",
        IllegalArgumentException.class,
        () -> answer().readSection(file, "reports"),
        "settings.ini",
        "reports");
  }

  @Check(exercise = "1.1", points = 1)
  default void a_line_that_means_nothing_is_an_error_with_its_number(@TempDir Path folder)
      throws IOException {
    for (String line : List.of("oops", "= value", " : value", "[oops", "[port=1")) {
      Path file = write(folder, "# line 1\n\n[library]\nhost=a\n\n%s\nport=1\n".formatted(line));
      IllegalArgumentException error =
          assertThrown(
              "line 6 is no section, no pair and no comment: " + line,
              IllegalArgumentException.class,
              () -> answer().readSection(file, "library"),
              "settings.ini");

      // The folder's own name may have a 6 in it.
      assertThat(error.getMessage().replace(folder.toString(), ""))
          .withFailMessage(
              "Which line means nothing? Count them all, from 1.%n"
                  + "expected: a message that names line 6%n but was: %s",
              error.getMessage())
          .containsPattern("(?<![-\\w])6\\b");
    }
  }

  private static Path write(Path folder, String text) throws IOException {
    return Files.writeString(folder.resolve("settings.ini"), text);
  }
}
