package workbook.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static workbook.grading.Errors.assertThrown;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.io.TempDir;
import workbook.grading.Check;

/** Exercise 1.1: from a file to strings. */
interface SettingsFileChecks {
  int GENERATED = 80;

  /** More lines than a {@code short} can count. */
  int LONG_FILE = 33_000;

  /** The answer to check, made anew. */
  Connector answer();

  @Check(exercise = "1.1", points = 3)
  default void one_section_is_read_and_no_other(@TempDir Path folder) throws IOException {
    Path file =
        write(
            folder,
            """
            ; [library]
            dbname=before
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
            [ library ]
            dbname=none
            """);

    assertThat(read(file, "library"))
        .as("section [library] of a file that has [Library] and [ library ], too: its own lines"
            + " only, no comments, no space around key and value")
        .isEqualTo(Map.of("host", "db.example.org", "port", "5433", "user", "reader"));

    Path again = write(folder, "[a]\nhost=one\nport=1\n[b]\nhost=b\n[a]\nHost=two\n");
    assertThat(read(again, "a"))
        .as("section [a], which goes on after [b] and says host a second time")
        .isEqualTo(Map.of("port", "1", "host", "two"));
    for (String keys : List.of("host Host host", "Host host Host", "HOST host Host", "host HOST")) {
      String[] spelt = keys.split(" ");
      StringBuilder lines = new StringBuilder("[a]\n");
      for (int i = 0; i < spelt.length; i++) {
        lines.append(spelt[i] + "=" + i + "\n");
      }
      assertThat(read(write(folder, lines.toString()), "a"))
          .as("section [a] of the keys %s in this order, with the values 0, 1, ...", keys)
          .isEqualTo(Map.of("host", "" + (spelt.length - 1)));
    }

    assertValues(folder);
    assertReadsALongFile(folder);
    assertReadsEachTime(folder);
    assertKeys(folder);
    for (long seed = 1; seed <= GENERATED; seed++) {
      assertReads(folder, IniFile.of(seed));
    }
  }

  // One answer, as a program has: what it read before does not count, nor is it lost.
  private void assertReadsEachTime(Path folder) throws IOException {
    Connector answer = answer();
    Path file = write(folder, "[a]\nk=1\n[b]\nl=2\n");
    Map<String, String> first = answer.readSection(file, "a");
    Map<String, String> copy = new HashMap<>(first);
    try {
      first.put("k", "changed by the caller");
    } catch (UnsupportedOperationException e) {
      // A map that cannot be changed is fine.
    }
    Map<String, String> again = answer.readSection(file, "a");
    Map<String, String> copyAgain = new HashMap<>(again);
    Map<String, String> second = answer.readSection(file, "b");
    // As long as it was, and as old.
    FileTime before = Files.getLastModifiedTime(file);
    write(folder, "[b]\n[a]\nmore= 3\n");
    Files.setLastModifiedTime(file, before);
    Map<String, String> third = answer.readSection(file, "a");
    Path other = write(Files.createDirectories(folder.resolve("other")), "[a]\nn=4\n");
    Map<String, String> fourth = answer.readSection(other, "a");

    assertThat(List.of(copy, copyAgain))
        .as("one answer reads section [a] twice; in between, the caller has changed the first map")
        .isEqualTo(List.of(Map.of("k", "1"), Map.of("k", "1")));
    assertThat(Arrays.asList(again, second, third, fourth))
        .as("the same reads [a], then [b], then [a] of a file that has changed, then another's [a]")
        .isEqualTo(
            List.of(Map.of("k", "1"), Map.of("l", "2"), Map.of("more", "3"), Map.of("n", "4")));
  }

  // However many bytes are decoded at a time, some character is on both sides of an end.
  private void assertReadsALongFile(Path folder) throws IOException {
    String value = "ä b=".repeat(8_000);
    Path path =
        write(
            folder,
            "#%s\n%s[a]\nk=%s\n#%s"
                .formatted("ü".repeat(30_000), "\n".repeat(9_000), value, "€".repeat(15_000)));
    Map<String, String> section;
    try {
      section = answer().readSection(path, "a");
    } catch (IOException | RuntimeException e) {
      throw new AssertionError(
          "Section [a] of a file of 150 kB, with long lines%nexpected: a value of k%n but was: %s"
              .formatted(e),
          e);
    }
    assertThat(section)
        .withFailMessage(
            "Section [a] of a file of 150 kB.%nexpected: k and its value, %s characters long%n"
                + " but was: %s characters of keys and values",
            value.length(), String.valueOf(section).length())
        .isEqualTo(Map.of("k", value));
  }

