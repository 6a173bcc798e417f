package workbook.engine.protocol;

import java.util.List;

/**
 * A line that asks a compiler process for one compilation, as JSON; it answers with a list of
 * {@link CompileError}.
 *
 * @param sources the files to compile, and nothing but these
 * @param sourcePath folders where to look for what they need, and to compile that, too
 * @param classPath jars and folders
 * @param classes an empty folder for what comes of it
 * @param answer what the classes are looked through as; null if they are the workbook's own
 */
public record CompileRequest(
    List<String> sources,
    List<String> sourcePath,
    List<String> classPath,
    String classes,
    Answer answer) {

  /**
   * An answer.
   *
   * @param lesson the folder of the lesson's module
   * @param name the name of its class
   * @param allowed what it may use besides the list
   */
  public record Answer(String lesson, String name, List<String> allowed) {}
}
