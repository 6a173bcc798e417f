package workbook.grading.messages;

import java.util.List;
import java.util.regex.Pattern;

/** Messages of the JVM and of Jdbi that lead a learner astray, in other words. */
public final class LibraryMessages {
  private record Rewording(Pattern pattern, String words) {}

  // The first ones win: a switch over a String or an enum has a variable that no source has.
  private static final List<Rewording> REWORDINGS =
      List.of(
          new Rewording(
              Pattern.compile(
                  "Cannot invoke \"(String\\.hashCode|[\\w.$]+\\.ordinal)\\(\\)\""
                      + " because \"<local\\d+>\" is null"),
              "the value that a switch looks at is null"),
          new Rewording(Pattern.compile("\"<local\\d+>\""), "a local variable"),
          new Rewording(
              Pattern.compile("Improper transaction handling detected: .*"),
              "A Handle was closed while a transaction was open on it. Commit or roll back every"
                  + " transaction that you begin, also when something fails."),
          new Rewording(
              Pattern.compile(
                  "Instance factory '[^']*' parameter '\\[(\\w+)\\]' has no matching columns in"
                      + " the result set\\. Verify that .*"),
              "the record's component $1 finds no column of that name in the result. Which names do"
                  + " its columns have? AS gives a column another one."),
          new Rewording(
              Pattern.compile("Extension not found: (\\S+) \\[Hint: [^\\]]*SqlObjectPlugin]"),
              "Jdbi makes no object of $1. Either SqlObjectPlugin is not installed, or the"
                  + " interface has no method with @SqlQuery, @SqlUpdate or @SqlBatch: is it"
                  + " your own interface?"),
          new Rewording(
              Pattern.compile(
                  "ResultSet not positioned properly, perhaps you need to call next\\."),
              "ResultSet not positioned properly, perhaps you need to call next. If you did, it"
                  + " returned false: there is no row. (getGeneratedKeys has none if"
                  + " prepareStatement was not told which columns to return.)"),
          new Rewording(
              Pattern.compile("The column name (\\S+) was not found in this ResultSet\\."),
              "The column name $1 was not found in this ResultSet. A result has the columns that"
                  + " its query names, and that of getGeneratedKeys those that prepareStatement"
                  + " was told to return."),
          new Rewording(
              Pattern.compile("no registered extension handler!"),
              "no registered extension handler. Jdbi writes those methods of the interface that"
                  + " have @SqlQuery, @SqlUpdate or @SqlBatch themselves: an annotation on the"
                  + " method that yours overrides does not count."));

  private LibraryMessages() {}

  /** A message as a learner can use it; most are so already. */
  public static String reworded(String message) {
    String text = message;
    for (Rewording rewording : REWORDINGS) {
      text = rewording.pattern().matcher(text).replaceAll(rewording.words());
    }
    return text;
  }
}
