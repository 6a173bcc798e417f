package workbook.cli;

import workbook.support.course.CheckInfo;
import workbook.support.protocol.CheckResult;
import workbook.support.protocol.Status;

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

  boolean passed() {
    return result.status() == Status.PASSED;
  }

  Points points() {
    return new Points(passed() ? check.points() : 0, check.points());
  }
}
