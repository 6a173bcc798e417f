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
