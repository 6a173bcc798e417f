package workbook.cli.command;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import workbook.cli.terminal.CommandContext;
import workbook.cli.terminal.Selection;
import workbook.cli.terminal.UsageException;
import workbook.engine.Folders;
import workbook.engine.Java;
import workbook.engine.course.Course;
import workbook.engine.course.Lesson;
import workbook.engine.playground.DelayedServer;
import workbook.engine.playground.Playground;
import workbook.engine.programs.Advice;
import workbook.engine.trace.ServerTrace;
import workbook.engine.trace.Trace;
import workbook.engine.trace.drawing.TraceText;
import workbook.support.DatabaseSettings;
import workbook.support.EnvironmentException;

/** {@code run}: runs a lesson's own program on the playground. */
@Command(name = "run", description = "Run a lesson's program against the playground.")
public final class RunCommand implements Callable<Integer> {
  private static final String RACE = "BatchRace";
  private static final int COLUMNS = 110;

  private final CommandContext context;

  @Parameters(paramLabel = "LESSON", description = "Such as 1, connect or lesson-01-connect.")
  private String wanted;

  @Option(names = "--race", description = "Run lesson 3's second program, which races batches.")
  private boolean race;

  @Option(
      names = "--trace",
      description = "Afterwards, show what the program and the server said to each other.")
  private boolean traced;

  @Option(
      names = "--delay",
      paramLabel = "TIME",
      description = "Let each round trip to the server take longer, such as 2ms.")
  private String delay;

  public RunCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    Lesson lesson = Selection.findLesson(Course.read(context.root()), wanted);
    String program = race ? RACE : "Main";
    Duration longer = delay == null ? Duration.ZERO : parsed(delay);
    if (traced && delay != null) {
      throw new UsageException("Choose one of --trace and --delay: they do not go together.");
    }
    Path source =
        lesson.mainSources().resolve("workbook/" + lesson.topic() + "/" + program + ".java");
    if (!Files.exists(source)) {
      throw new UsageException(
          "Lesson %s has no %s. Only lesson 3 has: ./workbook run 3 --race"
              .formatted(lesson.number(), program));
    }
    Path classes = context.root().resolve(".workbook/classes").resolve(lesson.module());
    compile(lesson, source, classes);
    new Playground(context.root(), context.environment()).ensureStarted(context.err()::println);
    context.err().flush();
    if (delay != null) {
      return delayed(lesson, program, classes, longer);
    }
    return traced ? traced(lesson, program, classes) : start(lesson, program, classes, Map.of());
  }

  private static Duration parsed(String time) {
    if (!time.matches("[0-9]{1,4}ms")) {
      throw new UsageException(
          "--delay %s is no time. Use whole milliseconds, such as --delay 2ms.".formatted(time));
    }
    return Duration.ofMillis(Long.parseLong(time.replace("ms", "")));
  }

  private int delayed(Lesson lesson, String program, Path classes, Duration longer)
      throws InterruptedException {
    DatabaseSettings settings = settings();
    try (DelayedServer server = DelayedServer.start(settings.host(), settings.port(), longer)) {
      return start(lesson, program, classes, at(server.port()));
    } catch (IOException e) {
      throw new EnvironmentException("No port is free for --delay: " + e.getMessage(), e);
    }
  }

  private DatabaseSettings settings() {
    return DatabaseSettings.read(
        context.root().resolve("db_info.ini"), "workbook", context.environment());
  }

  private static Map<String, String> at(int port) {
    return Map.of("PGHOST", "127.0.0.1", "PGPORT", String.valueOf(port));
  }

  // The variables win over db_info.ini, in the program as in psql.
  private int traced(Lesson lesson, String program, Path classes) throws InterruptedException {
    DatabaseSettings settings = settings();
    Trace trace = new Trace();
    try (ServerTrace server = ServerTrace.start(settings, trace, user -> true)) {
      int status = start(lesson, program, classes, at(server.port()));
      context.out().println();
      TraceText.of(trace.all(), COLUMNS, UnaryOperator.identity()).forEach(context.out()::println);
      return status;
    }
  }

  private int start(Lesson lesson, String program, Path classes, Map<String, String> environment)
      throws InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Java.executable(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            String.join(File.pathSeparator, classPath(classes)),
            "workbook." + lesson.topic() + "." + program);
    builder.environment().putAll(environment);
    try {
      Process process = builder.directory(context.root().toFile()).inheritIO().start();
      return process.waitFor();
    } catch (IOException e) {
      throw new EnvironmentException("Java cannot be started: " + e.getMessage(), e);
    }
  }

  private List<String> classPath(Path classes) {
    return List.of(
        classes.toString(),
        context.root().resolve("support/target/support.jar").toString(),
        context.root().resolve("support/target/lib").resolve("*").toString());
  }

  // Only the program and what it uses: an answer that does not compile yet is no obstacle.
  private void compile(Lesson lesson, Path source, Path classes) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(found, Locale.ENGLISH, StandardCharsets.UTF_8)) {
      Folders.requireWritable(classes);
      Files.createDirectories(classes);
      List<String> options = new ArrayList<>(List.of("-proc:none", "-nowarn", "-g", "-parameters"));
      options.addAll(List.of("--release", "17", "-implicit:class", "-d", classes.toString()));
      options.addAll(List.of("-sourcepath", lesson.mainSources().toString()));
      options.addAll(
          List.of(
              "-cp",
              String.join(
                  File.pathSeparator,
                  context.root().resolve("support/target/support.jar").toString(),
                  System.getProperty("java.class.path"))));
      boolean compiled =
          compiler
              .getTask(null, files, found, options, null, files.getJavaFileObjects(source))
              .call();
      if (!compiled) {
        throw new EnvironmentException(complaint(found));
      }
    } catch (IOException e) {
      throw new EnvironmentException(
          "%s cannot be compiled: %s"
              .formatted(context.relative(source), EnvironmentException.reason(e)),
          e);
    }
  }

  private String complaint(DiagnosticCollector<JavaFileObject> found) {
    return found.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
        .map(this::complaint)
        .findFirst()
        .orElse("The lesson's program does not compile.");
  }

  private String complaint(Diagnostic<? extends JavaFileObject> error) {
    String what = error.getMessage(Locale.ENGLISH);
    if (Advice.isOfTooManyFiles(what)) {
      return Advice.MORE_FILES;
    }
    return "%s:%s: %s"
        .formatted(
            context.relative(Path.of(error.getSource().toUri())),
            error.getLineNumber(),
            what.contains("\\ufeff")
                ? "the file begins with a byte order mark; save it as UTF-8 without BOM."
                : what);
  }
}
