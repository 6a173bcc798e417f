package workbook.grading.globals;

import java.lang.StackWalker.StackFrame;
import java.util.Properties;
import java.util.stream.Stream;
import workbook.engine.trace.TracePart;

/**
 * Tells who opens a connection, by the stack: an answer, or the checks that ask it.
 *
 * <p>Sessions that the checks open by themselves bear a name, so that a trace does not show them as
 * the answer's. Checks need not think of it.
 *
 * @param answer the source file of the answer; null if there is none
 * @param checks the package that the checks and the answer share
 */
record Caller(String answer, String checks) {
  static final Caller UNKNOWN = new Caller(null, "");

  /**
   * @param tests such as {@code MyCatalogueTest}, which tests {@code MyCatalogue.java}
   */
  static Caller of(Class<?> tests) {
    String name = tests.getSimpleName();
    return name.startsWith("My") && name.endsWith("Test")
        ? new Caller(name.substring(0, name.length() - 4) + ".java", tests.getPackageName() + ".")
        : UNKNOWN;
  }

  /** The driver's properties, with a name for the session if the checks open it by themselves. */
  Properties signed(Properties properties) {
    if (answer == null || !isOfChecks()) {
      return properties;
    }
    Properties signed = new Properties();
    signed.setProperty("ApplicationName", TracePart.CHECK);
    // What the caller sets counts.
    properties
        .stringPropertyNames()
        .forEach(name -> signed.setProperty(name, properties.getProperty(name)));
    return signed;
  }

  private boolean isOfChecks() {
    return StackWalker.getInstance().walk(this::isOfChecks);
  }

  private boolean isOfChecks(Stream<StackFrame> stack) {
    boolean checksCall = false;
    for (StackFrame frame : (Iterable<StackFrame>) stack::iterator) {
      if (answer.equals(frame.getFileName())) {
        return false;
      }
      checksCall |= frame.getClassName().startsWith(checks);
    }
    return checksCall;
  }
}
