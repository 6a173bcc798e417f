package workbook.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi;
import workbook.support.DatabaseSettings;
import workbook.support.database.ThrowawayServer;

/** A workbook of one small lesson, in a folder whose name is not easy, and commands run in it. */
final class SampleWorkbook {
  private static final Path LESSON = Path.of("src/test/resources/lesson-01-sample");

  // One server for all tests; what the command does with its own is tested with the sources.
  static {
    DatabaseSettings admin = ThrowawayServer.open(ThrowawayServer.configured(), line -> {}).admin();
    System.setProperty(
        ThrowawayServer.PROPERTY,
        "jdbc:postgresql://%s:%d/%s?user=%s&password=%s"
            .formatted(admin.host(), admin.port(), admin.dbname(), admin.user(), admin.password()));
  }

  final Path root;
  final Path answer;
  private final String stub;

  SampleWorkbook(Path temporary) throws IOException {
    root = Files.createDirectories(temporary.toRealPath().resolve("my wörkbook"));
    Files.createFile(root.resolve("db_info.example.ini"));
    copy(LESSON, root.resolve("lesson-01-sample"));
    for (String module : List.of("support", "grading")) {
      for (String part : List.of("classes", "lib")) {
        Path built = Path.of(module, "target", part);
        copy(Path.of("..").resolve(built), root.resolve(built));
      }
    }
    answer = root.resolve("lesson-01-sample/src/main/java/workbook/sample/MySample.java");
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

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Path target = to.resolve(from.relativize(path).toString());
        Files.createDirectories(target.getParent());
        Files.copy(path, target);
      }
    }
  }
}
