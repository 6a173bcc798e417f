package workbook.engine.protocol;

import java.util.List;

/**
 * What a worker reports.
 *
 * @param kind what happened
 * @param check the check's name, for {@link Kind#STARTED}
 * @param result the verdict, for {@link Kind#FINISHED}
 * @param certain whether that verdict would be the same on a faster machine, for {@link
 *     Kind#FINISHED}
 * @param errors the compiler's, for {@link Kind#REJECTED}
 * @param message what broke, for {@link Kind#BROKEN}
 */
public record WorkerEvent(
    Kind kind,
    String check,
    CheckResult result,
    boolean certain,
    List<CompileError> errors,
    String message) {

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
    /** The worker ends itself after a check that may have left something; another one goes on. */
    SPOILT
  }

  public static WorkerEvent started(String check) {
    return new WorkerEvent(Kind.STARTED, check, null, false, null, null);
  }

  public static WorkerEvent finished(CheckResult result, boolean certain) {
    return new WorkerEvent(Kind.FINISHED, result.name(), result, certain, null, null);
  }

  public static WorkerEvent rejected(List<CompileError> errors) {
    return new WorkerEvent(Kind.REJECTED, null, null, false, errors, null);
  }

  public static WorkerEvent broken(String message) {
    return new WorkerEvent(Kind.BROKEN, null, null, false, null, message);
  }

  public static WorkerEvent done() {
    return new WorkerEvent(Kind.DONE, null, null, false, null, null);
  }

  public static WorkerEvent spoilt() {
    return new WorkerEvent(Kind.SPOILT, null, null, false, null, null);
  }
}
