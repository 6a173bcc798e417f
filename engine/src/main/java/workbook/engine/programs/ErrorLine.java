package workbook.engine.programs;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Picks the line that says what is wrong out of all that PostgreSQL's programs say. */
public final class ErrorLine {
  private static final Pattern TELLING =
      Pattern.compile("panic:|fatal:|error:|no space|could not|cannot|denied");
  private static final Pattern PREFIX = Pattern.compile("^(.*(PANIC|FATAL|ERROR): |(\\w+: )+)\\s*");

  private ErrorLine() {}

  /** The first line that names a cause, without its time stamp; the last line if none does. */
  public static String in(String output) {
    List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
    String telling =
        lines.stream()
            .filter(line -> TELLING.matcher(line.toLowerCase(Locale.ROOT)).find())
            .filter(line -> !line.contains("could not start server"))
            .findFirst()
            .orElse(lines.isEmpty() ? "it says nothing" : lines.get(lines.size() - 1));
    return PREFIX.matcher(telling).replaceFirst("").replaceFirst("\\.$", "");
  }
}
