package workbook.engine.protocol;

/**
 * What the compiler has against an answer.
 *
 * @param file the source file's absolute path
 * @param line the line, from 1
 * @param column the column, from 1
 * @param message the compiler's words
 */
public record CompileError(String file, long line, long column, String message) {}
