package workbook.cli.grade;

import java.util.List;
import java.util.Map;

/**
 * What one student handed in.
 *
 * @param student the name, as the folder or the file has it, or a pseudonym
 * @param id the number that Moodle or Canvas gave the student; empty if there is none
 * @param files the answers, by the lesson's number
 * @param notes what a teacher should know about it
 */
record HandIn(String student, String id, Map<Integer, AnswerText> files, List<String> notes) {

  /**
   * An answer's source.
   *
   * @param name where it was found, inside the hand-in
   * @param notes what a teacher should know about it
   */
  record AnswerText(String name, String text, List<String> notes) {}

  HandIn named(String name) {
    return new HandIn(name, "", files, notes);
  }
}
