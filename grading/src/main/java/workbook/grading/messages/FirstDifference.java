package workbook.grading.messages;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.ValueWrapper;
import workbook.engine.Excerpt;

/** Where two long lists part, which a reader of both would have to look for. */
public final class FirstDifference {
  // As many can be compared by eye.
  private static final int FEW = 5;
  private static final int SHORT = 240;
  private static final int LONGEST = 200;
  private static final Pattern RECORD = Pattern.compile("(?s)\\w+\\[.*]");
  private static final Pattern COMPONENT = Pattern.compile("[\\[ ](\\w+)=");

  private FirstDifference() {}

  /** A line about a failure that compared two lists; empty for others. */
  public static String in(Throwable failure) {
    if (failure instanceof AssertionFailedError compared) {
      List<String> expected = elements(compared.getExpected());
      List<String> actual = elements(compared.getActual());
      if (!expected.isEmpty() && !actual.isEmpty() && (isLong(expected) || isLong(actual))) {
        return between(expected, actual);
      }
    }
    return "";
  }

  private static boolean isLong(List<String> list) {
    return list.size() > FEW || list.stream().mapToInt(String::length).sum() > SHORT;
  }

  private static String between(List<String> expected, List<String> actual) {
    int at = 0;
    while (at < expected.size() && at < actual.size() && expected.get(at).equals(actual.get(at))) {
      at++;
    }
    boolean both = at < expected.size() && at < actual.size();
    return "\nfirst difference, at number %s of %s%s: expected %s, but was %s%s"
        .formatted(
            at + 1,
            sizes(expected, actual),
            both ? component(expected.get(at), actual.get(at)) : "",
            shown(expected, at),
            shown(actual, at),
            both && expected.stream().sorted().toList().equals(actual.stream().sorted().toList())
                ? "\n(the same elements, in another order)"
                : "");
  }

  // Of two records, the component in which they differ first.
  private static String component(String expected, String actual) {
    if (!RECORD.matcher(expected).matches() || !RECORD.matcher(actual).matches()) {
      return "";
    }
    int same = 0;
    while (same < Math.min(expected.length(), actual.length())
        && expected.charAt(same) == actual.charAt(same)) {
      same++;
    }
    String name = "";
    Matcher component = COMPONENT.matcher(expected.substring(0, same));
    while (component.find()) {
      name = ", component " + component.group(1);
    }
    return name;
  }

  // AssertJ hands on a list's text. Each element of a long list begins a line of it; in a text of
  // one line, a comma may also be part of an element.
  private static List<String> elements(ValueWrapper list) {
    String text = list == null ? "" : list.getStringRepresentation();
    boolean isList = text.startsWith("[") && text.endsWith("]") && text.length() > 2;
    boolean isOneLine = text.indexOf('\n') < 0 && text.contains(", ");
    return isList && !isOneLine
        ? List.of(text.substring(1, text.length() - 1).split(",\\R +"))
        : List.of();
  }

  private static String sizes(List<String> expected, List<String> actual) {
    return expected.size() == actual.size()
        ? String.valueOf(expected.size())
        : "%s expected and %s found".formatted(expected.size(), actual.size());
  }

  private static String shown(List<String> list, int at) {
    if (at >= list.size()) {
      return "no more";
    }
    String text = list.get(at);
    return text.length() <= LONGEST ? text : Excerpt.of(text, LONGEST) + "...";
  }
}
