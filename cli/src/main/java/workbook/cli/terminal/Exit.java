package workbook.cli.terminal;

/** What the command's exit status says. */
public final class Exit {
  public static final int FINE = 0;
  public static final int CHECKS_FAILED = 1;
  public static final int USAGE = 2;
  public static final int ENVIRONMENT = 3;

  private Exit() {}
}
