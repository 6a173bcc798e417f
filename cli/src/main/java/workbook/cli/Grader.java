package workbook.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import workbook.support.DatabaseSettings;
import workbook.support.EnvironmentException;
import workbook.support.course.CheckInfo;
import workbook.support.course.Lesson;
import workbook.support.database.ThrowawayServer;
import workbook.support.protocol.CheckResult;
import workbook.support.protocol.CompileError;
import workbook.support.protocol.Status;
import workbook.support.protocol.WorkerEvent;
import workbook.support.protocol.WorkerRequest;

/**
 * Grades answers with a worker and a throwaway server, and keeps both for the next answer.
 *
 * <p>The server belongs to this process, so that a worker can be killed and replaced at no cost.
 */
final class Grader implements AutoCloseable {
  /** What a check may take where it does not say so itself, in seconds; the property sets it. */
  static final int DEADLINE = Integer.getInteger(WorkerProcess.DEADLINE, 10);

  // The worker keeps the deadline; this is for one that is past keeping it.
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration COMPILING = Duration.ofSeconds(60);
  private static final int ATTEMPTS = 2;

  private final Path root;
  private final CompletableFuture<ThrowawayServer> server;
  private WorkerProcess worker;

  Grader(Path root, Consumer<String> progress) {
    this.root = root;
    worker = startWorker();
    server =
        CompletableFuture.supplyAsync(
            () -> ThrowawayServer.open(ThrowawayServer.configured(), progress));
  }

  /** What the checks run on, in one line; waits until it runs. */
  String database() {
    return server().description();
  }

  /**
   * Grades one lesson's answer.
   *
   * @param checks those to run
   * @param verdicts is told of each check's verdict, as it falls
   * @return what the compiler has against the answer; empty if it compiles
   */
  List<CompileError> grade(
      Lesson lesson, List<CheckInfo> checks, BiConsumer<CheckInfo, CheckResult> verdicts) {
    Map<String, CheckInfo> remaining =
        checks.stream()
            .collect(
                Collectors.toMap(
                    CheckInfo::name, Function.identity(), (a, b) -> a, LinkedHashMap::new));
    Map<String, Integer> broken = new LinkedHashMap<>();
    while (!remaining.isEmpty()) {
      Round round = new Round(lesson, remaining, broken, verdicts);
      List<CompileError> errors = round.run();
      if (!errors.isEmpty()) {
        return errors;
      }
    }
    return List.of();
  }

  @Override
  public void close() {
    if (worker != null) {
      worker.close();
    }
    server.thenAccept(ThrowawayServer::close).exceptionally(e -> null).join();
  }

  private WorkerProcess startWorker() {
    return WorkerProcess.start(root, root.resolve(".workbook/classes"));
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

  /** What one worker does before it is done or gone. */
  private final class Round {
    private final Lesson lesson;
    private final Map<String, CheckInfo> remaining;
    private final Map<String, Integer> broken;
    private final BiConsumer<CheckInfo, CheckResult> verdicts;
    private CheckInfo running;

    private Round(
        Lesson lesson,
        Map<String, CheckInfo> remaining,
        Map<String, Integer> broken,
        BiConsumer<CheckInfo, CheckResult> verdicts) {
      this.lesson = lesson;
      this.remaining = remaining;
      this.broken = broken;
      this.verdicts = verdicts;
    }

    private List<CompileError> run() {
      if (worker == null) {
        worker = startWorker();
      }
      worker.send(
          WorkerRequest.check(
              lesson.folder().toString(),
              lesson.answerTest(),
              new ArrayList<>(remaining.keySet())));
      worker.send(WorkerRequest.database(url(server().admin())));
      while (true) {
        Optional<WorkerEvent> event = worker.next(patience());
        if (event == null) {
          timedOut();
          return List.of();
        }
        if (event.isEmpty()) {
          ended();
          return List.of();
        }
        switch (event.get().kind()) {
          case STARTED -> running = remaining.get(event.get().check());
          case FINISHED -> finished(event.get().result());
          case REJECTED -> {
            awaitDone();
            return event.get().errors();
          }
          case BROKEN -> throw new EnvironmentException(event.get().message());
          case SPOILT -> {
            replaceWorker();
            return List.of();
          }
          case DONE -> {
            checkComplete();
            return List.of();
          }
        }
      }
    }

    private Duration patience() {
      if (running == null) {
        return COMPILING;
      }
      int deadline = running.deadline() > 0 ? running.deadline() : DEADLINE;
      return GRACE.plusSeconds(deadline);
    }

    private void finished(CheckResult result) {
      CheckInfo check = remaining.get(result.name());
      running = null;
      // The environment's fault is tried once more before it is believed.
      if (result.status() == Status.ENVIRONMENT
          && broken.merge(result.name(), 1, Integer::sum) < ATTEMPTS) {
        return;
      }
      remaining.remove(result.name());
      verdicts.accept(check, result);
    }

    private void timedOut() {
      replaceWorker();
      if (running == null) {
        throw new EnvironmentException(
            "The worker did not answer for %d s. Run the command again, or ./workbook doctor."
                .formatted(COMPILING.toSeconds()));
      }
      finish(Status.TIMED_OUT, "Your code was still running at the deadline and had to be killed.");
    }

    private void ended() {
      int code = worker.exitCode();
      String lastWords = worker.lastWords();
      worker = null;
      if (running == null) {
        throw new EnvironmentException(
            "The worker ended by itself (exit code %d). %s\nRun the command again, or ./workbook doctor."
                .formatted(code, lastWords));
      }
      finish(
          Status.CRASHED,
          "Your code ended the whole Java process (exit code %d). Is there a System.exit in it?"
                  .formatted(code)
              + (lastWords.isEmpty() ? "" : "\n" + lastWords));
    }

    private void finish(Status status, String message) {
      finished(new CheckResult(running.name(), status, message, null, 0, ""));
    }

    private void replaceWorker() {
      worker.kill();
      worker = null;
    }

    private void awaitDone() {
      if (worker.next(GRACE) == null) {
        replaceWorker();
      }
    }

    // A check that was asked for and never ran would otherwise be asked for without end.
    private void checkComplete() {
      remaining.keySet().stream()
          .filter(name -> !broken.containsKey(name))
          .findFirst()
          .ifPresent(
              name -> {
                throw new EnvironmentException(
                    "The check %s did not run. Are the files under %s as they were handed out?"
                        .formatted(name, lesson.testSources()));
              });
    }
  }
}
