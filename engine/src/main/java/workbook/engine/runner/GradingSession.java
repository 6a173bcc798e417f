package workbook.engine.runner;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import workbook.engine.course.CheckInfo;
import workbook.engine.programs.Advice;
import workbook.engine.protocol.CheckResult;
import workbook.engine.protocol.CompileError;
import workbook.engine.protocol.Status;
import workbook.engine.protocol.WorkerEvent;
import workbook.support.EnvironmentException;

/**
 * The state machine that decides verdicts: it is told what workers report and what is seen of them,
 * and knows neither processes nor clocks.
 *
 * <p>A verdict counts only for a check that was begun, once, in its turn. What may be the machine's
 * fault is tried again. What happens between checks costs no check anything: another worker goes
 * on.
 */
public final class GradingSession {
  private static final int MOST_TRIES = 3;
  private static final int MOST_TRIES_OF_ANSWER = 2;
  private static final int MOST_PAUSES = 3;

  private final Map<String, CheckInfo> all = new LinkedHashMap<>();
  private final Map<String, CheckInfo> remaining = new LinkedHashMap<>();
  private final Map<String, Integer> tries = new HashMap<>();
  private final Map<String, Integer> pauses = new HashMap<>();
  // For each exercise, the first of its checks that timed out.
  private final Map<String, String> firstSlow = new HashMap<>();
  private List<String> askedToHurry = List.of();
  private final GradingListener listener;
  private List<CompileError> errors = List.of();
  private CheckInfo running;
  private boolean ran;
  private boolean paused;
  private int idleEnds;

  /** What is to be done next. */
  public enum Step {
    /** Wait for more from the same worker. */
    LISTEN,
    /** The worker is done with its request and can have another one. */
    NEXT_REQUEST,
    /** The worker is of no more use. */
    NEXT_WORKER
  }

  /**
   * @param checks those to run
   * @param listener is told of each check as it begins, and as it has its verdict
   */
  public GradingSession(List<CheckInfo> checks, GradingListener listener) {
    this.listener = listener;
    checks.forEach(check -> all.put(check.name(), check));
    remaining.putAll(all);
  }

  public boolean isDone() {
    return remaining.isEmpty();
  }

  /** What the compiler has against the answer; empty if it compiles. */
  public List<CompileError> errors() {
    return errors;
  }

  /** The check that runs; null between checks. */
  public CheckInfo running() {
    return running;
  }

  /** The checks that have no verdict yet, by name, which a worker is about to be asked for. */
  public List<String> request() {
    running = null;
    ran = false;
    askedToHurry = hurried();
    return List.copyOf(remaining.keySet());
  }

  /** Those of them that get a short deadline: another check of their exercise has timed out. */
  public List<String> hurried() {
    return remaining.values().stream()
        .filter(check -> firstSlow.containsKey(check.exercise()))
        .map(CheckInfo::name)
        .filter(name -> !firstSlow.containsValue(name))
        .toList();
  }

  /**
   * A worker reports something.
   *
   * @param complete whether the running check has used its databases as it declares
   * @throws EnvironmentException if the worker is broken
   */
  public Step accept(WorkerEvent event, boolean complete) {
    return switch (event.kind()) {
      case STARTED -> started(event.check());
      case FINISHED -> finished(event.result(), event.certain(), complete);
      case REJECTED -> rejected(event.errors());
      case DONE -> done();
      case SPOILT -> running == null ? Step.NEXT_WORKER : outOfTurn();
      case BROKEN -> idle(String.valueOf(event.message()));
    };
  }

  /** A line was not the worker's, although it looks so. */
  public Step forged(String evidence) {
    String message = "Your code wrote a line that only the grader may write: " + evidence;
    running = null;
    remaining.clear();
    for (CheckInfo check : all.values()) {
      listener.judged(check, new CheckResult(check.name(), Status.TAMPERING, message, null, 0, ""));
    }
    return Step.NEXT_WORKER;
  }

  /** The worker has ended by itself. */
  public Step ended(int exitCode, String lastWords) {
    if (running == null) {
      return idle("it ended by itself (exit code %s). %s".formatted(exitCode, lastWords));
    }
    String message = "Your code ended the whole Java process (exit code %s).".formatted(exitCode);
    return judge(Status.CRASHED, lastWords.isEmpty() ? message : message + "\n" + lastWords, false);
  }

  /** The worker has written more than anyone could read, and was ended. */
  public Step flooded() {
    String message = "Your code wrote more output than anyone could read.";
    return running == null ? idle(message) : judge(Status.CRASHED, message, true);
  }

  /** A line of the worker's was lost. */
  public Step lost() {
    return outOfTurn();
  }

  /** The running check's database has grown beyond what any check needs. */
  public Step full() {
    return judge(Status.CRASHED, "Your code filled the disk: its database grew past 200 MB.", true);
  }

  /**
   * The command itself has stood still: a verdict that comes next, other than "passed", may be owed
   * to that.
   */
  public void paused() {
    paused = true;
  }

