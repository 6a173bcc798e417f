package workbook.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import workbook.engine.Folders;
import workbook.engine.course.CheckInfo;
import workbook.engine.course.Course;
import workbook.engine.course.ExerciseInfo;
import workbook.engine.course.Lesson;
import workbook.engine.protocol.Status;
import workbook.support.EnvironmentException;

/**
 * How far the learner is: the last verdict on each check, and the hints that were shown, in {@code
 * .workbook/progress.json}.
 */
public final class Progress {
  private static final int VERSION = 1;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path file;
  private ObjectNode saved;

  public Progress(Path root) {
    file = root.resolve(".workbook/progress.json");
    saved = load();
  }

  /** The points that the checks of an exercise have earned. */
  public int earned(ExerciseInfo exercise) {
    return exercise.checks().stream().filter(this::passed).mapToInt(CheckInfo::points).sum();
  }

  /** The points that a lesson has earned. */
  public int earned(Lesson lesson) {
    return lesson.exercises().stream().mapToInt(this::earned).sum();
  }

  /** Whether every check of an exercise has passed. */
  public boolean isDone(ExerciseInfo exercise) {
    return exercise.checks().stream().allMatch(this::passed);
  }

  /** What to do next, in a line. */
  public String next(Course course) {
    return course.lessons().stream()
        .flatMap(lesson -> lesson.exercises().stream())
        .filter(exercise -> !isDone(exercise))
        .findFirst()
        .map(
            exercise ->
                "Next: %s %s   (./workbook says where it is)"
                    .formatted(exercise.id(), exercise.title()))
        .orElse("Every exercise passes. Well done!");
  }

  /** How many hints of an exercise were shown. */
  public int hints(String exercise) {
    return saved.withObject("/hints").path(exercise).asInt();
  }

  /** Remembers how many hints of an exercise were shown. */
  public void recordHints(String exercise, int shown) {
    update(() -> saved.withObject("/hints").put(exercise, shown));
  }

  /** Adds verdicts to what the file holds. */
  public void record(List<CheckRow> rows) {
    update(
        () ->
            rows.stream()
                .filter(row -> row.result().status() != Status.ENVIRONMENT)
                .forEach(
                    row ->
                        saved
                            .withObject("/checks")
                            .put(key(row.check()), row.result().status().word())));
  }

  /**
   * Takes exercises for unwritten again.
   *
   * @param undo whether there will be an undo, for which the lesson's verdicts are kept
   */
  public void reset(Lesson lesson, List<ExerciseInfo> exercises, boolean undo) {
    update(
        () -> {
          ObjectNode checks = saved.withObject("/checks");
          if (undo) {
            before(lesson).add(checks.deepCopy().retain(keys(lesson.exercises())));
          }
          checks.remove(keys(exercises));
        });
  }

  /** Brings back the verdicts that the last reset of a lesson found. */
  public void undo(Lesson lesson) {
    update(
        () -> {
          ArrayNode before = before(lesson);
          if (!before.isEmpty() && before.remove(before.size() - 1) instanceof ObjectNode last) {
            saved.withObject("/checks").remove(keys(lesson.exercises())).setAll(last);
          }
        });
  }

  private ArrayNode before(Lesson lesson) {
    return saved.withObject("/resets").withArrayProperty(String.valueOf(lesson.number()));
  }

  private static List<String> keys(List<ExerciseInfo> exercises) {
    return exercises.stream()
        .flatMap(exercise -> exercise.checks().stream())
        .map(Progress::key)
        .toList();
  }

  // Starts from what the file holds by now: another command may have written to it.
  private void update(Runnable change) {
    try {
      Files.createDirectories(file.getParent());
      Path lockFile = file.resolveSibling("progress.lock");
      try (FileChannel channel =
              FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        saved = load();
        change.run();
        write();
        lock.release();
      }
    } catch (IOException e) {
      throw new EnvironmentException(
          "Your progress cannot be saved in %s: %s. May you write there, and is there room?"
              .formatted(file, EnvironmentException.reason(e)),
          e);
    }
  }

  private boolean passed(CheckInfo check) {
    String verdict = saved.withObject("/checks").path(key(check)).asText();
    return Status.PASSED.word().equals(verdict);
  }

  private static String key(CheckInfo check) {
    return check.exercise() + " " + check.name();
  }

  private void write() throws IOException {
    saved.put("version", VERSION);
    Folders.writePrivately(file, JSON.writeValueAsString(saved) + "\n");
  }

  private ObjectNode load() {
    if (!Files.exists(file)) {
      return fresh();
    }
    try {
      if (JSON.readTree(file.toFile()) instanceof ObjectNode document
          && document.path("checks").isObject()) {
        return document;
      }
      return keepAside();
    } catch (JsonProcessingException e) {
      return keepAside();
    } catch (IOException e) {
      throw new EnvironmentException(
          "Your progress in %s cannot be read: %s".formatted(file, EnvironmentException.reason(e)),
          e);
    }
  }

  private ObjectNode keepAside() {
    try {
      Files.move(
          file, file.resolveSibling("progress.broken.json"), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new EnvironmentException(
          "Your progress in %s is damaged and cannot be put aside: %s. Move it away yourself."
              .formatted(file, EnvironmentException.reason(e)),
          e);
    }
    return fresh();
  }

  private static ObjectNode fresh() {
    ObjectNode fresh = JSON.createObjectNode();
    fresh.putObject("checks");
    return fresh;
  }
}
