package workbook.engine.course;

import java.util.List;

/**
 * An exercise and what grades it.
 *
 * @param id the stable id, such as {@code 1.1}
 * @param title what is to be done
 * @param method the method of the contract that it asks for
 * @param checks its checks, in source order
 */
public record ExerciseInfo(String id, String title, String method, List<CheckInfo> checks) {

  /** What all its checks earn together. */
  public int points() {
    return checks.stream().mapToInt(CheckInfo::points).sum();
  }
}
