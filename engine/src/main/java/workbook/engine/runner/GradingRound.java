package workbook.engine.runner;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import workbook.engine.course.CheckInfo;
import workbook.engine.protocol.CheckResult;
import workbook.engine.protocol.CompileError;
import workbook.engine.protocol.Status;
import workbook.engine.protocol.WorkerEvent;
import workbook.support.EnvironmentException;

/** Follows one worker through one request, until it is done or the worker is gone. */
final class GradingRound {
  // The worker keeps the deadline; this is for one that is past keeping it.
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration COMPILING = Duration.ofSeconds(60);
  private static final int ATTEMPTS = 2;
  // stands among the checks' names for the worker itself
  private static final String WORKER = "";

  private final WorkerProcess worker;
  private final Map<String, CheckInfo> remaining;
  private final Map<String, Integer> failures;
  private final GradingListener listener;
  private CheckInfo running;
  private boolean workerGone;

  /**
   * @param remaining the checks by name; those that get their verdict are removed
   * @param failures how often the environment has failed each check; kept between rounds of a
   *     grading
   */
  GradingRound(
      WorkerProcess worker,
      Map<String, CheckInfo> remaining,
      Map<String, Integer> failures,
      GradingListener listener) {
    this.worker = worker;
    this.remaining = remaining;
    this.failures = failures;
    this.listener = listener;
  }

  /** Whether another worker has to go on. */
  boolean isWorkerGone() {
    return workerGone;
  }

  /** Returns what the compiler has against the answer; empty if it compiles. */
  List<CompileError> run() {
    while (true) {
      Optional<WorkerEvent> event = worker.next(patience());
      if (event == null) {
        killed();
        return List.of();
      }
      if (event.isEmpty()) {
        ended();
        return List.of();
      }
      switch (event.get().kind()) {
        case STARTED -> started(event.get().check());
        case FINISHED -> finished(event.get().result());
        case BROKEN -> throw new EnvironmentException(event.get().message());
        case REJECTED -> {
          awaitDone();
          return event.get().errors();
        }
        case SPOILT -> {
          kill();
          return List.of();
        }
        case DONE -> {
          requireProgress();
          return List.of();
        }
      }
    }
  }

  private Duration patience() {
    if (running == null) {
      return COMPILING;
    }
    int deadline = running.deadline() > 0 ? running.deadline() : Grader.DEADLINE;
    return GRACE.plusSeconds(deadline);
  }

  private void started(String check) {
    running = remaining.get(check);
    listener.started(running);
  }

  private void finished(CheckResult result) {
    CheckInfo check = remaining.get(result.name());
    running = null;
    // The environment's fault is tried once more before it is believed.
    if (result.status() == Status.ENVIRONMENT
        && failures.merge(result.name(), 1, Integer::sum) < ATTEMPTS) {
      return;
    }
    remaining.remove(result.name());
    listener.judged(check, result);
  }

  private void killed() {
    kill();
    if (running == null) {
      throw new EnvironmentException(
          "The worker did not answer for %d s. Run the command again, or ./workbook doctor."
              .formatted(COMPILING.toSeconds()));
    }
    finish(Status.TIMED_OUT, "Your code was still running at the deadline and had to be killed.");
  }

  private void ended() {
    workerGone = true;
    int code = worker.exitCode();
    String lastWords = worker.lastWords();
    if (running == null) {
      if (failures.merge(WORKER, 1, Integer::sum) < ATTEMPTS) {
        return;
      }
      throw new EnvironmentException(
          "The worker ended by itself (exit code %d). %s%nRun the command again, or ./workbook doctor."
              .formatted(code, lastWords));
    }
    finish(
        Status.CRASHED,
        "Your code ended the whole Java process (exit code %d).".formatted(code)
            + (lastWords.isEmpty() ? "" : "\n" + lastWords));
  }

  private void finish(Status status, String message) {
    finished(new CheckResult(running.name(), status, message, null, 0, ""));
  }

  private void kill() {
    worker.kill();
    workerGone = true;
  }

  private void awaitDone() {
    if (worker.next(GRACE) == null) {
      kill();
    }
  }

  // A check that was asked for and never ran would otherwise be asked for without end.
  private void requireProgress() {
    remaining.keySet().stream()
        .filter(name -> !failures.containsKey(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new EnvironmentException(
                  "The check %s did not run. Are the lesson's tests as they were handed out?"
                      .formatted(name));
            });
  }
}
