package workbook.engine.protocol;

/**
 * What keeps an answer from being run: an error of the compiler, or a use of what no exercise
 * needs.
 *
 * @param file the source file's absolute path, or its name
 * @param line the line, from 1
 * @param column the column, from 1
 * @param message the compiler's words, or what is used
 * @param forbidden whether it compiles, and uses what no exercise needs
 */
public record CompileError(String file, long line, long column, String message, boolean forbidden) {

  public CompileError(String file, long line, long column, String message) {
    this(file, line, column, message, false);
  }

  /** The answer refers to what no exercise needs. */
  public static CompileError forbidden(String file, long line, String message) {
    return new CompileError(file, line, 1, message, true);
  }

  /** The answer declares a class of the lesson's, or of another package. */
  public static CompileError declared(String file, String type) {
    return new CompileError(
        file, 1, 1, "it declares %s, which is not its to declare".formatted(type));
  }

  /** The same, of a file by another name. */
  public CompileError in(String place) {
    return new CompileError(place, line, column, message, forbidden);
  }

  /** What each check of the answer comes to. */
  public Status status() {
    return forbidden ? Status.NOT_ALLOWED : Status.DOES_NOT_COMPILE;
  }

  /** The error and its place, in one line. */
  public String sentence() {
    String name = file.replaceFirst(".*[/\\\\]", "");
    return forbidden ? name + " " + message : "%s, line %s: %s".formatted(name, line, message);
  }
}
