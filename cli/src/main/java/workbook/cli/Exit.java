package workbook.cli;

/** What the command's exit status says. */
final class Exit {
  static final int FINE = 0;
  static final int CHECKS_FAILED = 1;
  static final int USAGE = 2;
  static final int ENVIRONMENT = 3;

  private Exit() {}
}
