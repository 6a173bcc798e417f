package workbook.cli;

/** A command in a process of its own, on the class path of the tests. */
public final class WorkbookProcess {
  private WorkbookProcess() {}

  public static void main(String... arguments) {
    System.exit(Workbook.run(arguments));
  }
}
