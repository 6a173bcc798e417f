package workbook.classroom.marking;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import workbook.classroom.report.ClassResult.CheckOutcome;
import workbook.classroom.report.ClassResult.StudentResult;
import workbook.classroom.submissions.Submission;
import workbook.classroom.submissions.Submissions;
import workbook.engine.Excerpt;
import workbook.engine.course.Course;
import workbook.engine.course.Lesson;
import workbook.engine.protocol.Status;
import workbook.support.EnvironmentException;

/** Grades hand-ins that attack the grader, beside honest ones, and says what held. */
final class SelfTest {
  private static final int DEADLINE = 10;
  private static final String REFERENCE = "an honest reference";
  private static final String STAYS = "starts processes that stay";
  private static final String STUB = "an honest stub";
  private static final String NOTHING = "not handed in";
  // What is wrong with these is not in what the answer says.
  private static final Map<String, String> OF_FILES =
      Map.of(
          "hands in a link to another file", NOTHING,
          "hands in a link to another folder", NOTHING,
          "hands in a folder named like an answer", NOTHING,
          "hands in 3 MB", NOTHING,
          "hands in a zip bomb", NOTHING,
          "hands in a zip that climbs", NOTHING,
          "hands in a broken zip", NOTHING);

  private final GradingEnvironment environment;
  private final Course course;
  private final PrintWriter out;
  private final Map<String, String> expected = new HashMap<>(OF_FILES);
  private int held;
  private int broken;

  SelfTest(GradingEnvironment environment, Course course, PrintWriter out) {
    this.environment = environment;
    this.course = course;
    this.out = out;
  }

  /** Runs it; whether all held. */
  boolean run(int jobs) {
    try {
      Path submissions = environment.folder("class");
      write(submissions);
      grade(submissions, List.of(), jobs);
      Path unguarded = environment.folder("unguarded");
      writeLetThrough(unguarded);
      grade(unguarded, List.of("*"), jobs);
      out.printf(
          "%n%s of %s held, at isolation %s.%n",
          held, held + broken, environment.sandbox().isolation());
      return broken == 0;
    } catch (IOException e) {
      throw new EnvironmentException("The self-test cannot write its hand-ins: " + e, e);
    }
  }

  private void grade(Path submissions, List<String> allowed, int jobs) throws IOException {
    Path journal = environment.folder(submissions.getFileName() + "-journal");
    ClassGrading grading =
        environment.grading(
            course.lessons(),
            new Journal(journal.resolve("journal.jsonl"), "", Set.of()),
            DEADLINE,
            allowed);
    List<Submission> found = Submissions.find(submissions, course, line -> {});
    List<StudentResult> results = grading.run(found, jobs, new ProgressBar(out, false, 0));
    out.printf("%n");
    results.forEach(this::judge);
  }

  private void judge(StudentResult result) {
    String name = result.student();
    String wrong = null;
    if (name.startsWith(REFERENCE)) {
      wrong = any(result, check -> check.status() != Status.PASSED);
    } else if (name.startsWith(STUB)) {
      wrong = any(result, check -> check.status() != Status.NOT_ATTEMPTED);
    } else {
      wrong = breach(result, expected.get(name));
    }
    if (wrong == null && name.startsWith(STAYS) && isLeft()) {
      wrong = "a process is left running";
    }
    if (wrong == null) {
      held++;
    } else {
      broken++;
    }
    out.printf(
        "  %-7s %s: %s%n",
        wrong == null ? "held" : "BROKEN", name, wrong == null ? outcome(result) : wrong);
  }

  private static boolean isLeft() {
    List<ProcessHandle> left =
        ProcessHandle.allProcesses()
            .filter(process -> process.info().commandLine().orElse("").contains("sleep 7654"))
            .toList();
    left.forEach(ProcessHandle::destroyForcibly);
    return !left.isEmpty();
  }

  private static String breach(StudentResult result, String expect) {
    if (result.earned() > 0) {
      return "earned " + result.earned();
    }
    String breach =
        any(result, check -> check.message() != null && check.message().contains("BREACH"));
    if (breach != null) {
      return breach;
    }
    String outcome = outcome(result);
    // Its checks may come to different ends, each of them one that is expected.
    return List.of(expect.split(" or | and ")).containsAll(List.of(outcome.split(" and ")))
        ? null
        : "expected %s, but it was %s: %s"
            .formatted(
                expect, outcome, any(result, check -> check.status() != Status.NOT_ATTEMPTED));
  }

