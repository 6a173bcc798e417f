package workbook.cli.command;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import workbook.cli.terminal.SearchPath;
import workbook.engine.Folders;
import workbook.support.EnvironmentException;

/** Looks at the tools and the system that the workbook stands on. */
final class SystemDiagnosis {
  private static final int OLDEST_JDK = 17;
  private static final Pattern MAVEN =
      Pattern.compile("Apache Maven ((\\d+)\\.(\\d+)\\.(\\d+)\\S*)");
  private static final int OLDEST_MAVEN = 3_008_006;
  private static final long MEGABYTE = 1 << 20;
  private static final long LEAST_SPACE = 500;
  private static final long LEAST_FILES = 256;

  private final Path root;
  private final Map<String, String> environment;

  SystemDiagnosis(Path root, Map<String, String> environment) {
    this.root = root;
    this.environment = environment;
  }

  String jdk() {
    String found = Runtime.version() + " in " + System.getProperty("java.home");
    if (Runtime.version().feature() < OLDEST_JDK) {
      throw new EnvironmentException(
          found + " is too old: install JDK 17 or newer and point JAVA_HOME to it");
    }
    if (ToolProvider.getSystemJavaCompiler() == null) {
      throw new EnvironmentException(
          found + " has no compiler: install a JDK, not a JRE, and point JAVA_HOME to it");
    }
    return found;
  }

  String maven() throws IOException {
    Path program =
        SearchPath.find("mvn", environment)
            .orElseThrow(
                () ->
                    new EnvironmentException(
                        "not on the PATH: install Maven 3.8.6 or newer, https://maven.apache.org"));
    Process process =
        new ProcessBuilder(program.toString(), "-v").redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher version = MAVEN.matcher(said);
    if (!version.find()) {
      throw new EnvironmentException(
          "%s -v does not tell its version: look at what it prints".formatted(program));
    }
    String found = version.group(1).replaceAll("\u001b.*", "") + ", " + program;
    if (number(version) < OLDEST_MAVEN) {
      throw new EnvironmentException(found + " is too old: install 3.8.6 or newer");
    }
    return found;
  }

  private static int number(Matcher version) {
    return Integer.parseInt(version.group(2)) * 1_000_000
        + Integer.parseInt(version.group(3)) * 1_000
        + Integer.parseInt(version.group(4));
  }

  String locale() {
    Charset files = Charset.forName(System.getProperty("sun.jnu.encoding"));
    // What Java could not read of a path, it shows as this character.
    boolean unreadable = root.toString().indexOf('\uFFFD') >= 0;
    if (unreadable || !files.newEncoder().canEncode(root.toString())) {
      throw new EnvironmentException(
          "Java cannot handle the name of this folder (%s) in %s: set LC_ALL=C.UTF-8, or use a folder without umlauts"
              .formatted(root, files));
    }
    return "%s, files in %s, text in %s"
        .formatted(Locale.getDefault(), files, Charset.defaultCharset());
  }

  private static void requireOpenFiles() {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        && system.getMaxFileDescriptorCount() < LEAST_FILES) {
      throw new EnvironmentException(
          "only %s files may be open at once (ulimit -n): allow 1024"
              .formatted(system.getMaxFileDescriptorCount()));
    }
  }

  String disk() throws IOException {
    Folders.requireWritable(root);
    Path work = root.resolve(".workbook");
    Folders.requireWritable(work);
    // It may be a link to another disk.
    Path place = Files.exists(work) ? work : root;
    long free = Files.getFileStore(place).getUsableSpace() / MEGABYTE;
    if (free < LEAST_SPACE) {
      throw new EnvironmentException(
          "%s MB are free in %s: make room for %s MB".formatted(free, place, LEAST_SPACE));
    }
    requireOpenFiles();
    return free + " MB are free";
  }
}