  private void assertValues(Path folder) throws IOException {
    Map<String, String> values =
        Map.of(
            "equals", "a=b:c==",
            "token", "=abc",
            "comment", "f;g#h ; i # j",
            "percent", "100%d %(k)s",
            "backslash", "l\\nm\\",
            "quoted", "\"it's\"",
            "umlaut", "[Bücher]",
            "replaced", "a\uFFFDb😀",
            "empty", "");
    StringBuilder lines = new StringBuilder("[library]\ncolon: d:e=f\n");
    new TreeMap<>(values).forEach((key, value) -> lines.append(key + "=" + value + "\n"));

    Map<String, String> section = read(write(folder, lines.toString()), "library");

    assertThat(section.remove("colon")).as("the value of the line colon: d:e=f").isEqualTo("d:e=f");
    assertThat(section).as("all that follows the first = or : is the value").isEqualTo(values);
    for (String odd : OddStrings.WHOLE) {
      assertThat(read(write(folder, "[a]\nk = %s\nl: %s\n".formatted(odd, odd)), "a"))
          .as("section [a], where k and l have the value %s", odd)
          .isEqualTo(Map.of("k", odd, "l", odd));
    }
  }

  private void assertKeys(Path folder) throws IOException {
    assertThat(read(write(folder, "[a]\nx\ty = 1\ne\u0301 = 2\nx  y: 3\n"), "a"))
        .as("section [a], which has keys with a tab, an accent and two blanks in them")
        .isEqualTo(Map.of("x\ty", "1", "e\u0301", "2", "x  y", "3"));
  }

  private void assertReads(Path folder, IniFile file) throws IOException {
    String said = said(folder, file);
    if (said.equals(file.section().toString())) {
      return;
    }
    for (IniFile shorter : file.shorter()) {
      if (!said(folder, shorter).equals(shorter.section().toString())) {
        assertReads(folder, shorter);
      }
    }
    throw new AssertionError(
        "Section [%s] of this file (an arrow is a tab, seed %s):%s%nexpected: %s%n but was: %s"
            .formatted(file.name(), file.seed(), file.shown(), file.section(), said));
  }

  // In the order of the expected map, for a comparison of both as strings.
  private String said(Path folder, IniFile file) throws IOException {
    Path path = write(folder, file.text());
    try {
      Map<String, String> section = answer().readSection(path, file.name());
      return file.section().equals(section == null ? null : new HashMap<>(section))
          ? file.section().toString()
          : String.valueOf(section);
    } catch (IOException | RuntimeException e) {
      return e.toString();
    }
  }

  @Check(exercise = "1.1", points = 1)
  default void keys_are_in_lower_case_on_a_turkish_computer_too(@TempDir Path folder)
      throws Exception {
    Path file =
        write(folder, "[library]\nHOST=DB.example.org\nApplication_ID=7\nHÖHE=Ü\nStraße=ß\n");

    Map<String, String> section =
        in(Locale.forLanguageTag("tr-TR"), () -> read(file, "library"));

    assertThat(section)
        .as("keys in lower case on a Turkish computer, whose language makes an I an ı")
        .isEqualTo(
            Map.of("host", "DB.example.org", "application_id", "7", "höhe", "Ü", "straße", "ß"));
  }

  @Check(exercise = "1.1", points = 1)
  default void a_missing_file_or_section_is_an_error(@TempDir Path folder) throws IOException {
    assertThrown(
        "a file that is not there",
        IOException.class,
        () -> answer().readSection(folder.resolve("missing.ini"), "library"),
        "missing.ini");
    assertIsNoText(folder);
    assertThrown(
        "a file that is not there, and a path that is a name alone",
        IOException.class,
        () -> answer().readSection(Path.of("not-here.ini"), "library"),
        "not-here.ini");
    for (Path place : List.of(folder, folder.getRoot(), Path.of(""))) {
      assertThrown(
          "a folder in place of a file, which cannot be read"
              + (place.equals(folder) ? "" : ": \"" + place + "\""),
          IOException.class,
          () -> answer().readSection(place, "library"));
    }

    Path file = write(folder, "[library]\n# [reports]\nnote=[reports]\nreports=\n[empty]\n[last]");
    for (String empty : List.of("empty", "last")) {
      assertThat(read(file, empty))
          .as("section [%s], which is there and has no keys", empty)
          .isEqualTo(Map.of());
    }
    for (String missing : List.of("reports", "Library", "lib", "")) {
      assertThrown(
          "the file has no section [%s]".formatted(missing),
          IllegalArgumentException.class,
          () -> answer().readSection(file, missing),
          "settings.ini",
          missing);
    }
    assertThrown(
        "no section begins in a file of host=a alone, not even one with an empty name",
        IllegalArgumentException.class,
        () -> answer().readSection(write(folder, "host=a\n"), ""),
        "settings.ini");
    assertThrown(
        "an empty file has no section [a]",
        IllegalArgumentException.class,
        () -> answer().readSection(write(folder, ""), "a"),
        "settings.ini");
  }

