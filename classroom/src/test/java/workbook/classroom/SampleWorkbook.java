package workbook.classroom;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi;
import workbook.cli.Workbook;
import workbook.cli.terminal.CommandContext;
import workbook.cli.terminal.Style;
import workbook.engine.postgres.ThrowawayServer;
import workbook.support.DatabaseSettings;

/**
 * A workbook of one small lesson, in a folder whose name is not easy, and commands run in it.
 *
 * <p>What Maven built is the same for all tests and stays; the lesson and what the command keeps
 * are as new for each.
 */
final class SampleWorkbook {
  private static final Path ROOT = Path.of("target", "my wörkbook").toAbsolutePath();
  private static final List<String> BUILT =
      List.of(
          "support/target/support.jar",
          "engine/target/engine.jar",
          "grading/target/grading.jar",
          "grading/target/lib");
  private static final List<String> OWN =
      List.of(
          "lesson-01-sample",
          ".workbook/progress.json",
          ".workbook/backups",
          "db_info.ini",
          "workbook",
          ".ci",
          "docs",
          "cli",
          "classroom",
          "pom.xml",
          "hand-ins");
  private static final Path LESSON = Path.of("../cli/src/test/resources/lesson-01-sample");

  // One server for all tests; what the command does with its own is tested with the sources.
  static {
    DatabaseSettings admin = ThrowawayServer.open(ThrowawayServer.configured(), line -> {}).admin();
    System.setProperty(
        ThrowawayServer.PROPERTY,
        "jdbc:postgresql://%s:%s/%s?user=%s&password=%s"
            .formatted(admin.host(), admin.port(), admin.dbname(), admin.user(), admin.password()));
    try {
      delete(ROOT);
      for (String built : BUILT) {
        copy(Path.of("..").resolve(built), ROOT.resolve(built));
      }
      Files.createFile(ROOT.resolve("db_info.example.ini"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  final Path root = ROOT;
  final Path answer = ROOT.resolve("lesson-01-sample/src/main/java/workbook/sample/MySample.java");
  final Path reference =
      ROOT.resolve("lesson-01-sample/src/test/java/workbook/sample/reference/ReferenceSample.java");
  private final String stub;

  SampleWorkbook() throws IOException {
    for (String own : OWN) {
      delete(ROOT.resolve(own));
    }
    copy(LESSON, ROOT.resolve("lesson-01-sample"));
    stub = Files.readString(answer);
  }

  /** Writes an answer in which expressions stand where the placeholders of the exercises did. */
  void answer(String add, String user) throws IOException {
    String source =
        stub.replace("return todo(\"1.1\");", add).replace("return todo(\"1.2\");", user);
    Files.writeString(answer, source);
  }

  Outcome run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandContext context =
        new CommandContext(root, new PrintWriter(out), new PrintWriter(err), Map.of());
    Style style = Style.of(Ansi.OFF, StandardCharsets.UTF_8);
    int status = Workbook.run(context, style, arguments);
    return new Outcome(status, out.toString(), err.toString());
  }

  record Outcome(int status, String out, String err) {}

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> paths = Files.walk(folder).sorted(Comparator.reverseOrder())) {
        for (Path path : (Iterable<Path>) paths::iterator) {
          Files.delete(path);
        }
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Path target = to.resolve(from.relativize(path).toString());
        Files.createDirectories(target.getParent());
        Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }
}
