package workbook.engine.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import workbook.engine.course.CheckInfo;
import workbook.engine.course.Lesson;
import workbook.engine.databases.CheckDatabases;
import workbook.engine.postgres.RunFolder;
import workbook.engine.postgres.ThrowawayServer;
import workbook.engine.protocol.CompileError;
import workbook.engine.protocol.WorkerInput;
import workbook.engine.protocol.WorkerRequest;
import workbook.engine.trace.Trace;
import workbook.support.EnvironmentException;

/**
 * Grades the learner's own answers with a worker and a throwaway server, and keeps both for the
 * next answer.
 *
 * <p>The server belongs to this process, so that a worker can be killed and replaced at no cost.
 */
public final class Grader implements AutoCloseable {
  private final RunFolder scratch;
  private final CompletableFuture<Server> server;
  private final LocalWorkers workers;
  private volatile GradingRun run;

  private record Server(ThrowawayServer server, CheckDatabases databases) {
    static Server open(Consumer<String> progress, UnaryOperator<ThrowawayServer> front) {
      ThrowawayServer server =
          front.apply(ThrowawayServer.open(ThrowawayServer.configured(), progress));
      try {
        return new Server(server, new CheckDatabases(server));
      } catch (EnvironmentException e) {
        server.close();
        throw e;
      }
    }

    void close() {
      try {
        databases.close();
      } finally {
        server.close();
      }
    }
  }

  /**
   * @param root the workbook's folder
   * @param progress is told, in a line each, of steps that take long
   */
  public Grader(Path root, Consumer<String> progress) {
    this(root, progress, UnaryOperator.identity());
  }

  private Grader(Path root, Consumer<String> progress, UnaryOperator<ThrowawayServer> front) {
    scratch = scratch(root);
    workers = new LocalWorkers(root, scratch.path(), () -> server().databases());
    workers.worker();
    server = CompletableFuture.supplyAsync(() -> Server.open(progress, front), Grader::start);
  }

  /** Grades as any other does, and has a trace see what answers and their server say. */
  public static Grader tracing(Path root, Consumer<String> progress, Trace trace) {
    return new Grader(root, progress, server -> TracedServer.of(server, trace));
  }

  /** What the checks run on, in one line; waits until it runs. */
  public String database() {
    return server().server().description();
  }

  /** Has an answer compiled, if a worker is there, while the caller finds out what to check. */
  public void compile(Lesson lesson) {
    WorkerProcess current = workers.running();
    if (current != null) {
      current.send(
          WorkerInput.of(WorkerRequest.compile(lesson.folder().toString(), lesson.answerTest())));
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
    GradingSession session = new GradingSession(checks, listener);
    run = new GradingRun(lesson, session, workers, GradingRun.DEADLINE, TimeBudget.unlimited());
    run.run(lesson.folder().toString());
    workers.discardSpare();
    rest();
    return session.errors().isEmpty() ? List.of() : explained(lesson, session.errors());
  }

  // Between gradings, databases are made and dropped; a server that is still starting has none.
  private void rest() {
    if (server.isDone() && !server.isCompletedExceptionally()) {
      server().databases().restock();
    }
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
    GradingRun current = run;
    if (current != null) {
      current.stop();
    }
    WorkerProcess worker = workers.running();
    if (worker != null) {
      worker.close();
    }
  }

  @Override
  public void close() {
    workers.close();
    // A server that could not be had needs no closing, and was told of before.
    server.thenAccept(Server::close).exceptionally(e -> null).join();
    scratch.close();
  }

  // The common pool may have one thread only, with other work on it.
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

  private Server server() {
    try {
      return server.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof EnvironmentException broken) {
        throw broken;
      }
      throw e;
    }
  }
}