  // What its checks have come to; most attack one exercise and leave the others unwritten.
  private static String outcome(StudentResult result) {
    if (result.lessons().isEmpty()) {
      return NOTHING;
    }
    return result.lessons().stream()
        .flatMap(lesson -> lesson.checks().stream())
        .map(check -> check.status())
        .filter(status -> status != Status.NOT_ATTEMPTED)
        .distinct()
        .sorted()
        .map(Status::word)
        .reduce((one, other) -> one + " and " + other)
        .orElse(Status.NOT_ATTEMPTED.word());
  }

  private static String any(
      StudentResult result, java.util.function.Predicate<CheckOutcome> which) {
    return result.lessons().stream()
        .flatMap(lesson -> lesson.checks().stream())
        .filter(which)
        .findFirst()
        .map(
            check ->
                "%s %s: %s"
                    .formatted(
                        check.name(),
                        check.status().word(),
                        String.valueOf(check.message()).lines().findFirst().orElse("")))
        .map(text -> text.length() <= 160 ? text : Excerpt.of(text, 160) + "...")
        .orElse(null);
  }

  private void write(Path submissions) throws IOException {
    Lesson first = course.lessons().get(0);
    for (Attack attack : Attack.all(first)) {
      expected.put(attack.name(), attack.expect());
      for (Map.Entry<String, String> file : attack.files().entrySet()) {
        put(submissions.resolve(attack.name()).resolve(file.getKey()), file.getValue());
      }
    }
    writeFiles(submissions, "My" + first.contract() + ".java");
    for (Lesson lesson : course.lessons()) {
      String file = "My" + lesson.contract() + ".java";
      // Untouched, it would not even be run.
      put(submissions.resolve(STUB).resolve(file), SampleAnswers.stub(lesson) + "// touched\n");
      if (lesson.hasReference()) {
        for (String twin : List.of(REFERENCE, REFERENCE + " at the end")) {
          put(submissions.resolve(twin).resolve(file), SampleAnswers.reference(lesson));
        }
      }
    }
  }

  // The list keeps these from being run; the sandbox holds them without it.
  private void writeLetThrough(Path submissions) throws IOException {
    for (Attack attack : Attack.all(course.lessons().get(0))) {
      if (attack.letThrough() != null) {
        String name = attack.name() + ", let through";
        expected.put(name, attack.letThrough());
        for (Map.Entry<String, String> file : attack.files().entrySet()) {
          put(submissions.resolve(name).resolve(file.getKey()), file.getValue());
        }
      }
    }
  }

  private void writeFiles(Path submissions, String answer) throws IOException {
    Path link = Files.createDirectories(submissions.resolve("hands in a link to another file"));
    link(link.resolve(answer), Path.of("/etc/passwd"));
    link(submissions.resolve("hands in a link to another folder"), submissions.resolve(REFERENCE));
    Files.createDirectories(
        submissions.resolve("hands in a folder named like an answer").resolve(answer));
    put(submissions.resolve("hands in 3 MB").resolve(answer), "// " + "x".repeat(3 << 20));
    try (ZipOutputStream zip =
        new ZipOutputStream(
            Files.newOutputStream(submissions.resolve("hands in a zip bomb.zip")))) {
      zip.putNextEntry(new ZipEntry(answer));
      byte[] much = new byte[1 << 20];
      for (int i = 0; i < 1_000; i++) {
        zip.write(much);
      }
    }
    try (ZipOutputStream zip =
        new ZipOutputStream(
            Files.newOutputStream(submissions.resolve("hands in a zip that climbs.zip")))) {
      for (String up : List.of("../../../../../../tmp/evil.java", "/tmp/evil.java")) {
        zip.putNextEntry(new ZipEntry(up));
        zip.write(1);
      }
    }
    Files.write(submissions.resolve("hands in a broken zip.zip"), new byte[] {'P', 'K', 3, 4, 9});
  }

  private static void link(Path link, Path target) throws IOException {
    try {
      Files.createSymbolicLink(link, target);
    } catch (UnsupportedOperationException | IOException noLinksHere) {
      // then no hand-in has one, either
      Files.createDirectories(link);
    }
  }

  private static void put(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
