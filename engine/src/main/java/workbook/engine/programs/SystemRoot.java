package workbook.engine.programs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import workbook.support.EnvironmentException;

/** Helps the operating system's superuser, as whom PostgreSQL refuses to run. */
public final class SystemRoot {
  // In a user namespace of its own a program has an ordinary user's number, and root's files.
  private static final List<String> NAMESPACE = List.of("unshare", "-U");

  private static List<String> prefix;

  private SystemRoot() {}

  /** What to put before a command line of PostgreSQL's: nothing, unless we are root on Linux. */
  public static synchronized List<String> prefix() {
    if (prefix == null) {
      if (isRootOnLinux()) {
        requireNamespaces();
        prefix = NAMESPACE;
      } else {
        prefix = List.of();
      }
    }
    return prefix;
  }

  /** Whether this process runs as root, on Linux. */
  public static boolean isRootOnLinux() {
    try {
      Path self = Path.of("/proc/self");
      return Files.exists(self) && Files.getAttribute(self, "unix:uid").equals(0);
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }

  private static void requireNamespaces() {
    String refusal;
    try {
      Process process =
          new ProcessBuilder("unshare", "-U", "true").redirectErrorStream(true).start();
      byte[] said = process.getInputStream().readAllBytes();
      refusal = process.waitFor() == 0 ? null : new String(said, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      refusal = e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("Interrupted while looking how root may run a server.", e);
    }
    if (refusal != null) {
      throw new EnvironmentException(
          "PostgreSQL does not run as root, and root may make no user namespace here (%s). Run the workbook as an ordinary user, or name a server elsewhere: WORKBOOK_DATABASE=docker or a JDBC URL."
              .formatted(refusal));
    }
  }
}
