package workbook.classroom.marking;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import workbook.classroom.sandbox.SandboxedWorker;
import workbook.classroom.sandbox.SandboxedWorker.End;
import workbook.classroom.sandbox.SandboxedWorker.Said;
import workbook.engine.course.CheckInfo;
import workbook.engine.course.Lesson;
import workbook.engine.protocol.CheckResult;
import workbook.engine.protocol.GradedInput;
import workbook.engine.protocol.HostReply;
import workbook.engine.protocol.Status;
import workbook.engine.protocol.WorkerEvent;
import workbook.engine.protocol.WorkerRequest;
import workbook.support.EnvironmentException;

/**
 * Grades one lesson of one hand-in, in as many processes as that takes.
 *
 * <p>The processes report, but this decides: a verdict counts only for a check that was begun,
 * once, in its turn, and that took, looked after and gave back the databases it declares. What may
 * be the environment's fault is tried again, before it counts.
 */
final class GradingSession {
  private static final Duration STARTING = Duration.ofSeconds(60);
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration SLICE = Duration.ofMillis(400);
  private static final int ATTEMPTS = 3;
  private static final int MOST_TIMEOUTS = 4;

  private final Lesson lesson;
  private final int deadline;
  private final Supplier<Workspace> workspaces;
  private final Map<String, CheckInfo> remaining = new LinkedHashMap<>();
  private final Map<String, CheckResult> results = new HashMap<>();
  private final Map<String, Integer> attempts = new HashMap<>();
  private int timeouts;
  private CheckInfo running;
  private long begun;

  /** A process and its databases; a new one is had when this one is gone. */
  interface Workspace {
    SandboxedWorker worker();

    DatabaseBroker broker();

    /** Ends the process. */
    void clear();
  }

  /**
   * @param deadline of checks that name none, in seconds
   * @param workspaces gives the process that is there, or a new one
   */
  GradingSession(Lesson lesson, int deadline, Supplier<Workspace> workspaces) {
    this.lesson = lesson;
    this.deadline = deadline;
    this.workspaces = workspaces;
    lesson.checks().forEach(check -> remaining.put(check.name(), check));
  }

  /**
   * Runs all checks.
   *
   * @return the results by the names of the checks
   * @throws EnvironmentException if the server is broken, or no process answers
   */
  Map<String, CheckResult> run() {
    try {
      while (!remaining.isEmpty()) {
        if (timeouts >= MOST_TIMEOUTS) {
          List.copyOf(remaining.values()).forEach(this::notRun);
          break;
        }
        Workspace workspace = workspaces.get();
        running = null;
        workspace
            .worker()
            .send(
                GradedInput.of(
                    WorkerRequest.check(
                        null, lesson.answerTest(), new ArrayList<>(remaining.keySet()))));
        if (!follow(workspace)) {
          workspace.clear();
        }
      }
    } catch (Tampering e) {
      workspaces.get().clear();
      tampered(e.getMessage());
    }
    return results;
  }

  // Whether the process can go on.
  private boolean follow(Workspace workspace) {
    long quietSince = System.nanoTime();
    while (true) {
      Said said = workspace.worker().next(SLICE);
      if (said == null) {
        if (running != null && workspace.broker().isFull()) {
          finish(
              Status.CRASHED, "Your code filled the disk: its database grew past 200 MB.", false);
          return false;
        }
        if (isOver(running == null ? quietSince : begun)) {
          silent();
          return false;
        }
        continue;
      }
      quietSince = System.nanoTime();
      if (said.forged() != null) {
        throw new Tampering("Your code " + said.forged() + ".");
      }
      if (said.end() != null) {
        ended(said.end(), workspace.worker());
        return false;
      }
      if (said.output().call() != null) {
        answer(said, workspace);
        continue;
      }
      WorkerEvent event = said.output().event();
      switch (event.kind()) {
        case STARTED -> started(event.check(), said.at(), workspace.broker());
        case FINISHED -> finished(event.result(), said.at(), workspace.broker());
        case BROKEN -> {
          broken(event.message());
          return false;
        }
        case SPOILT -> {
          return false;
        }
        case DONE -> {
          return done();
        }
        case REJECTED -> throw new Tampering("Your code wrote that it does not compile.");
      }
    }
  }

  private void answer(Said said, Workspace workspace) {
    if (running == null) {
      throw new Tampering("Your code asked for a database while no check ran.");
    }
    HostReply reply;
    try {
      reply = workspace.broker().answer(said.output().call());
    } catch (Tampering e) {
      throw new Tampering("Your code " + e.getMessage() + ".");
    }
    workspace.worker().send(GradedInput.of(reply));
  }

  private boolean isOver(long since) {
    Duration patience = running == null ? STARTING : GRACE.plusSeconds(deadline(running));
    return System.nanoTime() - since > patience.toNanos();
  }

