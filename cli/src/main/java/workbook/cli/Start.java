package workbook.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * What the scripts start: the command, if what is built is whole and what its sources say.
 *
 * <p>It uses no library, and none of the other modules, so it can tell that one is missing.
 */
final class Start {
  // Java itself ends with 1 where it cannot start a program; the script turns this into 1.
  private static final int CHECKS_FAILED = 86;
  private static final int ENVIRONMENT = 3;

  private Start() {}

  public static void main(String... arguments) {
    System.exit(run(arguments));
  }

  private static int run(String... arguments) {
    String name = System.getProperty("workbook.root");
    boolean doctor = arguments.length > 0 && arguments[0].equals("doctor");
    try {
      Path root = Path.of(name);
      if (doctor ? !Build.isSoundThroughout(root) : !Build.isSound(root)) {
        return Build.STALE;
      }
    } catch (InvalidPathException e) {
      System.err.println(
          "Java cannot handle the name of this folder: move the workbook elsewhere.");
      return ENVIRONMENT;
    }
    // Doctor itself says this of a JRE; some do not even have the compiler's interface.
    if (isMissing("java.compiler") || !doctor && isMissing("jdk.compiler")) {
      System.err.println(
          "%s has no compiler: install a JDK, version 17 or newer, and point JAVA_HOME to it."
              .formatted(System.getProperty("java.home")));
      return ENVIRONMENT;
    }
    int status = Workbook.run(arguments);
    return status == 1 ? CHECKS_FAILED : status;
  }

  private static boolean isMissing(String module) {
    return ModuleLayer.boot().findModule(module).isEmpty();
  }
}
