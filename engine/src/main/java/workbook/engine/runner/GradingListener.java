package workbook.engine.runner;

import workbook.engine.course.CheckInfo;
import workbook.engine.protocol.CheckResult;

/** Follows a grading. */
public interface GradingListener {
  /** A check begins. */
  void started(CheckInfo check);

  /** A check has its verdict. */
  void judged(CheckInfo check, CheckResult result);
}
