package workbook.cli;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Builds the workbook, and tells whether what is built is whole and what its sources say.
 *
 * <p>The scripts start this file as it stands, so it refers to the JDK alone.
 */
final class Build {
  /** The exit status that asks the script to build; the script knows it too. */
  static final int STALE = 85;

  // What the script is told: it was built, there was nothing to build, it cannot be built.
  private static final int BUILT = 0;
  private static final int SOUND = 1;
  private static final int ENVIRONMENT = 3;

  private static final List<String> MODULES =
      List.of("support", "engine", "grading", "jshell", "cli", "classroom");
  private static final String SAY =
      "Building the workbook (the first time, Maven downloads what it needs)";
  private static final boolean WINDOWS = File.separatorChar == '\\';
  private static final Pattern NETWORK =
      Pattern.compile("Could not transfer|Unknown host|in offline mode|has not been downloaded");
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);

  private final Path root;
  private final List<String> modules;
  private final Path stamp;

  private Build(Path root) {
    this.root = root;
    // The students' copy has no classroom.
    this.modules =
        MODULES.stream().filter(it -> Files.exists(root.resolve(it + "/pom.xml"))).toList();
    this.stamp = root.resolve("cli/target/built");
  }

  /**
   * Builds, unless another command just has.
   *
   * @param arguments the workbook's folder, and {@code terminal} if a person looks on
   */
  public static void main(String... arguments) {
    try {
      Build build = new Build(Path.of(arguments[0]));
      System.exit(build.alone(List.of(arguments).contains("terminal")));
    } catch (IOException | InterruptedException e) {
      System.err.println("The workbook in %s cannot be built: %s".formatted(arguments[0], e));
      System.exit(ENVIRONMENT);
    }
  }

  /**
   * Whether all that was built is there, in its size, and the sources are those it was built of.
   */
  static boolean isSound(Path root) {
    try {
      return new Build(root).isSound(false);
    } catch (IOException e) {
      return false;
    }
  }

  /** The same, with a look into each file that was built. */
  static boolean isSoundThroughout(Path root) {
    try {
      return new Build(root).isSound(true);
    } catch (IOException e) {
      return false;
    }
  }

  private boolean isSound(boolean throughout) throws IOException {
    if (!Files.exists(stamp)) {
      return false;
    }
    List<String> lines = Files.readAllLines(stamp);
    if (lines.size() < 2 || !lines.get(0).equals(sources())) {
      return false;
    }
    for (String line : lines.subList(1, lines.size())) {
      if (!isSound(line.split(" ", 3), throughout)) {
        return false;
      }
    }
    return true;
  }

  private boolean isSound(String[] part, boolean throughout) throws IOException {
    Path file = root.resolve(part[2]);
    return Files.isReadable(file)
        && String.valueOf(Files.size(file)).equals(part[1])
        && (!throughout || crc(file).equals(part[0]));
  }

  // The system lifts the lock when its holder dies, in whatever way.
  private int alone(boolean terminal) throws IOException, InterruptedException {
    Path file = root.resolve(".workbook/build.lock");
    forgetOlderLock(file);
    Files.createDirectories(file.getParent());
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      long begun = System.nanoTime();
      boolean said = false;
      while (channel.tryLock() == null) {
        if (!said && System.nanoTime() - begun > PATIENCE) {
          System.err.println("Waiting for another command, which builds the workbook ...");
          said = true;
        }
        Thread.sleep(100);
      }
      return isSound(true) ? SOUND : build(terminal);
    }
  }

  private static void forgetOlderLock(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      Files.deleteIfExists(folder.resolve("pid"));
      Files.delete(folder);
    }
  }

  private int build(boolean terminal) throws IOException, InterruptedException {
    Optional<Path> maven = maven();
    if (maven.isEmpty()) {
      System.err.println(
          "There is no Maven: 'mvn' is not on PATH.\n"
              + "Install Maven 3.8.6 or newer, for instance with your system's package manager.");
      return ENVIRONMENT;
    }
    String sources = sources();
    discard();
    Path log = root.resolve(".workbook/build.log");
    // Options that a user gives every Maven may have it do something else, and succeed.
    if (run(command(maven.get()), log, terminal) != 0 || !isMade()) {
      complain(log);
      return ENVIRONMENT;
    }
    Files.writeString(stamp, sources + "\n" + parts());
    return BUILT;
  }

  // Maven takes what is newer for built, whatever is in it, and a copy's dates say nothing.
  private void discard() throws IOException {
    if (Files.exists(stamp)) {
      for (String line : Files.readAllLines(stamp)) {
        String[] part = line.split(" ", 3);
        if (part.length == 3 && !isSound(part, true)) {
          Files.deleteIfExists(root.resolve(part[2]));
        }
      }
      Files.delete(stamp);
    }
    for (String module : modules) {
      for (String made : List.of("target/classes", "target/maven-status")) {
        for (Path file : files(root.resolve(module).resolve(made))) {
          Files.delete(file);
        }
      }
      // Another version of a library may lie there. Windows keeps what a running command has open.
      jar(module).toFile().delete();
      files(root.resolve(module).resolve("target/lib"))
          .forEach(library -> library.toFile().delete());
    }
  }

  // Windows runs mvn.cmd by its name; "cmd /c" before it would trip over C:\Program Files (x86).
  private List<String> command(Path maven) {
    String only = String.join(",", modules);
    return List.of(
        maven.toString(),
        "-pl",
        only,
        "-q",
        "-B",
        "-Dmaven.test.skip=true",
        "-Dstyle.color=never",
        "package");
  }

  private int run(List<String> command, Path log, boolean terminal)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    // A copy may lack the folder .mvn, and Maven then takes one from a folder further up.
    builder.environment().put("MAVEN_BASEDIR", root.toString());
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    process.getOutputStream().close();
    if (!terminal) {
      System.err.println(SAY + " ...");
      return process.waitFor();
    }
    for (int seconds = 0; !process.waitFor(1, TimeUnit.SECONDS); seconds++) {
      System.err.print("\r" + SAY + " ... " + seconds + " s ");
    }
    System.err.print("\r\u001b[K");
    return process.waitFor();
  }

  // Where Maven did not even start, no line is marked, and the first ones say why.
  private void complain(Path log) throws IOException {
    String said = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    List<String> lines =
        said.lines()
            .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", ""))
            .filter(line -> !line.startsWith("Picked up "))
            .toList();
    List<String> marked = lines.stream().filter(Build::isMarked).toList();
    (marked.isEmpty() ? lines : marked).stream().limit(5).forEach(System.err::println);
    System.err.println(
        "Maven could not build the workbook. Its whole output is in %s".formatted(log));
    if (NETWORK.matcher(said).find()) {
      System.err.println("The first build needs a network. Does Maven reach it, and its proxy?");
    } else if (marked.isEmpty()) {
      System.err.println("Maven built nothing: look at MAVEN_OPTS, MAVEN_ARGS and ~/.mavenrc.");
    }
  }

  private static boolean isMarked(String line) {
    return line.startsWith("[ERROR]") || line.startsWith("[FATAL]");
  }

  private static Optional<Path> maven() {
    String name = WINDOWS ? "mvn.cmd" : "mvn";
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(path.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  // Contents, and not times: an archive that was packed elsewhere has dates of its own.
  private String sources() throws IOException {
    CRC32 sum = new CRC32();
    add(sum, root.resolve("pom.xml"));
    for (String module : modules) {
      add(sum, root.resolve(module).resolve("pom.xml"));
      for (Path file : files(root.resolve(module).resolve("src/main"))) {
        String name = file.getFileName().toString();
        // what editors keep beside a file
        if (!name.startsWith(".") && !name.endsWith("~")) {
          add(sum, file);
        }
      }
    }
    return Long.toHexString(sum.getValue());
  }

  private void add(CRC32 sum, Path file) throws IOException {
    String name = root.relativize(file).toString().replace(File.separatorChar, '/');
    sum.update(name.getBytes(StandardCharsets.UTF_8));
    sum.update(Files.readAllBytes(file));
  }

  private boolean isMade() {
    return modules.stream().map(this::jar).allMatch(Files::isRegularFile);
  }

  private Path jar(String module) {
    return root.resolve(module).resolve("target").resolve(module + ".jar");
  }

  private String parts() throws IOException {
    StringBuilder parts = new StringBuilder();
    for (String module : modules) {
      List<Path> made = new ArrayList<>(files(root.resolve(module).resolve("target/lib")));
      made.add(jar(module));
      for (Path file : made) {
        parts.append(crc(file)).append(' ').append(Files.size(file)).append(' ');
        parts.append(root.relativize(file)).append('\n');
      }
    }
    return parts.toString();
  }

  private static String crc(Path file) throws IOException {
    CRC32 sum = new CRC32();
    sum.update(Files.readAllBytes(file));
    return Long.toHexString(sum.getValue());
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
