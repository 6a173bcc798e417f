package workbook.classroom.submissions;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one student handed in.
 *
 * @param student the name, as the folder or the file has it, or a pseudonym
 * @param id the number that Moodle or Canvas gave the student; empty if there is none
 * @param files the answers, by the lesson's number
 * @param notes what a teacher should know about it
 */
public record Submission(
    String student, String id, Map<Integer, AnswerText> files, List<Note> notes) {

  /**
   * An answer's source.
   *
   * @param name where it was found, inside the hand-in
   * @param notes what a teacher should know about it
   */
  public record AnswerText(String name, String text, List<Note> notes) {}

  /** The same under a pseudonym; names of files and folders often tell who it is. */
  public Submission anonymous(String pseudonym) {
    Map<Integer, AnswerText> nameless = new TreeMap<>();
    files.forEach(
        (lesson, answer) ->
            nameless.put(
                lesson,
                new AnswerText(
                    answer.name().replaceFirst(".*/", ""),
                    answer.text(),
                    anonymous(answer.notes()))));
    return new Submission(pseudonym, "", nameless, anonymous(notes));
  }

  private static List<Note> anonymous(List<Note> notes) {
    return notes.stream().map(Note::anonymous).toList();
  }
}
