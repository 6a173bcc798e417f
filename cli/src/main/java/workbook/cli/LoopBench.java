package workbook.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import workbook.support.EnvironmentException;
import workbook.support.Folders;
import workbook.support.course.ExerciseInfo;
import workbook.support.course.Lesson;
import workbook.support.database.RunFolder;

/** Measures {@code watch} as a learner has it: from the save to the page with the last verdict. */
final class LoopBench {
  private static final String ROW = "%-16s %6s %9s %7s %9s %7s %9s %7s %7s";

  // What a learner needs at the very least between two saves.
  private static final long BETWEEN_SAVES_MILLIS = 1_000;

  // The first saves warm the compiler up, as a learner's first minutes do.
  private static final int WARM_UP = 5;

  private final CommandContext context;
  private final int saves;
  private final boolean maven;

  /**
   * @param saves how often to save
   * @param maven whether to measure {@code mvn test}, too
   */
  LoopBench(CommandContext context, int saves, boolean maven) {
    this.context = context;
    this.saves = saves;
    this.maven = maven;
  }

  void run(List<Lesson> lessons) {
    for (Lesson lesson : lessons) {
      if (!lesson.hasReference()) {
        throw new UsageException(
            "The measurement needs a right answer, and this copy of the workbook has no %s; ask your teacher."
                .formatted(context.relative(lesson.reference())));
      }
    }
    context
        .out()
        .printf(
            "From a save to its last verdict, %d saves each, a second apart, in ms.%n%n", saves);
    print("", "", "one", "exercise", "whole", "lesson", "mvn test", "ratio", "");
    print("lesson", "checks", "median", "p95", "median", "p95", "median", "one", "whole");
    for (Lesson lesson : lessons) {
      try {
        measure(lesson);
      } catch (IOException e) {
        throw new EnvironmentException(
            "The lesson cannot be copied to %s: %s. Is there room on the disk?"
                .formatted(context.root().resolve(".workbook"), Folders.reason(e)),
            e);
      }
    }
  }

  private void measure(Lesson original) throws IOException {
    try (RunFolder scratch = RunFolder.create(context.root().resolve(".workbook"))) {
      Path folder = scratch.path().resolve(original.module());
      copy(original.folder().resolve("src"), folder.resolve("src"));
      Lesson lesson = original.in(folder);
      String answer = referenceAsAnswer(original);
      save(lesson, answer);
      Times one;
      Times whole;
      try (BenchedWatch watch = new BenchedWatch(context, scratch.path(), lesson)) {
        one = time(watch, lesson, save -> touched(answer, lesson, save));
        whole = time(watch, lesson, save -> answer + "// save " + save + "\n");
      }
      Times plain = maven ? MavenTest.time(context, original) : null;
      print(
          original.number() + " " + original.topic(),
          lesson.checks().size(),
          one.median(),
          one.p95(),
          whole.median(),
          whole.p95(),
          plain == null ? "-" : plain.median(),
          plain == null ? "-" : plain.median() / Math.max(1, one.median()),
          plain == null ? "-" : plain.median() / Math.max(1, whole.median()));
    }
  }

  private Times time(BenchedWatch watch, Lesson lesson, java.util.function.IntFunction<String> text)
      throws IOException {
    Times times = new Times();
    for (int save = -WARM_UP; save < saves; save++) {
      pause();
      watch.forget();
      long start = System.nanoTime();
      save(lesson, text.apply(save));
      long end = watch.awaitVerdicts();
      if (save >= 0) {
        times.add(end - start);
      }
    }
    return times;
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_SAVES_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("Interrupted while measuring.", e);
    }
  }

  // Each save changes a comment in one exercise, and leaves the others as they are. Like a
  // learner, it stays with an exercise for some saves.
  private String touched(String answer, Lesson lesson, int save) {
    List<ExerciseInfo> exercises = lesson.exercises();
    int[] last = new int[exercises.size()];
    for (int earlier = -WARM_UP; earlier <= save; earlier++) {
      last[Math.max(0, earlier) * exercises.size() / saves] = earlier;
    }
    String text = answer;
    for (int i = 0; i < exercises.size(); i++) {
      text = commented(text, lesson, exercises.get(i), "save " + last[i]);
    }
    return text;
  }

  private static String commented(
      String answer, Lesson lesson, ExerciseInfo exercise, String comment) {
    Matcher head =
        Pattern.compile("public [^;{}()]*\\b" + exercise.method() + "\\([^{};]*\\{")
            .matcher(answer);
    if (!head.find()) {
      throw new EnvironmentException(
          "The reference of lesson %d has no method %s. Put it back, for instance with git checkout."
              .formatted(lesson.number(), exercise.method()));
    }
    return answer.substring(0, head.end()) + "\n    // " + comment + answer.substring(head.end());
  }

  private static String referenceAsAnswer(Lesson lesson) throws IOException {
    return Files.readString(lesson.reference())
        .replaceAll("\\bReference(?=[A-Z])", "My")
        .replaceFirst("(?m)^package (.*)\\.reference;", "package $1;");
  }

  private static void save(Lesson lesson, String text) throws IOException {
    Path fresh = lesson.answer().resolveSibling("answer.new");
    Files.writeString(fresh, text);
    Files.move(fresh, lesson.answer(), StandardCopyOption.REPLACE_EXISTING);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Path target = to.resolve(from.relativize(path).toString());
        Files.createDirectories(target.getParent());
        if (Files.isRegularFile(path)) {
          Files.copy(path, target);
        }
      }
    }
  }

  private void print(Object... cells) {
    context.out().println(ROW.formatted(cells).stripTrailing());
    context.out().flush();
  }
}
