package workbook.classroom.submissions;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a student handed in at several times, in a folder for each; the newest counts. */
final class Attempts {
  // Moodle's VPL puts the results of its own checks beside each.
  private static final Pattern PATH =
      Pattern.compile("(?<time>[0-9]{4}(-[0-9]{2}){5})(?<results>\\.ceg)?/(?<file>.*)");

  private Attempts() {}

  /** The files of the newest attempt, and those that belong to none. */
  static List<SubmissionFile> newest(List<SubmissionFile> files, List<Note> notes) {
    List<String> times =
        files.stream()
            .map(file -> PATH.matcher(file.path()))
            .filter(path -> path.matches() && path.group("results") == null)
            .map(path -> path.group("time"))
            .distinct()
            .sorted()
            .toList();
    if (times.isEmpty()) {
      return files;
    }
    String newest = times.get(times.size() - 1);
    if (times.size() > 1) {
      notes.add(new Note("of " + times.size() + " attempts the newest is graded: %s", newest));
    }
    return files.stream().map(file -> of(newest, file)).filter(file -> file != null).toList();
  }

  private static SubmissionFile of(String time, SubmissionFile file) {
    Matcher path = PATH.matcher(file.path());
    if (!path.matches()) {
      return file;
    }
    boolean counts = path.group("results") == null && path.group("time").equals(time);
    return counts ? file.named(path.group("file")) : null;
  }
}