  /** There is no time left for this answer: what has no verdict yet gets this one. */
  public Step exhausted(String message) {
    running = null;
    for (CheckInfo check : remaining.values()) {
      listener.judged(check, new CheckResult(check.name(), Status.TIMED_OUT, message, null, 0, ""));
    }
    remaining.clear();
    return Step.NEXT_WORKER;
  }

  /** Nothing was heard for longer than the check, or a worker at rest, may take. */
  public Step silent() {
    return running == null
        ? idle("it did not answer for too long. Is this computer very busy?")
        : judge(
            Status.TIMED_OUT,
            "Your code was still running at the deadline and had to be killed.",
            false);
  }

  /** The running check is about to report, and these are the databases that it has given back. */
  public void gaveBack(Set<String> databases) {
    if (running != null) {
      listener.gaveBack(databases);
    }
  }

  private Step started(String name) {
    if (running != null || name == null || !remaining.containsKey(name)) {
      return outOfTurn();
    }
    running = remaining.get(name);
    ran = true;
    idleEnds = 0;
    listener.started(running);
    return Step.LISTEN;
  }

  private Step finished(CheckResult result, boolean certain, boolean complete) {
    if (running == null || result == null || result.status() == null) {
      return outOfTurn();
    }
    boolean unproven = result.status() == Status.PASSED && !complete;
    if (unproven || !running.name().equals(result.name())) {
      return outOfTurn();
    }
    judge(result, certain || result.status() == Status.CRASHED);
    return Step.LISTEN;
  }

  private Step rejected(List<CompileError> found) {
    if (ran || found == null || found.isEmpty()) {
      return outOfTurn();
    }
    errors = List.copyOf(found);
    remaining.clear();
    return Step.LISTEN;
  }

  private Step done() {
    if (running != null) {
      return outOfTurn();
    }
    if (!ran && !remaining.isEmpty()) {
      return idle(
          "the check %s did not run. Are the lesson's tests as they were handed out?"
              .formatted(remaining.keySet().iterator().next()));
    }
    return Step.NEXT_REQUEST;
  }

  // The answer has come by the means to report, or has broken the worker.
  private Step outOfTurn() {
    return running == null
        ? idle("it reported something that cannot be.")
        : judge(Status.CRASHED, "Your code broke the process that ran this check.", false);
  }

  // After a check, that is the end of one worker; before the first one, no answer has run yet.
  private Step idle(String reason) {
    if (!ran && ++idleEnds >= MOST_TRIES) {
      if (Advice.isOfTooManyFiles(reason)) {
        throw new EnvironmentException(Advice.MORE_FILES);
      }
      throw new EnvironmentException(
          "The process that runs the checks cannot be used, and your code is not to blame: %s%nRun the command again, or ./workbook doctor."
              .formatted(reason.strip()));
    }
    return Step.NEXT_WORKER;
  }

  private Step judge(Status status, String message, boolean certain) {
    judge(new CheckResult(running.name(), status, message, null, 0, ""), certain);
    return Step.NEXT_WORKER;
  }

  private void judge(CheckResult result, boolean certain) {
    CheckInfo check = running;
    running = null;
    if (isOwedToPause(result)) {
      return;
    }
    if (result.status() == Status.PASSED) {
      firstSlow.values().remove(check.name());
    }
    if (result.status() == Status.TIMED_OUT) {
      if (isHurriedForNothing(check)) {
        return;
      }
      firstSlow.putIfAbsent(check.exercise(), check.name());
    }
    if (isTriedAgain(result, certain)) {
      return;
    }
    if (result.status() == Status.ENVIRONMENT) {
      listener.blamed(result);
    }
    remaining.remove(check.name());
    listener.judged(check, result.status() == Status.ENVIRONMENT ? caused(result) : result);
  }

  private boolean isOwedToPause(CheckResult result) {
    boolean was = paused && result.status() != Status.PASSED;
    paused = false;
    return was && pauses.merge(result.name(), 1, Integer::sum) <= MOST_PAUSES;
  }

  // The check for whose sake it had a short deadline has passed since, so the machine was slow.
  private boolean isHurriedForNothing(CheckInfo check) {
    return askedToHurry.contains(check.name()) && !firstSlow.containsKey(check.exercise());
  }

  private boolean isTriedAgain(CheckResult result, boolean certain) {
    int most =
        switch (result.status()) {
          case ENVIRONMENT -> MOST_TRIES;
          case TIMED_OUT, CRASHED, FAILED -> certain ? 1 : MOST_TRIES_OF_ANSWER;
          default -> 1;
        };
    return tries.merge(result.name(), 1, Integer::sum) < most;
  }

  // The command itself reached the server each time, so it is not the server's fault.
  private static CheckResult caused(CheckResult result) {
    return new CheckResult(
        result.name(),
        Status.CRASHED,
        "With this answer the check broke down %s times, and the server was fine: %s"
            .formatted(MOST_TRIES, result.message()),
        result.at(),
        result.millis(),
        result.output());
  }
}
