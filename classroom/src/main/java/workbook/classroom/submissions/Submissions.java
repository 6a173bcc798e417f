package workbook.classroom.submissions;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import workbook.classroom.submissions.Submission.AnswerText;
import workbook.cli.terminal.UsageException;
import workbook.engine.Folders;
import workbook.engine.course.Course;
import workbook.support.EnvironmentException;

/**
 * Finds what students handed in: a folder or a zip each, or files with their names in front, as
 * Moodle, Canvas, Blackboard, Brightspace and GitHub Classroom give them.
 *
 * <p>Nothing is unpacked: of all files, only the answers are read, and only into memory.
 */
public final class Submissions {
  private final Course course;
  private final List<String> others = new ArrayList<>();
  private final Map<String, Student> students = new TreeMap<>();

  private final Set<String> ours = new HashSet<>();
  private String deeper;
  private PlatformName.Layout layout;

  private Submissions(Course course) {
    this.course = course;
  }

  /** A student, and the files that might be an answer. */
  private record Student(String name, String id, List<SubmissionFile> files, List<Note> notes) {}

  /**
   * Reads all hand-ins, in the order of their names.
   *
   * @param place a folder, or the one zip that a learning platform gives
   * @param warnings is told which files belong to no hand-in
   * @throws UsageException if there are none
   */
  public static List<Submission> find(Path place, Course course, Consumer<String> warnings) {
    Submissions found = new Submissions(course);
    found.findOurs();
    try {
      found.read(place);
    } catch (IOException e) {
      throw new UsageException(
          Files.exists(place)
              ? "%s cannot be read: %s.".formatted(place, EnvironmentException.reason(e))
              : "There is no %s. Name the folder or the zip with the hand-ins.".formatted(place));
    }
    if (found.students.isEmpty()) {
      throw new UsageException(
          "There are no hand-ins in %s. It needs a folder or a zip for each student."
              .formatted(place));
    }
    found.requireDifferentIds();
    if (found.deeper != null) {
      warnings.accept(
          "The hand-ins are taken from %s, the one folder there.".formatted(found.deeper));
    }
    if (!found.others.isEmpty()) {
      warnings.accept(
          "These belong to no student, and are not graded: "
              + String.join(", ", found.others)
              + ".");
    }
    return found.students.values().stream().map(found::submission).toList();
  }

  // In a list of grades, one of them would get the other's.
  private void requireDifferentIds() {
    Map<String, String> names = new TreeMap<>();
    for (Student student : students.values()) {
      String other = student.id.isEmpty() ? null : names.putIfAbsent(student.id, student.name);
      if (other != null) {
        throw new UsageException(
            "Two students have the number %s: %s and %s. Put the hand-ins of one download into a folder of their own."
                .formatted(student.id, other, student.name));
      }
    }
  }

  // Who hands in the whole workbook hands in its sources, too.
  private void findOurs() {
    Path root = course.lessons().get(0).folder().getParent();
    try (DirectoryStream<Path> modules = Files.newDirectoryStream(root, Files::isDirectory)) {
      for (Path module : modules) {
        Path sources = module.resolve("src");
        if (Files.exists(sources)) {
          Folders.files(sources).forEach(file -> ours.add(file.getFileName().toString()));
        }
      }
    } catch (IOException e) {
      throw new EnvironmentException(
          "The workbook's own sources in %s cannot be read: %s."
              .formatted(root, EnvironmentException.reason(e)),
          e);
    }
  }

