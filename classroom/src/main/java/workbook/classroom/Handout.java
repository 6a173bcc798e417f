package workbook.classroom;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import workbook.cli.terminal.UsageException;
import workbook.engine.course.Course;
import workbook.engine.course.Lesson;

/** The files that students get, and where they are put. */
final class Handout {
  // What else lies in the folder is the teacher's: hand-ins, marks, notes.
  private static final Set<String> PARTS =
      Set.of(
          ".ci",
          ".devcontainer",
          ".editorconfig",
          ".gitattributes",
          ".gitignore",
          ".mvn",
          "CONTRIBUTING.md",
          "README.md",
          "classroom",
          "cli",
          "db_info.example.ini",
          "docs",
          "engine",
          "grading",
          "jshell",
          "pom.xml",
          "support",
          "workbook",
          "workbook.cmd");
  private static final Set<String> MADE =
      Set.of("target", "bin", ".settings", ".idea", ".vscode", ".classpath", ".project");
  private static final String PROGRAM = "workbook";
  private static final String REACTOR = "pom.xml";
  // Other pages link to them, so in a copy without answers there is a line in place of each.
  private static final Map<String, String> TEACHERS =
      Map.of(
          "docs/teaching.md", "# Teaching with the workbook\n\nYour teacher has this page.\n",
          "CONTRIBUTING.md", "# Contributing\n\nYour teacher has this page.\n");

  // Runs the checks when students push to GitHub, and shows their points.
  private static final String WORKFLOW = ".github/workflows/points.yml";

  private static final String MISTAKES = "docs/mistakes.md";
  private static final String MISTAKES_OF_STUDENTS =
      """
      # Mistakes, and what the grader says to them

      Each entry has a wrong idea, what goes wrong with it, and what the grader says. What is right
      stands in your teacher's copy of this page.

      """;

  private final Path root;
  private final boolean withoutAnswers;
  private final Set<String> lessons;
  private final Map<Path, Path> pristine;

  Handout(Path root, Course course, boolean withoutAnswers) {
    this.root = root;
    this.withoutAnswers = withoutAnswers;
    this.lessons = course.lessons().stream().map(Lesson::module).collect(Collectors.toSet());
    this.pristine =
        course.lessons().stream().collect(Collectors.toMap(Lesson::answer, Lesson::pristineAnswer));
  }

  /** What is handed out, in the order of the names. */
  List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(root, this::isPart)) {
      for (Path part : parts) {
        Files.walkFileTree(part, collector(files));
      }
    }
    // An answer that the teacher has deleted is handed out all the same.
    pristine.keySet().stream().filter(answer -> !files.contains(answer)).forEach(files::add);
    files.sort(null);
    return files;
  }

  /** Writes the files to a new folder or zip, which is there whole or not at all. */
  void write(List<Path> files, Path target) throws IOException {
    String end = target.toString().toLowerCase(Locale.ROOT);
    if (end.matches(".*\\.(7z|rar|tar|tgz|gz|bz2|xz)")) {
      throw new UsageException(
          "%s: a copy is a folder, or a file whose name ends with .zip.".formatted(target));
    }
    if (target.startsWith(root)) {
      throw new UsageException(
          "%s is in the workbook itself. Name a place outside of it, such as ../course.zip."
              .formatted(target));
    }
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new UsageException(
          "%s is there already. Remove it, or name another --out.".formatted(target));
    }
    Files.createDirectories(target.getParent());
    Path unfinished = target.resolveSibling(target.getFileName() + ".unfinished");
    if (target.toString().toLowerCase(Locale.ROOT).endsWith(".zip")) {
      zip(files, unfinished, target.getFileName().toString().replaceFirst("\\.[^.]*$", ""));
    } else {
      copy(files, unfinished);
    }
    Files.move(unfinished, target);
  }

  private boolean isPart(Path path) {
    String name = path.getFileName().toString();
    return PARTS.contains(name) || lessons.contains(name);
  }

  private SimpleFileVisitor<Path> collector(List<Path> files) {
    return new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        return isLeftOut(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isRegularFile() && !isLeftOut(file)) {
          files.add(file);
        }
        return FileVisitResult.CONTINUE;
      }
    };
  }

  private boolean isLeftOut(Path path) {
    if (MADE.contains(path.getFileName().toString())) {
      return true;
    }
    String name = name(path);
    return withoutAnswers
        && name.matches(
            "\\.ci|classroom|lesson-[^/]*/src/test/java/workbook/[^/]*/(reference|mistakes|Reference[^/]*Test\\.java)");
  }

  private void copy(List<Path> files, Path folder) throws IOException {
    for (Path file : files) {
      Path copy = folder.resolve(root.relativize(file).toString());
      Files.createDirectories(copy.getParent());
      // The attributes carry the right to be run.
      Files.copy(source(file), copy, StandardCopyOption.COPY_ATTRIBUTES);
      byte[] content = content(file);
      if (isReplaced(file) || content.length != Files.size(copy)) {
        Files.write(copy, content);
      }
    }
    Path workflow = folder.resolve(WORKFLOW);
    Files.createDirectories(workflow.getParent());
    Files.write(workflow, workflow());
  }

  private void zip(List<Path> files, Path zip, String folder) throws IOException {
    try (OutputStream bytes = Files.newOutputStream(zip);
        ZipArchiveOutputStream entries = new ZipArchiveOutputStream(bytes)) {
      for (Path file : files) {
        ZipArchiveEntry entry = new ZipArchiveEntry(folder + "/" + name(file));
        entry.setUnixMode(file.equals(root.resolve(PROGRAM)) ? 0100755 : 0100644);
        entries.putArchiveEntry(entry);
        entries.write(content(file));
        entries.closeArchiveEntry();
      }
      entries.putArchiveEntry(new ZipArchiveEntry(folder + "/" + WORKFLOW));
      entries.write(workflow());
      entries.closeArchiveEntry();
    }
  }

  private static byte[] workflow() throws IOException {
    try (InputStream bytes = Handout.class.getResourceAsStream("points.yml")) {
      return bytes.readAllBytes();
    }
  }

  private boolean isReplaced(Path file) {
    return withoutAnswers
        && (TEACHERS.containsKey(name(file)) || Set.of(REACTOR, MISTAKES).contains(name(file)));
  }

  // Git may have given a teacher on Windows other line ends than the tests expect elsewhere.
  private byte[] content(Path file) throws IOException {
    byte[] bytes =
        isReplaced(file)
            ? replacement(file).getBytes(StandardCharsets.UTF_8)
            : Files.readAllBytes(source(file));
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    boolean asItIs = name(file).endsWith(".cmd") || text.indexOf('\0') >= 0;
    return asItIs ? bytes : text.replace("\r\n", "\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  private String replacement(Path file) throws IOException {
    return switch (name(file)) {
      case REACTOR ->
          Files.readString(file).replaceFirst("(?m)^ *<module>classroom</module>\\R", "");
      case MISTAKES -> MISTAKES_OF_STUDENTS + withoutWhatIsRight(Files.readString(file));
      default -> TEACHERS.get(name(file));
    };
  }

  private static String withoutWhatIsRight(String page) {
    return page.replaceFirst("(?ms)\\A.*?(?=^<!-- lesson|\\z)", "")
        .replaceAll("(?ms)^\\*\\*(Instead|Just as right):.*?(?=^#|^<!-- lesson|\\z)", "");
  }

  private Path source(Path file) {
    return pristine.getOrDefault(file, file);
  }

  private String name(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }
}
