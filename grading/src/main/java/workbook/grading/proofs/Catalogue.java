package workbook.grading.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import workbook.engine.Printable;
import workbook.engine.ProjectRoot;
import workbook.engine.course.ExerciseInfo;
import workbook.engine.course.Lesson;
import workbook.engine.protocol.CheckResult;

/** A lesson's part of {@code docs/mistakes.md}: what goes wrong and what the grader says to it. */
final class Catalogue {
  /** The system property that has the page rewritten rather than compared. */
  static final String BLESS = "bless";

  // What is different in every run, and what the page has in its place.
  private static final List<Map.Entry<String, String>> VOLATILE =
      List.of(
          Map.entry("workbook_[0-9a-f]{8}_[0-9]+", "workbook_1"),
          Map.entry("[^\\s'\"]*[/\\\\]junit-?[0-9]+[/\\\\]", "folder/"),
          Map.entry("(localhost|[0-9]+(\\.[0-9]+){3}):[0-9]{4,5}\\b", "localhost:5432"),
          Map.entry("\\b[0-9a-f]{24}\\b", "secret"),
          Map.entry(
              "user \"" + Pattern.quote(System.getProperty("user.name")) + "\"", "user \"you\""),
          Map.entry("PostgreSQL [0-9.]+( \\([^)]*\\))? on [^\"\\n]*", "PostgreSQL 18.1 on ..."),
          Map.entry("\\b1[3-9]\\.[0-9]+( \\([^)]*\\))?", "18.1"),
          Map.entry("\"1[3-9]00[0-9]{2}\"", "\"180001\""),
          Map.entry("@[0-9a-f]{5,8}\\b", "@1b2c3d4e"),
          Map.entry("at line [0-9]+", "at line 12"));

  private static final String FRAME =
      "<!-- lesson %1$s, made by its MistakesTest -->\n%2$s<!-- end of lesson %1$s -->\n\n";
  private static final Pattern SECTION =
      Pattern.compile(
          "<!-- lesson (\\d), made by its MistakesTest -->\n(.*?)<!-- end of lesson \\1 -->\n\\s*",
          Pattern.DOTALL);

  private final Lesson lesson;
  private final Map<String, StringBuilder> wrong = new TreeMap<>();
  private final Map<String, StringBuilder> right = new TreeMap<>();

  Catalogue(Lesson lesson) {
    this.lesson = lesson;
  }

  void add(Mistake mistake, CheckResult result) {
    wrong
        .computeIfAbsent(mistake.exercise(), id -> new StringBuilder())
        .append(
            """

            #### %s

            %s

            %s

            <!-- output: MistakesTest -->
            ```text
            %s
            ```

            **Instead:** %s
            """
                .formatted(
                    mistake.idea(),
                    mistake.because(),
                    verdict(mistake),
                    stable(Printable.of(result.message())).stripTrailing(),
                    mistake.instead()));
  }

  private String verdict(Mistake mistake) {
    String check = "The check `%s` says:".formatted(mistake.rejectedBy().replace('_', ' '));
    return mistake.earns() <= 0
        ? check
        : "It earns %s of %s points. %s"
            .formatted(mistake.earns(), lesson.exercise(mistake.exercise()).points(), check);
  }

  void add(Alternative alternative) {
    right
        .computeIfAbsent(alternative.exercise(), id -> new StringBuilder())
        .append("- ")
        .append(alternative.idea())
        .append('\n');
  }

  /** Holds the page to what was added, or rewrites it. */
  void compare() throws IOException {
    Path page = ProjectRoot.find().resolve("docs/mistakes.md");
    String text = Files.readString(page).replace("\r\n", "\n");
    TreeMap<Integer, String> sections = new TreeMap<>();
    Matcher section = SECTION.matcher(text);
    while (section.find()) {
      sections.put(Integer.valueOf(section.group(1)), section.group(2));
    }
    String now = section();
    if (Boolean.getBoolean(BLESS) || System.getProperty(BLESS, "-").isEmpty()) {
      sections.put(lesson.number(), now);
      StringBuilder rewritten = new StringBuilder(SECTION.split(text, 2)[0]);
      sections.forEach((number, content) -> rewritten.append(FRAME.formatted(number, content)));
      Files.writeString(page, rewritten.toString().stripTrailing() + "\n");
      return;
    }
    assertThat(sections.get(lesson.number()))
        .as("lesson %s in %s; if it is out of date, run mvn test -Dbless", lesson.number(), page)
        .isEqualTo(now);
    assertThat(text.indexOf(begin(lesson.number())))
        .as("lesson %s stands behind the lessons before it, in %s", lesson.number(), page)
        .isGreaterThan(text.indexOf(begin(lesson.number() - 1)));
  }

  private static String begin(int number) {
    return "<!-- lesson %s, made by its MistakesTest -->".formatted(number);
  }

  private String section() {
    StringBuilder text = new StringBuilder();
    text.append("\n## Lesson %s: %s\n".formatted(lesson.number(), lesson.topic()));
    for (ExerciseInfo exercise : lesson.exercises()) {
      StringBuilder none = new StringBuilder();
      text.append("\n### %s %s\n".formatted(exercise.id(), exercise.title()))
          .append(wrong.getOrDefault(exercise.id(), none))
          .append("\n**Just as right:**\n\n")
          .append(right.getOrDefault(exercise.id(), none));
    }
    return text.append('\n').toString();
  }

  private static String stable(String message) {
    String text = message.replace("\r\n", "\n");
    for (Map.Entry<String, String> change : VOLATILE) {
      text = text.replaceAll(change.getKey(), Matcher.quoteReplacement(change.getValue()));
    }
    return text;
  }
}
