package workbook.cli.terminal;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command works with.
 *
 * @param root the workbook's folder
 * @param out for what was asked for
 * @param err for progress and complaints
 * @param environment variables
 */
public record CommandContext(
    Path root, PrintWriter out, PrintWriter err, Map<String, String> environment) {

  /** A file's name as a user would type it. */
  public String relative(Path file) {
    return file.startsWith(root) ? root.relativize(file).toString() : file.toString();
  }
}
