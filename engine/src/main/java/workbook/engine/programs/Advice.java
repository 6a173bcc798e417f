package workbook.engine.programs;

/** What to do about what PostgreSQL's programs complain of. */
public final class Advice {
  private Advice() {}

  /** A sentence about a complaint; where nothing is known of it, about the usual causes. */
  public static String on(String complaint) {
    if (complaint.contains("effective user ID")) {
      return "Your user has a number here, but no name, as whoami tells: work as a user with a name.";
    }
    if (complaint.contains("failed to execute")) {
      return "Is this disk mounted noexec? Then move the workbook to another.";
    }
    return "Look for free disk space and the right to write there.";
  }
}
