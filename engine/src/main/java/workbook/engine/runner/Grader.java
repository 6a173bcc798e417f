package workbook.engine.runner;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import workbook.engine.course.CheckInfo;
import workbook.engine.course.Lesson;
import workbook.engine.postgres.RunFolder;
import workbook.engine.postgres.ThrowawayServer;
import workbook.engine.protocol.CompileError;
import workbook.engine.protocol.WorkerRequest;
import workbook.engine.trace.Trace;
import workbook.support.DatabaseSettings;
import workbook.support.EnvironmentException;

/**
 * Grades answers with a worker and a throwaway server, and keeps both for the next answer.
 *
 * <p>The server belongs to this process, so that a worker can be killed and replaced at no cost.
 */
public final class Grader implements AutoCloseable {
  /** What a check may take where it does not say so itself, in seconds; the property sets it. */
  static final int DEADLINE = Integer.getInteger(WorkerProcess.DEADLINE, 10);

  private final Path root;
  private final RunFolder scratch;
  private final CompletableFuture<ThrowawayServer> server;
  private volatile WorkerProcess worker;
  private volatile boolean stopped;

  public Grader(Path root, Consumer<String> progress) {
    this(root, progress, UnaryOperator.identity());
  }

  private Grader(Path root, Consumer<String> progress, UnaryOperator<ThrowawayServer> front) {
    this.root = root;
    scratch = scratch(root);
    worker();
    server =
        CompletableFuture.supplyAsync(
            () -> front.apply(ThrowawayServer.open(ThrowawayServer.configured(), progress)),
            Grader::start);
  }

  /** Grades as any other does, and has a trace see what answers and their server say. */
  public static Grader tracing(Path root, Consumer<String> progress, Trace trace) {
    return new Grader(root, progress, server -> TracedServer.of(server, trace));
  }

  /** What the checks run on, in one line; waits until it runs. */
  public String database() {
    return server().description();
  }

  /** Has an answer compiled, if a worker is there, while the caller finds out what to check. */
  public void compile(Lesson lesson) {
    WorkerProcess current = worker;
    if (current != null) {
      current.send(WorkerRequest.compile(lesson.folder().toString(), lesson.answerTest()));
    }
  }

  /**
   * Grades one lesson's answer.
   *
   * @param checks those to run
   * @param listener is told of each check as it begins and ends
   * @return what the compiler has against the answer; empty if it compiles
   * @throws EnvironmentException if the server or the worker is broken
   */
  public List<CompileError> grade(Lesson lesson, List<CheckInfo> checks, GradingListener listener) {
    Map<String, CheckInfo> remaining = new LinkedHashMap<>();
    checks.forEach(check -> remaining.put(check.name(), check));
    Map<String, Integer> failures = new HashMap<>();
    stopped = false;
    while (!remaining.isEmpty() && !stopped) {
      WorkerProcess current = worker();
      current.send(
          WorkerRequest.check(
              lesson.folder().toString(),
              lesson.answerTest(),
              new ArrayList<>(remaining.keySet())));
      // By now the worker compiles; the server may still be starting.
      current.send(WorkerRequest.database(url(server().admin())));
      GradingRound round = new GradingRound(current, remaining, failures, listener);
      List<CompileError> errors = round.run();
      if (round.isWorkerGone()) {
        worker = null;
      }
      if (!errors.isEmpty()) {
        return explained(lesson, errors);
      }
    }
    return List.of();
  }

  private static List<CompileError> explained(Lesson lesson, List<CompileError> errors) {
    try {
      String text = Files.readString(lesson.answer());
      return CompileErrors.explained(lesson, lesson.answer().toString(), text, errors);
    } catch (IOException unreadable) {
      // The compiler could not read it, either, and says so.
      return errors;
    }
  }

  /** Ends the grading that is under way, from another thread; what it says from then on is void. */
  public void stop() {
    stopped = true;
    WorkerProcess current = worker;
    if (current != null) {
      current.kill();
    }
  }

  @Override
  public void close() {
    if (worker != null) {
      worker.close();
    }
    // A server that could not be had needs no closing, and was complained about before.
    server.thenAccept(ThrowawayServer::close).exceptionally(e -> null).join();
    scratch.close();
  }

  // The common pool may have one thread only, and somebody else's work on it.
  private static void start(Runnable work) {
    Thread thread = new Thread(work, "server");
    thread.setDaemon(true);
    thread.start();
  }

  private static RunFolder scratch(Path root) {
    try {
      return RunFolder.create(root.resolve(".workbook"));
    } catch (IOException e) {
      throw new EnvironmentException(
          "%s cannot be written in: %s. Is it yours, and is there room on the disk?"
              .formatted(root.resolve(".workbook"), EnvironmentException.reason(e)),
          e);
    }
  }

  private WorkerProcess worker() {
    if (worker == null) {
      worker = WorkerProcess.start(root, scratch.path());
    }
    return worker;
  }

  private ThrowawayServer server() {
    try {
      return server.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof EnvironmentException broken) {
        throw broken;
      }
      throw e;
    }
  }

  private static String url(DatabaseSettings admin) {
    return "jdbc:postgresql://%s:%d/%s?user=%s&password=%s"
        .formatted(
            admin.host(),
            admin.port(),
            encoded(admin.dbname()),
            encoded(admin.user()),
            encoded(admin.password()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
