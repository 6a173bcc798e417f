package workbook.classroom.marking;

import java.util.Collection;
import workbook.engine.protocol.CheckResult;

/** Takes out of a message what is different in every run, so that a report stays as it is. */
final class MessageNormalizer {
  private MessageNormalizer() {}

  /**
   * @param databases the names that the check's databases had
   */
  static CheckResult of(CheckResult result, Collection<String> databases) {
    String message = result.message();
    if (message == null) {
      return result;
    }
    int number = 0;
    for (String database : databases) {
      message = message.replace(database, "workbook_" + ++number);
    }
    message =
        message
            .replaceAll("(localhost|127\\.0\\.0\\.1|\\[?::1\\]?):[0-9]{4,5}\\b", "$1:5432")
            // only from where a word begins: from everywhere in it would take quadratic time
            .replaceAll("(?<![^\\s'\"])[^\\s'\"]*[/\\\\]junit-?[0-9]+", "folder")
            .replaceAll("\\b([Pp]rocess|[Tt]ransaction) [0-9]+", "$1 1234")
            .replaceAll("@[0-9a-f]{5,8}\\b", "@1b2c3d4e")
            .replaceAll("\\b[0-9a-f]{24}\\b", "secret");
    return new CheckResult(
        result.name(), result.status(), message, result.at(), result.millis(), result.output());
  }
}
