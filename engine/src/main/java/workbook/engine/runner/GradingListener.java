package workbook.engine.runner;

import java.util.Set;
import workbook.engine.course.CheckInfo;
import workbook.engine.protocol.CheckResult;

/** Follows a grading. */
public interface GradingListener {
  /** A check begins. */
  void started(CheckInfo check);

  /** The check that runs has ended, and these are the databases that it has given back. */
  default void gaveBack(Set<String> databases) {}

  /**
   * A check broke down again and again while the server answered, so its verdict comes next, and
   * blames the answer.
   */
  default void blamed(CheckResult result) {}

  /** A check has its verdict. */
  void judged(CheckInfo check, CheckResult result);
}