  private void read(Path place) throws IOException {
    if (Files.isRegularFile(place)) {
      readZip(SubmissionFile.of(place.toString(), place));
      return;
    }
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(place)) {
      paths.forEach(children::add);
    }
    children.removeIf(child -> isHidden(child.getFileName().toString()));
    children.sort(Comparator.comparing(Path::getFileName));
    if (children.size() == 1 && WrappedClass.isIn(children.get(0))) {
      deeper = children.get(0).getFileName().toString();
      read(children.get(0));
      return;
    }
    layout = PlatformName.layout(children.stream().map(it -> it.getFileName().toString()).toList());
    for (Path child : children) {
      String name = child.getFileName().toString();
      if (Files.isSymbolicLink(child)) {
        student(name).notes.add(Note.of("is a symbolic link, which is not followed"));
      } else if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
        Student student = student(name);
        String attempt = attempt(named(name));
        SubmissionFiles.ofFolder(child, student.notes)
            .forEach(file -> student.files.add(file.named(attempt + file.path())));
      } else if (Files.isRegularFile(child, LinkOption.NOFOLLOW_LINKS)) {
        addFlat(SubmissionFile.of(name, child));
      }
    }
  }

  private static boolean isHidden(String name) {
    return name.startsWith(".") || name.equals("__MACOSX");
  }

  private void readZip(SubmissionFile zip) throws IOException {
    List<Note> notes = new ArrayList<>();
    List<SubmissionFile> all = WrappedClass.unwrapped(SubmissionFiles.ofClass(zip, notes));
    layout =
        PlatformName.layout(
            all.stream().map(file -> file.path().split("/", 2)[0]).distinct().toList());
    for (SubmissionFile file : all) {
      String[] parts = file.path().split("/", 2);
      if (parts.length == 2) {
        Student student = student(parts[0]);
        String attempt = attempt(named(parts[0]));
        student.files.addAll(SubmissionFiles.with(file.named(attempt + parts[1]), student.notes));
      } else {
        addFlat(file);
      }
    }
    if (!notes.isEmpty()) {
      throw new UsageException(notes.get(0) + ".");
    }
  }

  // A file that stands beside others' has its student's name in front.
  private void addFlat(SubmissionFile file) throws IOException {
    Optional<PlatformName> named = named(file.path());
    boolean zip = file.isZip();
    if (named.isEmpty() && !zip) {
      if (AnswerSelector.isArchive(file)) {
        student(file.path().replaceFirst("\\.(tar\\.)?[^.]*$", "")).files.add(file);
      } else {
        others.add(file.path());
      }
      return;
    }
    Student student =
        student(named.isEmpty() ? file.path().replaceFirst("\\.[^.]*$", "") : file.path());
    String attempt = attempt(named);
    if (zip) {
      SubmissionFiles.ofZip(file.named("the zip"), student.notes)
          .forEach(each -> student.files.add(each.named(attempt + each.path())));
    } else if (named.stream().noneMatch(it -> it.file().isEmpty())) {
      student.files.add(file.named(attempt + named.get().file()));
    }
  }

  // In front of a file's path, it says which of several counts.
  private static String attempt(Optional<PlatformName> named) {
    return named
        .map(PlatformName::attempt)
        .filter(it -> !it.isEmpty())
        .map(it -> it + "/")
        .orElse("");
  }

  // Who puts several downloads into one folder has the names of several platforms in it.
  private Optional<PlatformName> named(String name) {
    return layout.read(name).or(() -> PlatformName.of(name));
  }

  private Student student(String label) {
    Optional<PlatformName> named = named(label);
    String name = named.map(PlatformName::student).orElse(label);
    String id = named.map(PlatformName::id).orElse("");
    Student student =
        students.computeIfAbsent(
            name + (id.isEmpty() ? "" : " " + id),
            key -> new Student(name, id, new ArrayList<>(), new ArrayList<>()));
    named
        .filter(PlatformName::late)
        .ifPresent(late -> student.notes.add(new Note("%s was handed in late", late.file())));
    return student;
  }

  private Submission submission(Student student) {
    boolean shared =
        students.values().stream().filter(other -> other.name.equals(student.name)).count() > 1;
    String name = shared ? student.name + " " + student.id : student.name;
    Map<Integer, AnswerText> chosen =
        new AnswerSelector(course, Attempts.newest(student.files, student.notes), student.notes)
            .choose(ours);
    return new Submission(name, student.id, chosen, List.copyOf(student.notes));
  }
}
