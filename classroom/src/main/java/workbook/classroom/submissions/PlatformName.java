package workbook.classroom.submissions;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name says that a learning platform gives to a folder or file.
 *
 * @param student the student's name
 * @param id the platform's number for the student; empty if it tells none
 * @param late whether it was handed in late
 * @param attempt when it was handed in, as in {@code 2026-11-20-11-05-33}; empty if it is not told
 * @param file the name that the student gave to the file; empty for a folder
 */
record PlatformName(String student, String id, boolean late, String attempt, String file) {
  private static final String NOT_TOLD = "(?<late>)(?<attempt>)";
  private static final List<Pattern> KNOWN =
      List.of(
          // Moodle
          Pattern.compile(
              NOT_TOLD + "(?<name>.+?)_(?<id>[0-9]+)_assignsubmission_[a-z]+_?(?<file>.*)"),
          // Canvas, with names and without
          Pattern.compile(
              "(?<attempt>)(?<late>LATE_)?(?<name>anon_(?<id>)[A-Za-z0-9]+)_[0-9]+_(?<file>.+)"),
          Pattern.compile(
              "(?<attempt>)(?<name>[^_]+)(?<late>_LATE)?_(?<id>[0-9]+)_[0-9]+_(?<file>.+)"),
          // Blackboard
          Pattern.compile(
              "(?<late>)(?<id>).+_(?<name>[^_]+)_attempt_(?<attempt>[0-9]{4}(-[0-9]{2}){5})"
                  + "(_(?<file>.+)|\\.txt)?"),
          // Brightspace
          Pattern.compile(
              "(?<late>)(?<id>[0-9]+)-[0-9]+ - (?<name>.+?) - "
                  + "(?<attempt>[A-Z][a-z]{2} [0-9]{1,2}, [0-9]{4} [0-9]{3,4} [AP]M)"
                  + "( - (?<file>.+))?"));

  private static final DateTimeFormatter BRIGHTSPACE =
      DateTimeFormatter.ofPattern("MMM d, yyyy hmm a", Locale.ENGLISH);
  private static final DateTimeFormatter ATTEMPT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd-HH-mm-ss", Locale.ROOT);

  /** What a name says; empty if it is none that a platform gives. */
  static Optional<PlatformName> of(String name) {
    return KNOWN.stream()
        .map(pattern -> pattern.matcher(name))
        .filter(Matcher::matches)
        .map(PlatformName::told)
        .findFirst();
  }

  private static PlatformName told(Matcher name) {
    return new PlatformName(
        name.group("name"),
        name.group("id"),
        name.group("late") != null && !name.group("late").isEmpty(),
        time(name.group("attempt")),
        name.group("file") == null ? "" : name.group("file"));
  }

  private static String time(String told) {
    if (told.isEmpty() || told.matches("[0-9-]+")) {
      return told;
    }
    try {
      return LocalDateTime.parse(told, BRIGHTSPACE).format(ATTEMPT);
    } catch (DateTimeParseException noSuchDay) {
      return "";
    }
  }
}
