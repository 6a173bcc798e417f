package workbook.jshell;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the tool {@code jshell} is started with, to open on the playground. */
public final class ShellOptions {
  // A shell lives for an hour and computes for a second of it.
  private static final List<String> THRIFTY =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData");

  // If ours cannot be had, JShell's own engine will do.
  private static final String ENGINE = "failover:0(quick),1(jdi)";

  private final Path root;
  private final List<String> options = new ArrayList<>();

  private ShellOptions(Path root) {
    this.root = root;
  }

  /**
   * The options.
   *
   * @param root the workbook's folder
   * @param lesson the name of the script to load; null for an empty shell
   * @param settings the file that names the playground
   */
  public static List<String> of(Path root, String lesson, Path settings) throws IOException {
    ShellOptions made = new ShellOptions(root);
    made.addEngine();
    made.addPreferences();
    made.options.add("-R-D" + ShellConnections.SETTINGS + "=" + settings);
    made.addScripts(lesson);
    return List.copyOf(made.options);
  }

  /** The workbook's own classes that a shell has. */
  static List<String> classes(Path root) {
    return Stream.of("jshell", "engine", "support")
        .map(module -> root.resolve(module).resolve("target/" + module + ".jar").toString())
        .toList();
  }

  private void addEngine() {
    String classes = String.join(File.pathSeparator, classes(root));
    String all =
        classes + File.pathSeparator + root.resolve("jshell/target/lib") + File.separator + "*";
    for (String option : THRIFTY) {
      options.addAll(List.of("-J" + option, "-R" + option));
    }
    // JShell looks for the engine on its own class path, and the engine's JVM starts from its.
    options.addAll(List.of("-J--class-path=" + classes, "-R--class-path", "-R" + all));
    options.addAll(List.of("--class-path", all, "--execution", ENGINE));
  }

  // Of a home that has no preferences yet, or takes none, Java would tell at the first start.
  private void addPreferences() throws IOException {
    Path folder = root.resolve(".workbook/shell");
    Files.createDirectories(folder.resolve(".java/.userPrefs"));
    options.add("-J-Djava.util.prefs.userRoot=" + folder);
  }

  private void addScripts(String lesson) throws IOException {
    options.addAll(List.of("--startup", script("start").toString()));
    if (lesson != null) {
      options.add("-R-D" + Greeting.LESSON + "=" + lesson);
      options.add(woven(lesson).toString());
    }
    options.add(script("greet").toString());
  }

  private Path script(String name) {
    return root.resolve("jshell").resolve(name + ".jsh");
  }

  /** The script as JShell keeps it whole, prose and all; its outputs would only be in the way. */
  private Path woven(String lesson) throws IOException {
    Path copy = root.resolve(".workbook/shell").resolve(lesson + ".jsh");
    Files.createDirectories(copy.getParent());
    return Files.write(copy, Script.read(script(lesson)).woven());
  }
}
