package workbook.engine.runner;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import workbook.engine.Excerpt;
import workbook.engine.protocol.CheckResult;
import workbook.engine.protocol.CompileError;
import workbook.engine.protocol.HostCall;
import workbook.engine.protocol.Status;
import workbook.engine.protocol.WorkerEvent;
import workbook.engine.protocol.WorkerOutput;

/**
 * Validates what a worker says: an answer may have come by the means to say it, and whatever it
 * says must not reach further than its own verdict.
 */
final class ReceivedOutput {
  private static final int LONGEST = 70_000;
  private static final int LONGEST_NAME = 200;
  private static final int MOST_ERRORS = 100;

  private ReceivedOutput() {}

  /** The message in it; empty if no worker says such a thing. */
  static Optional<WorkerMessage> message(WorkerOutput output) {
    if (output.call() != null) {
      return isName(output.call().database(), true) && output.call().kind() != null
          ? Optional.of(new WorkerMessage.Call(bounded(output.call())))
          : Optional.empty();
    }
    return event(output.event()).map(WorkerMessage.Event::new);
  }

  private static HostCall bounded(HostCall call) {
    int number = Math.max(0, Math.min(call.number(), 1_000));
    return new HostCall(call.id(), call.kind(), call.database(), call.text(), number);
  }

  private static Optional<WorkerEvent> event(WorkerEvent event) {
    if (event == null || event.kind() == null) {
      return Optional.empty();
    }
    return switch (event.kind()) {
      case STARTED -> Optional.of(event).filter(it -> isName(it.check(), false));
      case FINISHED -> result(event.result()).map(it -> WorkerEvent.finished(it, event.certain()));
      case REJECTED -> errors(event.errors()).map(WorkerEvent::rejected);
      case BROKEN -> Optional.of(WorkerEvent.broken(text(event.message(), "It does not say why.")));
      case DONE, SPOILT -> Optional.of(event);
    };
  }

  private static Optional<CheckResult> result(CheckResult result) {
    if (result == null || result.status() == null || !isName(result.name(), false)) {
      return Optional.empty();
    }
    boolean passed = result.status() == Status.PASSED;
    String at = result.at();
    return Optional.of(
        new CheckResult(
            result.name(),
            result.status(),
            passed ? null : text(result.message(), "There is no message."),
            at != null && at.matches("[^\\p{Cntrl}]{1,200}:[0-9]{1,6}") ? at : null,
            Math.max(0, Math.min(result.millis(), 86_400_000)),
            text(result.output(), "")));
  }

  private static Optional<List<CompileError>> errors(List<CompileError> errors) {
    if (errors == null || errors.isEmpty() || errors.stream().anyMatch(Objects::isNull)) {
      return Optional.empty();
    }
    return Optional.of(
        errors.stream()
            .limit(MOST_ERRORS)
            .map(
                error ->
                    new CompileError(
                        text(error.file(), ""),
                        line(error.line()),
                        line(error.column()),
                        text(error.message(), "There is no message."),
                        error.forbidden()))
            .toList());
  }

  private static long line(long number) {
    return Math.max(1, Math.min(number, 999_999));
  }

  private static boolean isName(String name, boolean orNone) {
    return name == null
        ? orNone
        : name.length() <= LONGEST_NAME && name.chars().noneMatch(Character::isISOControl);
  }

  private static String text(String text, String otherwise) {
    String whole = text == null ? otherwise : text.replace('\0', '\ufffd');
    return whole.length() <= LONGEST ? whole : Excerpt.of(whole, LONGEST);
  }
}
