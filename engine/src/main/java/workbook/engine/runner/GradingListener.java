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

  /** A check has its verdict. */
  void judged(CheckInfo check, CheckResult result);
}
