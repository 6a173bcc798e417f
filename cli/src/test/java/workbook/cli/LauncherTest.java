package workbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script, with a Java that shows what it was given. */
@DisabledOnOs(
    value = OS.WINDOWS,
    disabledReason = "Windows runs workbook.cmd, not this shell script")
class LauncherTest {
  private static final String JAVA = "#!/bin/sh\ncat && echo said || exit 77\n";

  @TempDir private Path folder;

  @BeforeEach
  void make_a_workbook_that_is_built() throws IOException {
    Files.copy(
        Path.of("../workbook"), folder.resolve("workbook"), StandardCopyOption.COPY_ATTRIBUTES);
    for (String built : new String[] {"cli/target/built", "cli/target/cli.jar", "bin/java"}) {
      Files.createDirectories(folder.resolve(built).getParent());
      Files.writeString(folder.resolve(built), JAVA);
    }
    Files.setPosixFilePermissions(
        folder.resolve("bin/java"), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void input_reaches_the_command() throws Exception {
    assertThat(run("echo typed | ./workbook")).isEqualTo("typed\nsaid\n0\n");
  }

  @Test
  void streams_that_the_caller_closed_are_no_files_of_javas() throws Exception {
    assertThat(run("./workbook <&-")).isEqualTo("said\n0\n");
    assertThat(run("./workbook <&- 2>&-")).isEqualTo("said\n0\n");
    assertThat(run("./workbook </dev/null >&-")).isEqualTo("77\n");
  }

  @ParameterizedTest
  @CsvSource({
    "java.base@17.0.15, has no compiler",
    "java.base@11.0.20 jdk.compiler@11.0.20, is not of version 17 or newer",
    "'', is not of version 17 or newer",
  })
  void a_java_that_cannot_build_is_told_with_its_version(String modules, String lacks)
      throws Exception {
    Files.delete(folder.resolve("cli/target/built"));
    Files.writeString(
        folder.resolve("bin/java"),
        """
        #!/bin/sh
        case $1 in
          --list-modules) printf '%%s\\n' %s ;;
          -version) printf 'Picked up JAVA_TOOL_OPTIONS: -Da=b\\nopenjdk version "X"\\n' >&2 ;;
        esac
        """
            .formatted(modules));

    assertThat(run("./workbook 2>&1"))
        .isEqualTo(
            "'%s/bin/java' %s: openjdk version \"X\"\n".formatted(folder, lacks)
                + "Install a JDK, version 17 or newer, and put it on PATH"
                + " or point JAVA_HOME to it.\n3\n");
  }

  @Test
  void a_java_home_that_is_gone_is_told() throws Exception {
    Files.delete(folder.resolve("bin/java"));

    assertThat(run("./workbook 2>&1"))
        .startsWith("There is no Java: '%s/bin/java' cannot be run".formatted(folder))
        .contains("JAVA_HOME names it")
        .endsWith("\n3\n");
  }

  @ParameterizedTest
  @CsvSource({"85, 3, own files change", "86, 1, ''", "2, 2, ''"})
  void no_status_leaves_that_is_between_the_script_and_the_command(
      int command, int script, String told) throws Exception {
    Files.writeString(
        folder.resolve("bin/java"),
        """
        #!/bin/sh
        case $* in
          --list-modules) echo java.base@17 jdk.compiler@17 | tr ' ' '\\n' ;;
          *Build.java*) exit 0 ;;
          *) exit %s ;;
        esac
        """
            .formatted(command));

    assertThat(run("./workbook check 2>&1")).contains(told).endsWith(script + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:b", "a$b", "a\"b", "a`b", "a\\b", "a\uD83D\uDE00"})
  void a_folder_that_java_or_a_shell_misreads_is_told_before_java_starts(String name)
      throws Exception {
    // Java's own names of files may not have the emoji, either.
    Files.writeString(folder.resolve("name"), name);
    String there = "d=\"$(cat name)\"; mkdir \"$d\"; cp -p workbook \"$d\"; \"$d\"/workbook 2>&1";

    assertThat(run(there)).contains("cannot work in ", "/" + name).endsWith("folder.\n3\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a b", "trailing ", "a'b", "a%20b", "a!b", "a#b", "a+b", "a&b", "a*", "wörk"})
  void other_folders_reach_java_as_they_are(String name) throws Exception {
    Files.writeString(
        folder.resolve("bin/java"),
        "#!/bin/sh\nfor it; do case $it in -Dworkbook.root=*) printf '%s\\n' \"$it\" ;; esac; done\n");
    Files.writeString(folder.resolve("name"), name);
    String there =
        "d=\"$(cat name)\"; mkdir \"$d\"; cp -Rp workbook cli \"$d\"; \"$d\"/workbook 2>&1";

    assertThat(run(there))
        .isEqualTo("-Dworkbook.root=%s/%s\n0\n".formatted(folder.toRealPath(), name));
  }

  private String run(String command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", command + "; echo $?").directory(folder.toFile());
    builder.environment().put("JAVA_HOME", folder.toString());
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }
}
