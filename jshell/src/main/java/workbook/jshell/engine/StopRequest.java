package workbook.jshell.engine;

/** Where the code of every snippet looks whether it is to stop; see {@link StopChecks}. */
public final class StopRequest {
  private static volatile boolean made;

  private StopRequest() {}

  /** For the code of snippets: ends it if it is to stop. */
  public static void check() {
    if (made) {
      throw new Stopped();
    }
  }

  static void make() {
    made = true;
  }

  static void forget() {
    made = false;
  }

  static boolean isMade() {
    return made;
  }

  /** Ends a snippet; no {@code catch (Exception e)} of the snippet holds it up. */
  private static final class Stopped extends Error {
    private static final long serialVersionUID = 1;

    Stopped() {
      super("Stopped", null, false, false);
    }
  }
}
