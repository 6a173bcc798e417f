package workbook.engine.protocol;

import java.util.Locale;

/** The kinds of verdict on a check. */
public enum Status {
  /** The answer does what the check asks. */
  PASSED,
  /** The answer is wrong. */
  FAILED,
  /** The exercise is not written yet. */
  NOT_ATTEMPTED,
  /** The answer was still running at the deadline. */
  TIMED_OUT,
  /** The answer ended the process, or ran out of memory or stack. */
  CRASHED,
  /** The answer is no valid Java. */
  DOES_NOT_COMPILE,
  /** The answer uses what no exercise needs, and was not run. */
  NOT_ALLOWED,
  /** A database or a tool is broken; never the learner's fault. */
  ENVIRONMENT,
  /** The answer tried to write its own verdict. */
  TAMPERING;

  /** The word that reports use, such as {@code not attempted}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
