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
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import workbook.classroom.submissions.Submission.AnswerText;
import workbook.cli.terminal.UsageException;
import workbook.engine.Folders;
import workbook.engine.course.Course;
import workbook.support.EnvironmentException;

/**
 * Finds what students handed in: a folder or a zip each, or files with their names in front, as
 * Moodle, Canvas and GitHub Classroom give them.
 *
 * <p>Nothing is unpacked: of all files, only the answers are read, and only into memory.
 */
public final class Submissions {
  private static final Pattern MOODLE =
      Pattern.compile("(?<name>.+?)_(?<id>[0-9]+)_assignsubmission_[a-z]+_?(?<file>.*)");
  private static final Pattern CANVAS =
      Pattern.compile("(?<name>[^_]+)(?<late>_LATE)?_(?<id>[0-9]+)_[0-9]+_(?<file>.+)");

  private final Course course;
  private final List<String> others = new ArrayList<>();
  private final Map<String, Student> students = new TreeMap<>();

  private final Set<String> ours = new HashSet<>();

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
    if (!found.others.isEmpty()) {
      warnings.accept(
          "These belong to no student, and are not graded: "
              + String.join(", ", found.others)
              + ".");
    }
    return found.students.values().stream().map(found::submission).toList();
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
    children.sort(Comparator.comparing(Path::getFileName));
    for (Path child : children) {
      String name = child.getFileName().toString();
      if (name.startsWith(".") || name.equals("__MACOSX")) {
        continue;
      }
      if (Files.isSymbolicLink(child)) {
        student(name).notes.add(Note.of("is a symbolic link, which is not followed"));
      } else if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
        Student student = student(name);
        student.files.addAll(SubmissionFiles.ofFolder(child, student.notes));
      } else if (Files.isRegularFile(child, LinkOption.NOFOLLOW_LINKS)) {
        addFlat(SubmissionFile.of(name, child));
      }
    }
  }

  private void readZip(SubmissionFile zip) throws IOException {
    List<Note> notes = new ArrayList<>();
    for (SubmissionFile file : withoutWrapping(SubmissionFiles.ofClass(zip, notes))) {
      String[] parts = file.path().split("/", 2);
      if (parts.length == 2) {
        Student student = student(parts[0]);
        student.files.addAll(SubmissionFiles.with(file.named(parts[1]), student.notes));
      } else {
        addFlat(file);
      }
    }
    if (!notes.isEmpty()) {
      throw new UsageException(notes.get(0) + ".");
    }
  }

  // Who zips a folder of hand-ins has that folder in front of all names.
  private static List<SubmissionFile> withoutWrapping(List<SubmissionFile> files) {
    Set<String> tops =
        files.stream().map(file -> file.path().split("/")[0]).collect(Collectors.toSet());
    boolean wrapped =
        tops.size() == 1
            && files.stream()
                .noneMatch(
                    file ->
                        file.path().matches("[^/]+(/My[^/]*\\.java)?|[^/]+/(src|lesson-[^/]*)/.*"));
    return wrapped
        ? files.stream().map(file -> file.named(file.path().split("/", 2)[1])).toList()
        : files;
  }

  // A file that stands beside others' has its student's name in front.
  private void addFlat(SubmissionFile file) throws IOException {
    Matcher named = named(file.path());
    boolean zip = file.isZip();
    if (named == null && !zip) {
      if (AnswerSelector.isArchive(file)) {
        student(file.path().replaceFirst("\\.(tar\\.)?[^.]*$", "")).files.add(file);
      } else {
        others.add(file.path());
      }
      return;
    }
    Student student =
        student(named == null ? file.path().replaceFirst("\\.[^.]*$", "") : file.path());
    String rest = named == null ? file.path() : named.group("file");
    if (zip) {
      student.files.addAll(SubmissionFiles.ofZip(file.named("the zip"), student.notes));
    } else {
      student.files.add(file.named(rest));
    }
  }

  private Student student(String label) {
    Matcher named = named(label);
    String name = named == null ? label : named.group("name");
    String id = named == null ? "" : named.group("id");
    Student student =
        students.computeIfAbsent(
            name + (id.isEmpty() ? "" : " " + id),
            key -> new Student(name, id, new ArrayList<>(), new ArrayList<>()));
    if (named != null && named.pattern().equals(CANVAS) && named.group("late") != null) {
      student.notes.add(new Note("%s was handed in late", named.group("file")));
    }
    return student;
  }

  private static Matcher named(String label) {
    Matcher moodle = MOODLE.matcher(label);
    if (moodle.matches()) {
      return moodle;
    }
    Matcher canvas = CANVAS.matcher(label);
    return canvas.matches() ? canvas : null;
  }

  private Submission submission(Student student) {
    boolean shared =
        students.values().stream().filter(other -> other.name.equals(student.name)).count() > 1;
    String name = shared ? student.name + " " + student.id : student.name;
    Map<Integer, AnswerText> chosen =
        new AnswerSelector(course, student.files, student.notes).choose(ours);
    return new Submission(name, student.id, chosen, List.copyOf(student.notes));
  }
}
