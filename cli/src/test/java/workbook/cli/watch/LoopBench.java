package workbook.cli.watch;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import workbook.cli.terminal.CommandContext;
import workbook.cli.terminal.Selection;
import workbook.engine.Folders;
import workbook.engine.ProjectRoot;
import workbook.engine.course.Course;
import workbook.engine.course.ExerciseInfo;
import workbook.engine.course.Lesson;
import workbook.engine.postgres.RunFolder;
import workbook.support.EnvironmentException;

/**
 * Measures {@code watch} as a learner has it: from the save to the page with the last verdict.
 *
 * <p>It works on a copy of each lesson, into which it writes the reference answer. {@code
 * .ci/bench} runs it; the properties {@code bench.lesson}, {@code bench.saves} and {@code
 * bench.maven} choose.
 */
class LoopBench {
  private static final String ROW = "%-16s %6s %9s %7s %9s %7s %9s %7s %7s";

  // What a learner needs at the very least between two saves.
  private static final long BETWEEN_SAVES_MILLIS = 1_000;

  // The first saves warm the compiler up, as a learner's first minutes do.
  private static final int WARM_UP = 5;

  private final int saves = Integer.getInteger("bench.saves", 30);
  private final boolean maven = Boolean.parseBoolean(System.getProperty("bench.maven", "true"));
  private final CommandContext context =
      new CommandContext(
          ProjectRoot.find(),
          new PrintWriter(System.out, true),
          new PrintWriter(System.err, true),
          System.getenv());

  @Test
  void every_save_has_its_verdicts() {
    Course course = Course.read(context.root());
    String wanted = System.getProperty("bench.lesson");
    List<Lesson> lessons =
        wanted == null ? course.lessons() : List.of(Selection.findLesson(course, wanted));
    context
        .out()
        .printf(
            "From a save to its last verdict, %s saves each, a second apart, in ms.%n%n", saves);
    print("", "", "one", "exercise", "whole", "lesson", "mvn test", "ratio", "");
    print("lesson", "checks", "median", "p95", "median", "p95", "median", "one", "whole");
    for (Lesson lesson : lessons) {
      try {
        measure(lesson);
      } catch (IOException e) {
        throw new EnvironmentException(
            "The lesson cannot be copied to %s: %s. Is there room on the disk?"
                .formatted(context.root().resolve(".workbook"), EnvironmentException.reason(e)),
            e);
      }
    }
  }

  private void measure(Lesson original) throws IOException {
    try (RunFolder scratch = RunFolder.create(context.root().resolve(".workbook"))) {
      Path folder = scratch.path().resolve(original.module());
      Files.createDirectories(folder);
      Folders.copy(original.folder().resolve("src"), folder.resolve("src"));
      Lesson lesson = original.in(folder);
      String answer = referenceAsAnswer(original);
      save(lesson, answer);
      Times one;
      Times whole;
      try (BenchedWatch watch = new BenchedWatch(context, scratch.path(), lesson)) {
        one = time(watch, lesson, save -> touched(answer, lesson, save));
        whole = time(watch, lesson, save -> answer + "// save " + save + "\n");
      }
      Times plain = maven ? MavenRun.time(context, original) : null;
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
          "The reference of lesson %s has no method %s. Put it back, for instance with git checkout."
              .formatted(lesson.number(), exercise.method()));
    }
    return answer.substring(0, head.end()) + "\n    // " + comment + answer.substring(head.end());
  }

  static String referenceAsAnswer(Lesson lesson) throws IOException {
    return Files.readString(lesson.reference())
        .replaceAll("\\bReference(?=[A-Z])", "My")
        .replaceFirst("(?m)^package (.*)\\.reference;", "package $1;");
  }

  static void save(Lesson lesson, String text) throws IOException {
    Path fresh = lesson.answer().resolveSibling("answer.new");
    Files.writeString(fresh, text);
    Files.move(fresh, lesson.answer(), StandardCopyOption.REPLACE_EXISTING);
  }

  private void print(Object... cells) {
    context.out().println(ROW.formatted(cells).stripTrailing());
    context.out().flush();
  }
}
