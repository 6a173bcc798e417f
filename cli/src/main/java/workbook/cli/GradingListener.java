package workbook.cli;

import workbook.support.course.CheckInfo;
import workbook.support.protocol.CheckResult;

/** Follows a grading. */
interface GradingListener {
  /** A check begins. */
  void started(CheckInfo check);

  /** A check has its verdict. */
  void judged(CheckInfo check, CheckResult result);
}
