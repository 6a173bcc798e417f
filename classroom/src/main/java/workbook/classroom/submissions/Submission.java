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
   * @param helpers further sources of its package, by the file's name
   * @param notes what a teacher should know about it
   */
  public record AnswerText(
      String name, String text, Map<String, String> helpers, List<Note> notes) {

    /** One that stands for itself. */
    public static AnswerText of(String name, String text) {
      return new AnswerText(name, text, Map.of(), List.of());
    }

    /** All of it, for a key. */
    public String whole() {
      return helpers.isEmpty() ? text : text + helpers;
    }
  }

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
                    answer.helpers(),
                    anonymous(answer.notes()))));
    return new Submission(pseudonym, "", nameless, anonymous(notes));
  }

  private static List<Note> anonymous(List<Note> notes) {
    return notes.stream().map(Note::anonymous).toList();
  }
}
