package workbook.classroom.submissions;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
  // Each platform's, with names and without.
  private static final List<Layout> KNOWN =
      List.of(
          Layout.of(
              "Moodle",
              NOT_TOLD + "(?<name>.+?)_(?<id>[0-9]+)_assignsubmission_[a-z]+_?(?<file>.*)"),
          Layout.of(
              "Canvas",
              "(?<attempt>)(?<late>LATE_)?(?<name>anon_(?<id>)[A-Za-z0-9]+)_[0-9]+_(?<file>.+)",
              "(?<attempt>)(?<name>[^_]+)(?<late>_LATE)?_(?<id>[0-9]+)_[0-9]+_(?<file>.+)"),
          Layout.of(
              "Blackboard",
              "(?<late>)(?<id>).+_(?<name>[^_]+)_attempt_(?<attempt>[0-9]{4}(-[0-9]{2}){5})"
                  + "(_(?<file>.+)|\\.txt)?"),
          Layout.of(
              "Brightspace",
              "(?<late>)(?<id>[0-9]+)-[0-9]+ - (?<name>.+?) - "
                  + "(?<attempt>[A-Z][a-z]{2} [0-9]{1,2}, [0-9]{4} [0-9]{3,4} [AP]M)"
                  + "( - (?<file>.+))?"));

  private static final DateTimeFormatter BRIGHTSPACE =
      DateTimeFormatter.ofPattern("MMM d, yyyy hmm a", Locale.ENGLISH);
  private static final DateTimeFormatter ATTEMPT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd-HH-mm-ss", Locale.ROOT);

  /** How one platform names what it gives. */
  record Layout(String platform, List<Pattern> patterns) {
    private static Layout of(String platform, String... patterns) {
      return new Layout(platform, Stream.of(patterns).map(Pattern::compile).toList());
    }

    /** What a name says; empty if it is none that this platform gives. */
    Optional<PlatformName> read(String name) {
      return patterns.stream()
          .map(pattern -> pattern.matcher(name))
          .filter(Matcher::matches)
          .map(PlatformName::told)
          .findFirst();
    }
  }

  /**
   * Which platform a download is from: the one that most of its names are of. A student's own name
   * of a file may look like another's.
   */
  static Layout layout(Collection<String> names) {
    return KNOWN.stream()
        .max(
            Comparator.comparingLong(
                layout -> names.stream().filter(name -> layout.read(name).isPresent()).count()))
        .filter(layout -> names.stream().anyMatch(name -> layout.read(name).isPresent()))
        .orElse(KNOWN.get(0));
  }

  /** What a name says; empty if it is none that any platform gives. */
  static Optional<PlatformName> of(String name) {
    return KNOWN.stream().flatMap(layout -> layout.read(name).stream()).findFirst();
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
