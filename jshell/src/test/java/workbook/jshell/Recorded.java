package workbook.jshell;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Recorded output, in which {@code ...} stands for anything: within a line, or for lines. */
public record Recorded(List<String> lines) {
  private static final String ANYTHING = "...";
  private static final Pattern FAILURE = Pattern.compile("! (?:SQLSTATE (\\w{5})|([\\w$]+)).*");

  /** Whether it fits. */
  public boolean matches(List<String> actual) {
    return pattern(lines).matcher(String.join("\n", actual) + "\n").matches();
  }

  /**
   * What to record from now on: what came out, but for lines whose {@code ...} still holds.
   *
   * @throws AssertionError if it failed in another way than was expected; nobody blesses that
   */
  List<String> blessed(List<String> actual) {
    if (matches(actual)) {
      return lines;
    }
    if (!lines.isEmpty() || !failures(actual).isEmpty()) {
      requireSameFailures(actual);
    }
    List<String> blessed = new ArrayList<>();
    for (int i = 0; i < actual.size(); i++) {
      boolean holds =
          i < lines.size()
              && pattern(lines.subList(i, i + 1)).matcher(actual.get(i) + "\n").matches();
      blessed.add(holds ? lines.get(i) : actual.get(i));
    }
    return blessed;
  }

  private void requireSameFailures(List<String> actual) {
    if (!failures(lines).equals(failures(actual))) {
      throw new AssertionError(
          "expected to fail with %s, but failed with %s. Mark an expected failure: //> ! SQLSTATE 42P07 ..."
              .formatted(failures(lines), failures(actual)));
    }
  }

  /** The SQLSTATE of each failure; where there is none, its class. */
  private static List<String> failures(List<String> lines) {
    return lines.stream()
        .map(FAILURE::matcher)
        .filter(Matcher::matches)
        .map(failure -> Objects.requireNonNullElse(failure.group(1), failure.group(2)))
        .toList();
  }

  private static Pattern pattern(List<String> lines) {
    String regex =
        lines.stream()
            .map(line -> line.strip().equals(ANYTHING) ? "(?:.*\n)*" : inLine(line) + "\n")
            .collect(Collectors.joining());
    return Pattern.compile(lines.isEmpty() ? "\n" : regex);
  }

  private static String inLine(String line) {
    return List.of(line.split(Pattern.quote(ANYTHING), -1)).stream()
        .map(Pattern::quote)
        .collect(Collectors.joining(".*"));
  }
}
