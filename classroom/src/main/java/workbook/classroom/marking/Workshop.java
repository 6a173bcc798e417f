package workbook.classroom.marking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import workbook.classroom.sandbox.CompilerProcess;
import workbook.classroom.sandbox.DatabaseServer;
import workbook.classroom.sandbox.Kit;
import workbook.classroom.sandbox.Sandbox;
import workbook.classroom.sandbox.Sandbox.Isolation;
import workbook.classroom.submissions.HandIn.AnswerText;
import workbook.engine.Trees;
import workbook.engine.course.Course;
import workbook.engine.course.Lesson;
import workbook.engine.postgres.RunFolder;
import workbook.support.EnvironmentException;

/** Everything that grading a class needs, from the compiler to the database server. */
final class Workshop implements AutoCloseable {
  private static final int FEW = 12;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final RunFolder run;
  private final Path scratch;
  private final CompilerProcess compiler;
  private final Kit kit;
  private final Sandbox sandbox;
  private final DatabaseServer server;
  private final List<String> options = new ArrayList<>();

  private Workshop(
      RunFolder run,
      Path scratch,
      CompilerProcess compiler,
      Kit kit,
      Sandbox sandbox,
      DatabaseServer server) {
    this.run = run;
    this.scratch = scratch;
    this.compiler = compiler;
    this.kit = kit;
    this.sandbox = sandbox;
    this.server = server;
  }

  static Workshop open(Path root, Course course, Isolation demanded, Consumer<String> progress) {
    Sandbox sandbox = Sandbox.find(demanded);
    CompilerProcess compiler = new CompilerProcess(root);
    DatabaseServer server = new DatabaseServer(progress);
    RunFolder run = null;
    try {
      run = RunFolder.create(root.resolve(".workbook"));
      Trees.makeReadable(run.path());
      Path scratch = Files.createDirectory(run.path().resolve("g"));
      Trees.makeReadable(scratch);
      Kit kit = Kit.of(root, course, compiler);
      return new Workshop(run, scratch, compiler, kit, sandbox, server);
    } catch (IOException | RuntimeException e) {
      compiler.close();
      server.close();
      if (run != null) {
        run.close();
      }
      if (e instanceof RuntimeException broken) {
        throw broken;
      }
      throw new EnvironmentException("%s cannot be written in: %s".formatted(root, e), e);
    }
  }

  Sandbox sandbox() {
    return sandbox;
  }

  Kit kit() {
    return kit;
  }

  DatabaseServer server() {
    return server;
  }

  /** A new folder that ends with the run. */
  Path folder(String name) throws IOException {
    return Files.createDirectory(run.path().resolve(name));
  }

  ClassGrading grading(List<Lesson> lessons, Journal journal, int deadline) {
    List<String> options = new ArrayList<>(this.options);
    options.add("-Dworkbook.deadline=" + deadline);
    return new ClassGrading(
        lessons,
        sandbox,
        kit,
        new HandInGrader(kit, compiler, deadline),
        server,
        journal,
        scratch,
        options);
  }

  @Override
  public void close() {
    try {
      compiler.close();
      server.close();
    } finally {
      run.close();
    }
  }

  /**
   * Keeps what Java makes of the classes, so that processes start in half the time.
   *
   * @param count how many processes there will be; for a few, it does not pay
   */
  void prepareClasses(List<Lesson> lessons, int count, Consumer<String> progress) {
    Path archive = kit.folder().resolve("classes-" + sandbox.isolation() + ".jsa");
    try {
      if (!Files.exists(archive) && count >= FEW) {
        progress.accept("Preparing the checks (once)");
        prepareClasses(lessons, archive);
      }
    } catch (IOException e) {
      throw new EnvironmentException("%s cannot be written: %s".formatted(archive, e), e);
    }
    if (Files.exists(archive)) {
      boolean inside = sandbox.hasWalls();
      String place = inside ? "/kit" : kit.folder().toString();
      options.add("-XX:SharedArchiveFile=" + place + "/" + archive.getFileName());
    }
  }

  private void prepareClasses(List<Lesson> lessons, Path archive) throws IOException {
    boolean inside = sandbox.hasWalls();
    Path made = Files.createTempDirectory(scratch, "made");
    Trees.makeWritable(made);
    String out = inside ? "/out" : made.toString();
    String list = out + "/classes.list";
    try (Room room = room(made, List.of("-XX:DumpLoadedClassList=" + list))) {
      HandInGrader grader = new HandInGrader(kit, compiler, GradeCommand.deadline());
      for (Lesson lesson : lessons) {
        String text = SampleAnswers.best(lesson);
        grader.grade(lesson, new AnswerText("sample", text, List.of()), room);
      }
      room.finish(PATIENCE);
    }
    List<String> dump =
        List.of(
            "-Xshare:dump",
            "-XX:SharedClassListFile=" + list,
            "-XX:SharedArchiveFile=" + out + "/classes.jsa");
    try (Room room = room(made, dump)) {
      room.examinee();
      room.finish(PATIENCE);
    }
    if (Files.exists(made.resolve("classes.jsa"))) {
      Files.move(made.resolve("classes.jsa"), archive, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private Room room(Path out, List<String> options) throws IOException {
    return new Room(
        Files.createTempDirectory(scratch, "r"),
        sandbox.writing(out),
        kit,
        server.current(),
        options);
  }
}
