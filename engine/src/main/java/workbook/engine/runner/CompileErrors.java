package workbook.engine.runner;

import java.util.List;
import java.util.regex.Pattern;
import workbook.engine.course.Lesson;
import workbook.engine.protocol.CompileError;

/** Says what the compiler has against an answer where the compiler itself is hard to understand. */
public final class CompileErrors {
  private CompileErrors() {}

  /**
   * The errors, or the one behind them all if the answer is empty or in the wrong package: the
   * compiler complains of everything else then.
   *
   * @param file how to name the answer
   * @param text the answer
   */
  public static List<CompileError> explained(
      Lesson lesson, String file, String text, List<CompileError> errors) {
    String line = "package workbook." + lesson.topic() + ";";
    Pattern pattern = Pattern.compile("\\bpackage\\s+workbook\\." + lesson.topic() + "\\s*;");
    if (errors.isEmpty() || pattern.matcher(text).find()) {
      return errors;
    }
    String reason = text.isBlank() ? "the file is empty" : "the file has to begin with: " + line;
    return List.of(new CompileError(file, 1, 1, reason));
  }
}
