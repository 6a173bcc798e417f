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
 */
public record CompileRequest(
    List<String> sources, List<String> sourcePath, List<String> classPath, String classes) {}
