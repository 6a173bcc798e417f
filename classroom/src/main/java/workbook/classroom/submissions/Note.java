package workbook.classroom.submissions;

/**
 * What student and teacher should know about a hand-in.
 *
 * @param template has {@code %s} for what is in the hand-in
 * @param found names of files, as the student gave them
 */
public record Note(String template, String found) {
  /** One that names nothing of the student's. */
  static Note of(String text) {
    return new Note(text.replace("%", "%%"), "");
  }

  /** The same for a report without names: those of files often tell whose they are. */
  Note anonymous() {
    return new Note(template, "[a file]");
  }

  @Override
  public String toString() {
    return template.formatted(found);
  }
}