  // Each of these is ISO-8859-1, an end of a character that is missing, or what UTF-8 rules out.
  private void assertIsNoText(Path folder) throws IOException {
    Path file = folder.resolve("latin.ini");
    for (String bytes : List.of("fc", "c3", "e282", "f09f98", "c080", "eda080", "80", "ff")) {
      for (String text :
          List.of("[a]\nk=%s\n", "[a]\nk=v\n[b]\n# %s\n", "#%s\n[a]\n", "[a]\nk=%s")) {
        String[] parts = text.split("%s", 2);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(parts[0].getBytes(UTF_8));
        content.writeBytes(HexFormat.of().parseHex(bytes));
        content.writeBytes(parts[1].getBytes(UTF_8));
        Files.write(file, content.toByteArray());
        assertThrown(
            "a file that is not in UTF-8, and reading it must say so: %s (<%s> stands for %s)"
                .formatted(
                    text.replace("\n", "\\n").replace("%s", "<" + bytes + ">"),
                    bytes,
                    bytes.length() == 2 ? "this byte" : "these bytes"),
            IOException.class,
            () -> answer().readSection(file, "a"));
      }
    }
  }

  @Check(exercise = "1.1", points = 1)
  default void a_line_that_means_nothing_is_an_error_with_its_number(@TempDir Path folder)
      throws Exception {
    List<String> lines =
        List.of(
            "oops", "= value", " : value", "[oops", "[port=1", "[library] ; note", "oops]", "=",
            "db.example.org 5433", "\"oops\"", "[", "]", "[list]=1", "\t[oops ");
    for (String line : lines) {
      Path file = write(folder, "# line 1\n\n[library]\nhost=a\n\n%s\nport=1\n".formatted(line));
      assertNames(file, 6, line, "line 6");
    }
    for (String line : List.of("oops", "= value", "[oops")) {
      Path other = write(folder, "[library]\nhost=a\n\n[other]\n#\nport=1\n%s\n".formatted(line));
      assertNames(other, 7, line, "line 7, in section [other],");
      Path before = write(folder, "#\n%s\n[library]\nhost=a\n[other]\n".formatted(line));
      assertNames(before, 2, line, "line 2, before the first section,");
      Path two = write(folder, "[library]\r\nhost=a\r\n%s\r\n[oops\r\n".formatted(line));
      assertNames(two, 3, line, "line 3 is the first of two that");
      Path none = write(folder, "#\n\n[Library]\nhost=a\n%s\n".formatted(line));
      assertNames(none, 5, line, "line 5, in a file without a section [library],");
    }
    assertNames(write(folder, "[library\nhost=a\n"), 1, "[library", "line 1");
    String above = "\n".repeat(LONG_FILE - 1);
    assertNames(write(folder, above + "oops\n"), LONG_FILE, "oops", "line " + LONG_FILE);
  }

  private void assertNames(Path file, int number, String line, String where) throws Exception {
    IllegalArgumentException error =
        in(
            Locale.ROOT,
            () ->
                assertThrown(
                    where + wrong(line) + line,
                    IllegalArgumentException.class,
                    () -> answer().readSection(file, "library"),
                    "settings.ini"));

    // The folder's own name may have the number in it.
    assertThat(error.getMessage().replace(file.getParent().toString(), ""))
        .withFailMessage(
            "Which line means nothing? Count them all, from 1.%n"
                + "expected: a message that names line %s: %s%n but was: %s",
            number, line, error.getMessage())
        .containsPattern(
            "(?<![-\\w])" + String.format(Locale.ROOT, "%,d", number).replace(",", ",?") + "\\b");
  }

  private static String wrong(String line) {
    return line.strip().startsWith("[")
        ? " begins with [ but does not end with ], so it is no section, and no pair either: "
        : " is no section, no pair and no comment: ";
  }

  private Map<String, String> read(Path file, String section) throws IOException {
    try {
      Map<String, String> values = answer().readSection(file, section);
      return values == null ? null : new HashMap<>(values);
    } catch (IOException | RuntimeException e) {
      String lines = IniFile.shown(Files.readAllLines(file));
      throw new AssertionError(
          ("Section [%s] of this file (an arrow is a tab):%s%nexpected: the pairs of this section,"
                  + " or {} if it has none%n but was: %s")
              .formatted(section, lines, e),
          e);
    }
  }

  private static Path write(Path folder, String text) throws IOException {
    return Files.writeString(folder.resolve("settings.ini"), text);
  }

  /** Runs something on a computer whose user speaks another language. */
  static <T> T in(Locale locale, Callable<T> action) throws Exception {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(locale);
      return action.call();
    } finally {
      Locale.setDefault(before);
    }
  }
}
