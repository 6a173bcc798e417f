package workbook.engine.course;

/**
 * A check, as its source has it.
 *
 * @param exercise the id of its exercise
 * @param name its method
 * @param points what passing it earns
 * @param deadline the seconds it may take; 0 stands for the default
 * @param databases how many databases it takes
 * @param source its code
 */
public record CheckInfo(
    String exercise, String name, int points, int deadline, int databases, String source) {

  /** Its name as a sentence. */
  public String sentence() {
    return name.replace('_', ' ');
  }
}
