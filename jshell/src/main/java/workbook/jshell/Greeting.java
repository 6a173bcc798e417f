package workbook.jshell;

/** What JShell says when it is ready. */
final class Greeting {
  /** The system property that names the script which is being loaded, if there is one. */
  static final String LESSON = "workbook.shell.lesson";

  private static final String HELPERS =
      """
      At hand: show("SELECT ...")  peek("table")  sessions()  locks()  attempt(() -> ...)
               trace(() -> ...)  jdbi()  connection()  freshSchema("name")  hangUp()
      Leave with /exit.""";

  private Greeting() {}

  static String text() {
    String lesson = System.getProperty(LESSON);
    return lesson == null
        ? "Connected to the playground, " + Shell.settings() + ".\n" + HELPERS
        : """
          %s is loaded, and has been run once. /list shows its steps;
          /4 runs step 4 again, /1-5 the first five. Change what you like, and see.
          """
                .formatted(lesson)
            + HELPERS;
  }
}
