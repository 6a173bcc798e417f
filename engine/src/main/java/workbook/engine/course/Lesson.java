package workbook.engine.course;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import workbook.support.EnvironmentException;

/** A lesson's module, as its files have it. */
public final class Lesson {
  private static final Pattern ANSWER_TEST = Pattern.compile("My(.+)Test\\.java");

  private final int number;
  private final String topic;
  private final Path folder;
  private final String contract;
  private List<ExerciseInfo> exercises;

  /**
   * @param number 1 to 4
   * @param topic what it is about, such as {@code connect}
   * @param folder the module
   * @param contract the name of the interface to implement, such as {@code Connector}
   * @param exercises in the order of their checks; null to have them read when they are asked for
   */
  Lesson(int number, String topic, Path folder, String contract, List<ExerciseInfo> exercises) {
    this.number = number;
    this.topic = topic;
    this.folder = folder;
    this.contract = contract;
    this.exercises = exercises;
  }

  /** Its place among the lessons, from 1. */
  public int number() {
    return number;
  }

  /** What it is about, such as {@code connect}. */
  public String topic() {
    return topic;
  }

  /** The module. */
  public Path folder() {
    return folder;
  }

  /** The name of the interface to implement, such as {@code Connector}. */
  public String contract() {
    return contract;
  }

  /**
   * The exercises, in the order of their checks.
   *
   * <p>To read them takes a tenth of a second, so they are read when they are first asked for.
   *
   * @throws EnvironmentException if a source cannot be read
   */
  public synchronized List<ExerciseInfo> exercises() {
    if (exercises == null) {
      exercises = readExercises();
    }
    return exercises;
  }

  /**
   * One of its exercises.
   *
   * @param id such as {@code 1.1}
   */
  public ExerciseInfo exercise(String id) {
    return exercises().stream()
        .filter(exercise -> exercise.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no exercise " + id + "."));
  }

  /** The same lesson in a copy of its folder. */
  public Lesson in(Path copy) {
    return new Lesson(number, topic, copy, contract, exercises());
  }

  /** The module's name, such as {@code lesson-01-connect}. */
  public String module() {
    return folder.getFileName().toString();
  }

  /** The class of the worked example. */
  public String mainClass() {
    return "workbook." + topic + ".Main";
  }

  /** Where the lesson's own classes have their source. */
  public Path mainSources() {
    return folder.resolve("src/main/java");
  }

  /** Where its checks have theirs. */
  public Path testSources() {
    return folder.resolve("src/test/java");
  }

  /** The assignment: the interface to implement. */
  public Path contractSource() {
    return mainSources().resolve("workbook/" + topic + "/" + contract + ".java");
  }

  /** The file that the learner edits. */
  public Path answer() {
    return mainSources().resolve("workbook/" + topic + "/My" + contract + ".java");
  }

  /** The answer as it was handed out. */
  public Path pristineAnswer() {
    return folder.resolve("src/test/resources/workbook/" + topic + "/My" + contract + ".java");
  }

  /** The reference answer; it may not have been handed out. */
  public Path reference() {
    return testSources().resolve("workbook/" + topic + "/reference/Reference" + contract + ".java");
  }

  public boolean hasReference() {
    return Files.exists(reference());
  }

  /** The lesson's hints. */
  public Path hints() {
    return folder.resolve("hints.md");
  }

  /** The test class that runs the checks on it. */
  public String answerTest() {
    return "workbook." + topic + ".My" + contract + "Test";
  }

  /** What all its checks earn together. */
  public int points() {
    return exercises().stream().mapToInt(ExerciseInfo::points).sum();
  }

  /** All its checks, in source order. */
  public List<CheckInfo> checks() {
    return exercises().stream().flatMap(exercise -> exercise.checks().stream()).toList();
  }

  /**
   * The line of the answer where an exercise is to be written, from 1.
   *
   * @return the line of its {@code todo}, else of its method, else 1
   */
  public long lineOf(ExerciseInfo exercise) {
    if (!Files.exists(answer())) {
      return 1;
    }
    String todo = "todo(\"" + exercise.id() + "\")";
    List<JavaSource.Method> methods = JavaSource.methods(answer());
    for (JavaSource.Method method : methods) {
      int at = method.text().indexOf(todo);
      if (at >= 0) {
        return method.start() + method.text().substring(0, at).lines().count() - 1;
      }
    }
    // A helper may have the method's name, too.
    return methods.stream()
        .filter(method -> method.name().equals(exercise.method()))
        .min(Comparator.comparing(method -> !method.annotations().containsKey("Override")))
        .map(JavaSource.Method::line)
        .orElse(1L);
  }

  static Lesson read(Path folder) {
    String[] name = folder.getFileName().toString().split("-", 3);
    String topic = name[2];
    List<Path> tests = javaFiles(folder.resolve("src/test/java/workbook/" + topic));
    String contract = contract(folder, topic, tests);
    return new Lesson(Integer.parseInt(name[1]), topic, folder, contract, null);
  }

  private List<ExerciseInfo> readExercises() {
    List<Path> sources = new ArrayList<>(List.of(contractSource()));
    javaFiles(testSources().resolve("workbook/" + topic)).stream()
        .filter(file -> file.toString().endsWith("Checks.java"))
        .forEach(sources::add);
    List<ExerciseInfo> read = ExerciseReader.exercises(JavaSource.methods(sources));
    String unchecked =
        read.stream()
            .filter(exercise -> exercise.checks().isEmpty())
            .map(ExerciseInfo::id)
            .collect(Collectors.joining(", "));
    if (!unchecked.isEmpty()) {
      throw new EnvironmentException(
          "There are no checks for %s: the tests in %s are not as they were handed out. Put them back, with git checkout or by unpacking the workbook again."
              .formatted(unchecked, testSources()));
    }
    return read;
  }

  // A learner may have written tests, too, and they may be called like ours.
  private static String contract(Path folder, String topic, List<Path> tests) {
    Path handedOut = folder.resolve("src/test/resources/workbook/" + topic);
    return tests.stream()
        .map(file -> ANSWER_TEST.matcher(file.getFileName().toString()))
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1))
        .filter(contract -> Files.exists(handedOut.resolve("My" + contract + ".java")))
        .findFirst()
        .orElseThrow(() -> incomplete(folder, null));
  }

  private static List<Path> javaFiles(Path folder) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.java")) {
      List<Path> sorted = new ArrayList<>();
      files.forEach(sorted::add);
      sorted.sort(null);
      return sorted;
    } catch (IOException e) {
      throw incomplete(folder, e);
    }
  }

  private static EnvironmentException incomplete(Path folder, Exception cause) {
    return new EnvironmentException(
        "There are no checks in %s. Put the folder back, for instance with git checkout."
            .formatted(folder),
        cause);
  }
}
