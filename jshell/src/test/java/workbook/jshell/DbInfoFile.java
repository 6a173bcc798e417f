package workbook.jshell;

import java.io.IOException;
import java.nio.file.Path;
import workbook.grading.recorded.ProgramRun;
import workbook.support.DatabaseSettings;

/** Takes a throwaway database's settings where the helpers look for the playground's. */
public final class DbInfoFile {
  /** See {@code workbook.jshell.ShellConnections}. */
  static final String PROPERTY = "workbook.shell.settings";

  private DbInfoFile() {}

  /** Makes the helpers use a database. */
  public static Path write(Path folder, DatabaseSettings settings) throws IOException {
    Path file = ProgramRun.settingsFile(folder, settings);
    System.setProperty(PROPERTY, file.toString());
    return file;
  }

  /** Makes the helpers use the playground. */
  public static void forget() {
    System.clearProperty(PROPERTY);
  }
}
