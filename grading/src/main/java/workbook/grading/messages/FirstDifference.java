package workbook.grading.messages;

import java.util.List;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.ValueWrapper;
import workbook.engine.Excerpt;

/** Where two long lists part, which a reader of both would have to look for. */
public final class FirstDifference {
  // As many can be compared by eye.
  private static final int FEW = 5;
  private static final int LONGEST = 200;

  private FirstDifference() {}

  /** A line about a failure that compared two lists; empty for others. */
  public static String in(Throwable failure) {
    if (failure instanceof AssertionFailedError compared) {
      List<String> expected = elements(compared.getExpected());
      List<String> actual = elements(compared.getActual());
      if (!expected.isEmpty()
          && !actual.isEmpty()
          && Math.max(expected.size(), actual.size()) > FEW) {
        return between(expected, actual);
      }
    }
    return "";
  }

  private static String between(List<String> expected, List<String> actual) {
    int at = 0;
    while (at < expected.size() && at < actual.size() && expected.get(at).equals(actual.get(at))) {
      at++;
    }
    return "\nfirst difference, at number %s of %s: expected %s, but was %s"
        .formatted(at + 1, sizes(expected, actual), shown(expected, at), shown(actual, at));
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
