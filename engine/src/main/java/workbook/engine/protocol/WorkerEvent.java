package workbook.engine.protocol;

import java.util.List;

/**
 * A line that a worker sends to the command, as JSON.
 *
 * @param kind what happened
 * @param check the check's name, for {@link Kind#STARTED}
 * @param result the verdict, for {@link Kind#FINISHED}
 * @param errors the compiler's, for {@link Kind#REJECTED}
 * @param message what broke, for {@link Kind#BROKEN}
 */
public record WorkerEvent(
    Kind kind, String check, CheckResult result, List<CompileError> errors, String message) {

  /** What a worker reports. */
  public enum Kind {
    /** A check begins. */
    STARTED,
    /** A check has ended. */
    FINISHED,
    /** The answer does not compile, so no check runs. */
    REJECTED,
    /** Something around the checks is broken. */
    BROKEN,
    /** The request is done. */
    DONE,
    /** The answer holds on to the process, which ends itself; a new worker has to go on. */
    SPOILT
  }

  public static WorkerEvent started(String check) {
    return new WorkerEvent(Kind.STARTED, check, null, null, null);
  }

  public static WorkerEvent finished(CheckResult result) {
    return new WorkerEvent(Kind.FINISHED, result.name(), result, null, null);
  }

  public static WorkerEvent rejected(List<CompileError> errors) {
    return new WorkerEvent(Kind.REJECTED, null, null, errors, null);
  }

  public static WorkerEvent broken(String message) {
    return new WorkerEvent(Kind.BROKEN, null, null, null, message);
  }

  public static WorkerEvent done() {
    return new WorkerEvent(Kind.DONE, null, null, null, null);
  }

  public static WorkerEvent spoilt() {
    return new WorkerEvent(Kind.SPOILT, null, null, null, null);
  }
}
