package workbook.classroom.marking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import workbook.classroom.sandbox.CheckBundle;
import workbook.classroom.sandbox.Compilers;
import workbook.classroom.sandbox.DatabaseServer;
import workbook.classroom.sandbox.Sandbox;
import workbook.classroom.sandbox.Sandbox.Level;
import workbook.classroom.submissions.Submission.AnswerText;
import workbook.engine.Folders;
import workbook.engine.course.Course;
import workbook.engine.course.Lesson;
import workbook.engine.postgres.RunFolder;
import workbook.engine.postgres.ThrowawayServer;
import workbook.engine.runner.GradingRun;
import workbook.support.EnvironmentException;

/** Everything that grading a class needs, from the compiler to the database server. */
final class GradingEnvironment implements AutoCloseable {
  private static final int FEW = 12;
  // More than a hand-in is let have, since some are still ending.
  private static final int SESSIONS_OF_ONE = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final RunFolder run;
  private final Path scratch;
  private final Compilers compiler;
  private final CheckBundle bundle;
  private final Sandbox sandbox;
  private final DatabaseServer server;
  private final List<String> options = new ArrayList<>();

  private GradingEnvironment(
      RunFolder run,
      Path scratch,
      Compilers compiler,
      CheckBundle bundle,
      Sandbox sandbox,
      DatabaseServer server) {
    this.run = run;
    this.scratch = scratch;
    this.compiler = compiler;
    this.bundle = bundle;
    this.sandbox = sandbox;
    this.server = server;
  }

  /**
   * Starts what all hand-ins need, for so many of them at a time.
   *
   * @param demanded the isolation; null for the strongest there is
   */
  static GradingEnvironment open(
      Path root, Course course, Level demanded, int jobs, Consumer<String> progress) {
    int sessions = Math.max(ThrowawayServer.sessions(), SESSIONS_OF_ONE * jobs);
    System.setProperty(ThrowawayServer.SESSIONS, String.valueOf(sessions));
    Sandbox sandbox = Sandbox.find(demanded);
    Compilers compiler = new Compilers(root);
    DatabaseServer server = new DatabaseServer(progress);
    RunFolder run = null;
    try {
      run = RunFolder.create(root.resolve(".workbook"));
      Folders.makeReadable(run.path());
      Path scratch = Files.createDirectory(run.path().resolve("g"));
      Folders.makeReadable(scratch);
      CheckBundle bundle = CheckBundle.of(root, course, compiler);
      return new GradingEnvironment(run, scratch, compiler, bundle, sandbox, server);
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

  CheckBundle bundle() {
    return bundle;
  }

  DatabaseServer server() {
    return server;
  }

  /** A new folder that ends with the run. */
  Path folder(String name) throws IOException {
    return Files.createDirectory(run.path().resolve(name));
  }

  ClassGrading grading(List<Lesson> lessons, Journal journal, int deadline, List<String> allowed) {
    List<String> options = new ArrayList<>(this.options);
    options.add("-Dworkbook.deadline=" + deadline);
    return new ClassGrading(
        lessons,
        sandbox,
        bundle,
        new SubmissionGrader(bundle, compiler, deadline, allowed),
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
    Path archive = bundle.folder().resolve("classes-" + sandbox.isolation() + ".jsa");
    try {
      if (!Files.exists(archive) && count >= FEW) {
        progress.accept("Preparing the checks (once)");
        prepareClasses(lessons, archive);
      }
    } catch (IOException e) {
      throw new EnvironmentException("%s cannot be written: %s".formatted(archive, e), e);
    }
    if (Files.exists(archive)) {
      boolean inside = sandbox.isIsolated();
      String place = inside ? "/bundle" : bundle.folder().toString();
      options.add("-XX:SharedArchiveFile=" + place + "/" + archive.getFileName());
    }
  }

  private void prepareClasses(List<Lesson> lessons, Path archive) throws IOException {
    boolean inside = sandbox.isIsolated();
    Path made = Files.createTempDirectory(scratch, "made");
    Folders.makeWritable(made);
    String out = inside ? "/out" : made.toString();
    String list = out + "/classes.list";
    try (SubmissionWorkspace workspace =
        workspace(made, List.of("-XX:DumpLoadedClassList=" + list))) {
      SubmissionGrader grader =
          new SubmissionGrader(bundle, compiler, GradingRun.DEADLINE, List.of());
      for (Lesson lesson : lessons) {
        String text = SampleAnswers.best(lesson);
        grader.grade(lesson, AnswerText.of("sample", text), workspace, true);
      }
      workspace.finish(PATIENCE);
    }
    List<String> dump =
        List.of(
            "-Xshare:dump",
            "-XX:SharedClassListFile=" + list,
            "-XX:SharedArchiveFile=" + out + "/classes.jsa");
    try (SubmissionWorkspace workspace = workspace(made, dump)) {
      workspace.worker();
      workspace.finish(PATIENCE);
    }
    if (Files.exists(made.resolve("classes.jsa"))) {
      Files.move(made.resolve("classes.jsa"), archive, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private SubmissionWorkspace workspace(Path out, List<String> options) throws IOException {
    return new SubmissionWorkspace(
        Files.createTempDirectory(scratch, "r"),
        sandbox.writing(out),
        bundle,
        server.current(),
        options);
  }
}