  private int deadline(CheckInfo check) {
    return check.deadline() > 0 ? check.deadline() : deadline;
  }

  private void started(String name, long at, DatabaseBroker broker) {
    if (running != null || !remaining.containsKey(name)) {
      throw new Tampering("Your code wrote that a check begins which cannot: " + name + ".");
    }
    running = remaining.get(name);
    begun = at;
    broker.begin(databases(running));
  }

  private void finished(CheckResult result, long at, DatabaseBroker broker) {
    if (running == null || !running.name().equals(result.name())) {
      throw new Tampering(
          "Your code wrote a verdict on a check that did not run: " + result.name() + ".");
    }
    long millis = Duration.ofNanos(at - begun).toMillis();
    boolean complete = broker.isComplete();
    if (result.millis() > millis + 1_000 || result.status() == Status.PASSED && !complete) {
      throw new Tampering(
          "Your code wrote a verdict on %s that does not agree with what the database saw."
              .formatted(running.sentence()));
    }
    CheckResult stable = MessageNormalizer.of(result, broker.namesOfCheck());
    boolean again = result.status() == Status.ENVIRONMENT || result.status() == Status.TIMED_OUT;
    judge(stable, again);
  }

  private void judge(CheckResult result, boolean mayBeTheEnvironments) {
    CheckInfo check = running;
    running = null;
    int most = result.status() == Status.ENVIRONMENT ? ATTEMPTS : ATTEMPTS - 1;
    if (mayBeTheEnvironments && attempts.merge(check.name(), 1, Integer::sum) < most) {
      return;
    }
    if (result.status() == Status.TIMED_OUT) {
      timeouts++;
    }
    remaining.remove(check.name());
    results.put(check.name(), result.status() == Status.ENVIRONMENT ? caused(result) : result);
  }

  // The command itself reached the server each time, so it is not the server's fault.
  private static CheckResult caused(CheckResult result) {
    return new CheckResult(
        result.name(),
        Status.CRASHED,
        "With this answer the check broke down %d times, and the server was fine: %s"
            .formatted(ATTEMPTS, result.message()),
        result.at(),
        result.millis(),
        result.output());
  }

  private void finish(Status status, String message, boolean again) {
    judge(new CheckResult(running.name(), status, message, null, 0, ""), again);
  }

  private void silent() {
    if (running == null) {
      broken("a process that runs no check did not answer for " + STARTING.toSeconds() + " s");
    } else {
      finish(
          Status.TIMED_OUT,
          "Your code was still running at the deadline and had to be killed.",
          true);
    }
  }

  private void ended(End end, SandboxedWorker worker) {
    int code = worker.exitCode();
    if (running == null) {
      broken("a process ended by itself with %d: %s".formatted(code, worker.lastWords()));
    } else if (end == End.TOO_MUCH) {
      finish(Status.CRASHED, "Your code wrote more output than anybody could read.", false);
    } else {
      finish(
          Status.CRASHED, "Your code ended the whole Java process (exit code " + code + ").", true);
    }
  }

  // Between checks nothing of the answer's should run; what does may have broken the process.
  private void broken(String message) {
    if (attempts.merge("", 1, Integer::sum) < ATTEMPTS) {
      return;
    }
    if (results.isEmpty() && timeouts == 0) {
      throw new EnvironmentException(
          "Hand-ins cannot be run: %s. Run ./workbook doctor.".formatted(message));
    }
    for (CheckInfo check : List.copyOf(remaining.values())) {
      running = check;
      finish(Status.CRASHED, "Your code broke the process before this check could run.", false);
    }
  }

  private boolean done() {
    if (running != null) {
      throw new Tampering("Your code wrote that all is done while a check ran.");
    }
    boolean missed = remaining.keySet().stream().anyMatch(name -> !attempts.containsKey(name));
    if (missed) {
      broken("a process did not run " + remaining.keySet());
    }
    return remaining.isEmpty();
  }

  private void notRun(CheckInfo check) {
    remaining.remove(check.name());
    results.put(
        check.name(),
        new CheckResult(
            check.name(),
            Status.TIMED_OUT,
            "This check was not run: %d before it ran into their time limits.".formatted(timeouts),
            null,
            0,
            ""));
  }

  private void tampered(String message) {
    results.clear();
    for (CheckInfo check : lesson.checks()) {
      results.put(
          check.name(), new CheckResult(check.name(), Status.TAMPERING, message, null, 0, ""));
    }
  }

  /** How many databases a check takes, as its source has it. */
  private static int databases(CheckInfo check) {
    String source = check.source();
    int from = source.indexOf(check.name() + "(");
    String parameters = source.substring(from, source.indexOf(')', from));
    return parameters.split("\\bFreshDatabase\\b", -1).length - 1;
  }
}
