package workbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With a Maven that packs a module's sources, one after the other, into its jar. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the stand-in for Maven is a shell script")
class BuildTest {
  private static final String MAVEN =
      """
      echo built >>builds
      mkdir -p cli/target/lib support/target
      [ -e cli/target/lib/a.jar ] || echo library >cli/target/lib/a.jar
      cat cli/src/main/java/*.java >cli/target/cli.jar
      cat support/pom.xml >support/target/support.jar
      """;
  private static final int BUILT = 0;
  private static final int NOTHING_TO_BUILD = 1;
  private static final int CANNOT_BUILD = 3;

  @TempDir Path folder;
  private Path root;
  private Path source;

  @BeforeEach
  void write_a_workbook() throws IOException {
    root = Files.createDirectory(folder.resolve("my wörkbook"));
    source = root.resolve("cli/src/main/java/A.java");
    Files.createDirectories(source.getParent());
    Files.createDirectories(root.resolve("support"));
    Files.createDirectories(root.resolve("bin"));
    Files.writeString(source, "class A {}");
    for (String pom : new String[] {"pom.xml", "cli/pom.xml", "support/pom.xml"}) {
      Files.writeString(root.resolve(pom), "<project/>");
    }
    write_maven(MAVEN);
  }

  private void write_maven(String commands) throws IOException {
    Path maven = Files.writeString(root.resolve("bin/mvn"), "#!/bin/sh\n" + commands);
    Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void what_is_built_is_sound_however_its_sources_are_dated() throws Exception {
    assertThat(Build.isSound(root)).isFalse();
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plus(Duration.ofHours(3))));

    assertThat(build()).isEqualTo(BUILT);

    assertThat(Build.isSound(root)).isTrue();
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plus(Duration.ofDays(3))));
    assertThat(Build.isSound(root)).isTrue();
    assertThat(build()).isEqualTo(NOTHING_TO_BUILD);
  }

  @Test
  void another_source_is_noticed_though_it_is_older_and_as_long() throws Exception {
    build();
    FileTime time = Files.getLastModifiedTime(source);
    Files.writeString(source, "class B {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.EPOCH));

    assertThat(Build.isSound(root)).isFalse();
    assertThat(build()).isEqualTo(BUILT);

    Files.writeString(source, "class C {}");
    Files.setLastModifiedTime(source, time);
    assertThat(Build.isSound(root)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"cli/target/cli.jar", "cli/target/lib/a.jar", "support/target/support.jar"})
  void a_part_that_is_gone_or_damaged_is_built_again(String part) throws Exception {
    build();
    Path file = root.resolve(part);
    String whole = Files.readString(file);

    Files.writeString(file, "");
    assertThat(Build.isSound(root)).as("emptied").isFalse();
    assertThat(build()).isEqualTo(BUILT);
    assertThat(file).hasContent(whole);

    Files.delete(file);
    assertThat(Build.isSound(root)).as("deleted").isFalse();
    assertThat(build()).isEqualTo(BUILT);
    assertThat(file).hasContent(whole);

    Files.writeString(file, whole.replaceAll(".", "x"));
    assertThat(Build.isSoundThroughout(root)).as("overwritten").isFalse();
    assertThat(build()).isEqualTo(BUILT);
    assertThat(file).hasContent(whole);
  }

  @Test
  void the_former_version_of_a_library_goes() throws Exception {
    build();
    Path former = Files.writeString(root.resolve("cli/target/lib/a-0.9.jar"), "library");
    Files.writeString(source, "class B {}");

    assertThat(build()).isEqualTo(BUILT);

    assertThat(former).doesNotExist();
    assertThat(root.resolve("cli/target/lib/a.jar")).exists();
  }

  @Test
  void what_an_editor_keeps_beside_a_source_is_no_source() throws Exception {
    build();

    Files.writeString(source.resolveSibling(".A.java.swp"), "?");
    Files.writeString(source.resolveSibling("A.java~"), "?");
    Files.createSymbolicLink(source.resolveSibling(".#A.java"), Path.of("nowhere"));

    assertThat(Build.isSound(root)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "Unrecognized option: -Xnonsense, look at MAVEN_OPTS",
    "(ESC)[0m[FATAL] Non-readable settings, [FATAL] Non-readable settings",
    "[ERROR] Could not transfer artifact a:b:1, The first build needs a network",
  })
  void what_keeps_maven_from_building_is_told(String line, String told) throws Exception {
    write_maven("echo '%s'\nexit 1".formatted(line.replace("(ESC)", "\u001b")));

    Process failing = start();

    assertThat(said(failing)).contains(line.replace("(ESC)[0m", ""), told);
    assertThat(failing.waitFor()).isEqualTo(CANNOT_BUILD);
  }

  @Test
  void maven_does_not_look_for_its_options_in_a_folder_further_up() throws Exception {
    write_maven("echo $MAVEN_BASEDIR\nexit 1");

    assertThat(said(start())).contains(folder + File.separator);
  }

  @Test
  void a_maven_that_only_tells_its_version_has_built_nothing() throws Exception {
    build();
    Files.writeString(source, "class B {}");
    write_maven("echo Apache Maven 3.9.11");

    Process failing = start();

    assertThat(said(failing)).contains("Apache Maven 3.9.11", "could not build the workbook");
    assertThat(failing.waitFor()).isEqualTo(CANNOT_BUILD);
    assertThat(Build.isSound(root)).isFalse();
  }

  @Test
  void a_lock_that_a_killed_command_left_holds_nothing_up() throws Exception {
    Path lock = root.resolve(".workbook/build.lock");
    Files.createDirectories(lock);
    Files.writeString(lock.resolve("pid"), "1");
    assertThat(build()).isEqualTo(BUILT);

    Files.delete(root.resolve("cli/target/built"));
    Files.writeString(lock, "1");
    assertThat(build()).isEqualTo(BUILT);
  }

  @Test
  void a_command_that_waits_for_another_build_says_so_and_does_not_build_again() throws Exception {
    build();
    try (FileChannel held =
        FileChannel.open(root.resolve(".workbook/build.lock"), StandardOpenOption.WRITE)) {
      FileLock lock = held.lock();
      Process waiting = start();
      Optional<String> told = ownLines(waiting).findFirst();
      lock.release();

      assertThat(told).hasValue("Waiting for another command, which builds the workbook ...");
      assertThat(waiting.waitFor()).isEqualTo(NOTHING_TO_BUILD);
    }
    assertThat(root.resolve("builds")).hasContent("built");
  }

  private int build() throws IOException, InterruptedException {
    Process process = start();
    process.getErrorStream().readAllBytes();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private static String said(Process process) {
    return ownLines(process).collect(Collectors.joining("\n"));
  }

  // Java itself speaks up where JAVA_TOOL_OPTIONS is set.
  private static Stream<String> ownLines(Process process) {
    InputStream said = process.getErrorStream();
    return new BufferedReader(new InputStreamReader(said, StandardCharsets.UTF_8))
        .lines()
        .filter(line -> !line.startsWith("Picked up "));
  }

  private Process start() throws IOException {
    Path sources = Path.of("src/main/java/workbook/cli/Build.java").toAbsolutePath();
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dfile.encoding=UTF-8",
            sources.toString(),
            root.toString());
    builder.environment().merge("PATH", root.resolve("bin") + ":", (path, own) -> own + path);
    return builder.start();
  }
}
