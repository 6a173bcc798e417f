package workbook.classroom.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import workbook.engine.Folders;
import workbook.engine.Sha256;
import workbook.engine.course.Course;
import workbook.engine.course.Lesson;
import workbook.engine.protocol.CompileError;
import workbook.engine.protocol.CompileRequest;
import workbook.support.EnvironmentException;

/**
 * All that a graded process may see of the workbook, as jars: the checks, compiled, and what they
 * need; no reference, no mistakes, no sources.
 */
public final class CheckBundle {
  private static final List<String> MODULES =
      List.of(
          "support/target/support.jar", "engine/target/engine.jar", "grading/target/grading.jar");

  private final Path folder;
  private final String hash;

  private CheckBundle(Path folder, String hash) {
    this.folder = folder;
    this.hash = hash;
  }

  /** Makes the bundle for the checks as they are now, or takes the one that was made for them. */
  public static CheckBundle of(Path root, Course course, Compilers compiler) {
    Path place = root.resolve(".workbook/grading");
    try {
      String hash = hash(root, course);
      Path folder = place.resolve(hash);
      if (!Files.exists(folder)) {
        Files.createDirectories(place);
        Path unfinished = Files.createTempDirectory(place, "unfinished");
        make(root, course, compiler, unfinished);
        Files.setAttribute(unfinished, "lastModifiedTime", Files.getLastModifiedTime(place));
        Files.move(unfinished, folder);
        removeAllBut(place, folder);
      }
      // A sandbox may run as another user, and an umask may keep that one out.
      Folders.makeContentReadable(folder);
      return new CheckBundle(folder, hash);
    } catch (IOException e) {
      throw new EnvironmentException(
          "The checks cannot be prepared in %s: %s. Is there room on the disk, and is it yours?"
              .formatted(place, e),
          e);
    }
  }

  public Path folder() {
    return folder;
  }

  /** Tells these checks, and the versions of what runs them, from all others. */
  public String hash() {
    return hash;
  }

  /** The names of the jars, in the order of the class path. */
  public List<String> jars() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".jar"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new EnvironmentException("%s cannot be read: %s".formatted(folder, e), e);
    }
  }

  /** The classes that are the lesson's own, as their files' names. */
  public Set<String> classes(Lesson lesson) {
    try (java.util.zip.ZipFile jar =
        new java.util.zip.ZipFile(folder.resolve(lesson.module() + ".jar").toFile())) {
      return jar.stream().map(ZipEntry::getName).collect(Collectors.toSet());
    } catch (IOException e) {
      throw new EnvironmentException("%s cannot be read: %s".formatted(folder, e), e);
    }
  }

  private static void make(Path root, Course course, Compilers compiler, Path bundle)
      throws IOException {
    List<String> libraries = new ArrayList<>();
    for (String module : MODULES) {
      Path jar = root.resolve(module);
      libraries.add(Files.copy(jar, bundle.resolve(jar.getFileName())).toString());
    }
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(root.resolve("grading/target/lib"), "*.jar")) {
      for (Path jar : jars) {
        libraries.add(Files.copy(jar, bundle.resolve(jar.getFileName())).toString());
      }
    }
    for (Lesson lesson : course.lessons()) {
      Path classes = Files.createDirectory(bundle.resolve("classes"));
      compile(lesson, compiler, libraries, classes);
      // AnswerSelector are what students hand in.
      Path own = classes.resolve("workbook").resolve(lesson.topic());
      try (DirectoryStream<Path> stubs =
          Files.newDirectoryStream(own, "My" + lesson.contract() + "{.class,$*.class}")) {
        for (Path stub : stubs) {
          Files.delete(stub);
        }
      }
      jar(
          bundle.resolve(lesson.module() + ".jar"),
          classes,
          lesson.folder().resolve("src/main/resources"),
          lesson.folder().resolve("src/test/resources"));
      Folders.delete(classes);
    }
  }

  // Only what the checks need comes along, so no reference does.
  private static void compile(
      Lesson lesson, Compilers compiler, List<String> libraries, Path classes) {
    Path test = lesson.testSources().resolve(lesson.answerTest().replace('.', '/') + ".java");
    List<CompileError> errors =
        compiler.compile(
            new CompileRequest(
                List.of(test.toString(), lesson.pristineAnswer().toString()),
                List.of(lesson.mainSources().toString(), lesson.testSources().toString()),
                libraries,
                classes.toString(),
                null));
    if (!errors.isEmpty()) {
      throw new EnvironmentException(
          "The checks of %s cannot be compiled: %s, line %s: %s If this computer is very busy, run grade again later."
              .formatted(
                  lesson.module(),
                  errors.get(0).file(),
                  errors.get(0).line(),
                  errors.get(0).message()));
    }
  }

  private static void jar(Path jar, Path... folders) throws IOException {
    try (OutputStream bytes = Files.newOutputStream(jar);
        ZipOutputStream entries = new ZipOutputStream(bytes)) {
      for (Path folder : folders) {
        for (Path file : Folders.files(folder)) {
          if (!file.toString().endsWith(".java")) {
            entries.putNextEntry(
                new ZipEntry(folder.relativize(file).toString().replace('\\', '/')));
            Files.copy(file, entries);
            entries.closeEntry();
          }
        }
      }
    }
  }

  private static String hash(Path root, Course course) throws IOException {
    Set<Path> files = new TreeSet<>();
    for (String module : MODULES) {
      files.add(root.resolve(module));
    }
    files.addAll(Folders.files(root.resolve("grading/target/lib")));
    for (Lesson lesson : course.lessons()) {
      Folders.files(lesson.folder().resolve("src")).stream()
          .filter(file -> !file.equals(lesson.answer()))
          .filter(file -> !file.toString().matches(".*[/\\\\](reference|mistakes)[/\\\\].*"))
          .forEach(files::add);
    }
    MessageDigest digest = Sha256.digest();
    digest.update(System.getProperty("java.vm.version").getBytes(StandardCharsets.UTF_8));
    for (Path file : files) {
      digest.update(root.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
      digest.update(file.toString().endsWith(".jar") ? contentOf(file) : Files.readAllBytes(file));
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 8);
  }

  // Two builds of the same sources differ in the times of their files only.
  private static byte[] contentOf(Path jar) throws IOException {
    try (java.util.zip.ZipFile zip = new java.util.zip.ZipFile(jar.toFile())) {
      return zip.stream()
          .map(entry -> entry.getName() + " " + entry.getCrc())
          .sorted()
          .collect(Collectors.joining("\n"))
          .getBytes(StandardCharsets.UTF_8);
    }
  }

  private static void removeAllBut(Path place, Path kept) throws IOException {
    try (Stream<Path> kits = Files.list(place)) {
      for (Path bundle : kits.sorted(Comparator.reverseOrder()).toList()) {
        boolean isOld = Files.isDirectory(bundle) && !bundle.equals(kept);
        if (isOld && bundle.getFileName().toString().matches("[0-9a-f]{16}")) {
          Folders.delete(bundle);
        }
      }
    }
  }
}
