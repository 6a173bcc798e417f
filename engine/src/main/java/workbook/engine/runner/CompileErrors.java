package workbook.engine.runner;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import workbook.engine.course.Lesson;
import workbook.engine.protocol.CompileError;

/** Says what the compiler has against an answer where the compiler itself is hard to understand. */
public final class CompileErrors {
  private CompileErrors() {}

  /**
   * The errors, or the one behind them all if the answer is empty, in the wrong package or no
   * answer to the contract: the compiler complains of everything else then.
   *
   * @param file how to name the answer
   * @param text the answer
   */
  public static List<CompileError> explained(
      Lesson lesson, String file, String text, List<CompileError> errors) {
    String line = "package workbook." + lesson.topic() + ";";
    Pattern pattern = Pattern.compile("\\bpackage\\s+workbook\\." + lesson.topic() + "\\s*;");
    if (errors.isEmpty()) {
      return errors;
    }
    if (pattern.matcher(text).find()) {
      return isOfContract(lesson.contract(), text) ? errors : List.of(notOfContract(lesson, file));
    }
    String reason = text.isBlank() ? "the file is empty" : "the file has to begin with: " + line;
    return List.of(new CompileError(file, 1, 1, reason));
  }

  // A class that is extended may implement it.
  private static boolean isOfContract(String contract, String text) {
    Matcher head = Pattern.compile("\\bclass\\s+My" + contract + "\\b([^{]*)\\{").matcher(text);
    return !head.find() || head.group(1).matches("(?s).*\\b(extends|" + contract + ")\\b.*");
  }

  private static CompileError notOfContract(Lesson lesson, String file) {
    String contract = lesson.contract();
    return new CompileError(
        file,
        1,
        1,
        "there has to be a class My%s that implements %s".formatted(contract, contract));
  }
}
