package workbook.engine.programs;

/** What to do about what PostgreSQL's programs and the system complain of. */
public final class Advice {
  /** What to do where a process may not open the files that it needs. */
  public static final String MORE_FILES =
      "Too few files may be open at once here (ulimit -n tells how many): allow 1024.";

  private static final String TOO_MANY_FILES = "Too many open files";

  private Advice() {}

  /** Whether a complaint is that no more files can be opened. */
  public static boolean isOfTooManyFiles(String complaint) {
    return complaint.contains(TOO_MANY_FILES);
  }

  /** A sentence about a complaint; where nothing is known of it, about the usual causes. */
  public static String on(String complaint) {
    if (complaint.contains("effective user ID")) {
      return "Your user has a number here, but no name, as whoami tells: work as a user with a name.";
    }
    if (complaint.contains("failed to execute")) {
      return "Is this disk mounted noexec? Then move the workbook to another.";
    }
    if (isOfTooManyFiles(complaint)) {
      return MORE_FILES;
    }
    return "Look for free disk space and the right to write there.";
  }
}
