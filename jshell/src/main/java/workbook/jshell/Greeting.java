package workbook.jshell;

/** What the shell says first. */
public final class Greeting {
  /** The helpers that snippets can call, in two lines. */
  public static final String HELPERS =
      """
      At hand: show("SELECT ...")  peek("table")  sessions()  locks()  attempt(() -> ...)
               trace(() -> ...)  jdbi()  connection()  freshSchema("name")  hangUp()""";

  private static final String WITH_STEPS =
      """
      Enter on an empty line runs the step that is shown, and shows the next. In between,
      type Java of your own, as much as you like. /help tells more, /exit leaves.""";

  private static final String WITHOUT_STEPS =
      """
      Connected to the playground, %s. Type Java; /help tells more, /exit leaves.
      """;

  private Greeting() {}

  /** For a lesson. */
  public static String withSteps() {
    return WITH_STEPS;
  }

  /** For a shell without a lesson. */
  public static String withoutSteps() {
    return WITHOUT_STEPS.formatted(Shell.settings()) + HELPERS;
  }
}
