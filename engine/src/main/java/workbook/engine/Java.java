package workbook.engine;

import java.nio.file.Path;

/** The Java that runs this command; what the command starts runs on the same. */
public final class Java {
  private Java() {}

  public static String executable() {
    return tool("java");
  }

  /** Another program of the same JDK. */
  public static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }
}
