package workbook.engine.runner;

import java.time.Duration;
import java.util.Optional;
import workbook.engine.ErrorLog;
import workbook.engine.course.CheckInfo;
import workbook.engine.course.Lesson;
import workbook.engine.protocol.Status;
import workbook.engine.protocol.WorkerEvent;
import workbook.engine.protocol.WorkerInput;
import workbook.engine.protocol.WorkerRequest;
import workbook.engine.runner.GradingSession.Step;
import workbook.support.EnvironmentException;

/** Leads a {@link GradingSession} through as many workers as it takes. */
public final class GradingRun {
  /** The seconds that a check may take which names no deadline of its own. */
  public static final int DEADLINE = Integer.getInteger("workbook.deadline", 10);

  // The worker keeps the deadline; this is for one that is past keeping it.
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration STARTING = Duration.ofSeconds(60);
  private static final Duration SLICE = Duration.ofMillis(400);
  private static final Duration PAUSE = Duration.ofMillis(1_500);

  private final Lesson lesson;
  private final GradingSession session;
  private final WorkerSource workers;
  private final int deadline;
  private final TimeBudget budget;
  private Duration sinceLook = Duration.ZERO;
  private volatile boolean stopped;

  /**
   * @param deadline of checks that name none, in seconds
   * @param budget what this grading may take from
   */
  public GradingRun(
      Lesson lesson,
      GradingSession session,
      WorkerSource workers,
      int deadline,
      TimeBudget budget) {
    this.lesson = lesson;
    this.session = session;
    this.workers = workers;
    this.deadline = deadline;
    this.budget = budget;
  }

  /**
   * Runs the session to its end.
   *
   * @param folder the module whose answer workers compile; null if it is on their class path
   * @throws EnvironmentException if the server or the worker is broken
   */
  public void run(String folder) {
    while (!session.isDone() && !stopped) {
      if (budget.isSpent()) {
        session.exhausted(budget.message());
        return;
      }
      WorkerProcess worker = workers.worker();
      worker.send(
          WorkerInput.of(
              WorkerRequest.check(
                  folder, lesson.answerTest(), session.request(), session.hurried())));
      if (!session.hurried().isEmpty()) {
        workers.expectLoss(WorkerRequest.compile(folder, lesson.answerTest()));
      }
      if (follow(worker) == Step.NEXT_WORKER || stopped) {
        workers.discard();
      }
    }
  }

  /** Has the run end, from another thread that ends its worker next. */
  void stop() {
    stopped = true;
  }

  private Step follow(WorkerProcess worker) {
    Step step = Step.LISTEN;
    Duration waited = Duration.ZERO;
    while (step == Step.LISTEN && !stopped) {
      long start = System.nanoTime();
      Optional<WorkerMessage> message = worker.next(SLICE);
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      // Only while it listens: what a worker asks for may take long without a pause.
      if (took.compareTo(PAUSE) > 0) {
        session.paused();
      }
      CheckInfo before = session.running();
      step = message.isPresent() ? heard(message.get(), worker) : Step.LISTEN;
      // A pause of this process is no more than a slice.
      Duration counted = took.compareTo(SLICE) < 0 ? took : SLICE;
      budget.spend(counted);
      // Whatever a worker keeps saying: time passes until the next check begins.
      waited = session.running() == before ? waited.plus(counted) : Duration.ZERO;
      if (step == Step.LISTEN) {
        step = looked(waited, counted);
      }
    }
    return step;
  }

  private Step looked(Duration waited, Duration counted) {
    if (budget.isSpent()) {
      return session.exhausted(budget.message());
    }
    if (waited.compareTo(patience()) > 0) {
      return session.silent();
    }
    sinceLook = sinceLook.plus(counted);
    if (sinceLook.compareTo(SLICE) < 0) {
      return Step.LISTEN;
    }
    sinceLook = Duration.ZERO;
    return session.running() != null && workers.broker().isFull() ? session.full() : Step.LISTEN;
  }

  private Step heard(WorkerMessage message, WorkerProcess worker) {
    if (message instanceof WorkerMessage.Event event) {
      return event(event);
    }
    if (message instanceof WorkerMessage.Call call) {
      worker.send(WorkerInput.of(workers.broker().answer(call.call())));
      return Step.LISTEN;
    }
    if (message instanceof WorkerMessage.Forged forged) {
      return session.forged(forged.line());
    }
    if (message instanceof WorkerMessage.Ended ended) {
      return session.ended(ended.exitCode(), ended.lastWords());
    }
    return message instanceof WorkerMessage.Flooded ? session.flooded() : session.lost();
  }

  private Step event(WorkerMessage.Event message) {
    WorkerEvent event = message.event();
    boolean isBroken = event.result() != null && event.result().status() == Status.ENVIRONMENT;
    if (isBroken) {
      workers.broker().requireServer();
      ErrorLog.keep("", event.result().output());
    }
    if (event.kind() == WorkerEvent.Kind.FINISHED) {
      session.gaveBack(message.givenBack());
    }
    Step step = session.accept(told(event), workers.broker().isComplete());
    if (event.kind() == WorkerEvent.Kind.STARTED && session.running() != null) {
      workers.broker().begin(session.running().databases());
    }
    return step;
  }

  // A worker that is broken tells of it with a stack trace.
  private static WorkerEvent told(WorkerEvent event) {
    if (event.kind() != WorkerEvent.Kind.BROKEN || event.message() == null) {
      return event;
    }
    String fault = event.message().lines().findFirst().orElse("");
    return WorkerEvent.broken(ErrorLog.keep(fault, event.message()));
  }

  private Duration patience() {
    CheckInfo running = session.running();
    if (running == null) {
      return session.isDone() ? GRACE : STARTING;
    }
    int asked = running.deadline() > 0 ? running.deadline() : deadline;
    return GRACE.plusSeconds((long) WorkerRequest.PATIENCE * asked);
  }
}
