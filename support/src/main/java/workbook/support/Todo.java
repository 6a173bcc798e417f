package workbook.support;

/** The placeholder for code that a learner has yet to write. */
public final class Todo {
  private Todo() {}

  /**
   * Stands where an answer goes: {@code return todo("1.1");}.
   *
   * @param exercise the id of the exercise to be written here, such as {@code "1.1"}
   * @param <T> whatever the method around it returns
   * @return never
   * @throws NotAttempted always
   */
  public static <T> T todo(String exercise) {
    throw new NotAttempted(exercise);
  }
}
