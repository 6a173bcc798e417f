package workbook.classroom.marking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import workbook.engine.course.Course;
import workbook.engine.course.Lesson;

/**
 * Makes a class of any size, the same one from the same seed: of each lesson, two fifths hand in
 * the reference, two fifths a catalogued mistake, the others the stub or nothing.
 */
final class ClassGenerator {
  private static final Pattern MISTAKE =
      Pattern.compile("class (\\w+) extends Reference\\w+ \\{", Pattern.DOTALL);
  private static final Pattern IMPORT = Pattern.compile("(?m)^import .*;$");

  private ClassGenerator() {}

  /**
   * @param arguments the workbook's folder, a new folder, the number of students, a seed
   */
  public static void main(String[] arguments) throws IOException {
    Course course = Course.read(Path.of(arguments[0]).toAbsolutePath());
    int students = Integer.parseInt(arguments[2]);
    Random random = new Random(Long.parseLong(arguments[3]));
    for (int i = 1; i <= students; i++) {
      Path folder =
          Path.of(arguments[1]).resolve("student " + String.valueOf(1000 + i).substring(1));
      Files.createDirectories(folder);
      for (Lesson lesson : course.lessons()) {
        String text = answer(lesson, random);
        if (text != null) {
          // A stub is handed in as it was handed out.
          String mark = text.equals(SampleAnswers.stub(lesson)) ? "" : "// student " + i + "\n";
          Files.writeString(folder.resolve("My" + lesson.contract() + ".java"), text + mark);
        }
      }
    }
  }

  private static String answer(Lesson lesson, Random random) throws IOException {
    int die = random.nextInt(20);
    if (die < 8) {
      return SampleAnswers.reference(lesson);
    }
    if (die < 16) {
      List<String> mistakes = mistakes(lesson);
      return mistakes.get(random.nextInt(mistakes.size()));
    }
    return die < 19 ? SampleAnswers.stub(lesson) : null;
  }

  // The reference and the mistakes become classes beside the answer, which is one of them.
  private static List<String> mistakes(Lesson lesson) throws IOException {
    String base = Files.readString(lesson.reference()).replace("Reference", "Base");
    base =
        base.replaceFirst("(?m)^package (.*)\\.reference;", "package $1;")
            .replaceFirst("(?m)^public (final )?class", "class");
    List<String> answers = new ArrayList<>();
    Path folder = lesson.reference().getParent().resolveSibling("mistakes");
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String text = Files.readString(file);
        Matcher mistake = MISTAKE.matcher(text);
        while (mistake.find()) {
          answers.add(
              withImports(base, text)
                  + "\n@SuppressWarnings(\"all\")\npublic final class My%s extends %s.%s {}\n"
                      .formatted(
                          lesson.contract(),
                          file.getFileName().toString().replace(".java", ""),
                          mistake.group(1)));
        }
      }
    }
    return answers;
  }

  private static String withImports(String base, String mistakes) {
    TreeSet<String> imports = new TreeSet<>();
    for (String text : List.of(base, mistakes)) {
      Matcher found = IMPORT.matcher(text);
      while (found.find()) {
        if (!found.group().contains(".reference.")) {
          imports.add(found.group());
        }
      }
    }
    String others =
        mistakes
            .replaceFirst("(?m)^package .*;$", "")
            .replaceAll("\\bReference", "Base")
            .replaceAll("(private |final )+(?=class \\w+ extends Base)", "")
            .replaceFirst("(?m)^public final class", "final class");
    String bare = IMPORT.matcher(base + others).replaceAll("");
    return bare.replaceFirst(
        "(?m)^(package .*;)$",
        Matcher.quoteReplacement("")
            + "$1\n"
            + Matcher.quoteReplacement(String.join("\n", imports)));
  }
}
