package workbook.cli.report;

import workbook.engine.course.CheckInfo;
import workbook.engine.protocol.CheckResult;
import workbook.engine.protocol.Status;

/** A check and its verdict, as reports give it. */
public record CheckRow(CheckInfo check, CheckResult result) {

  /** Points out of points. */
  public record Points(int earned, int possible) {
    Points plus(Points other) {
      return new Points(earned + other.earned, possible + other.possible);
    }

    @Override
    public String toString() {
      return earned + "/" + possible;
    }
  }

  public boolean passed() {
    return result.status() == Status.PASSED;
  }

  public Points points() {
    return new Points(passed() ? check.points() : 0, check.points());
  }
}
