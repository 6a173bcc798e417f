package workbook.support;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/**
 * Something around the workbook is broken: a database, a tool, a file. Never a learner's fault.
 *
 * <p>Its message says what failed, with which value, and what to do next.
 */
public class EnvironmentException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param message what failed, with which value, and what to do next
   */
  public EnvironmentException(String message) {
    super(message);
  }

  /**
   * @param message what failed, with which value, and what to do next
   * @param cause what the database or the system said
   */
  public EnvironmentException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Why a file cannot be read or written, for a sentence that names the file. */
  public static String reason(IOException failure) {
    // These have the path alone for a message, or nothing that helps.
    if (failure instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof CharacterCodingException) {
      return "it is not UTF-8 text";
    }
    if (failure instanceof FileSystemException file) {
      String reason = file.getReason();
      return reason != null ? reason : file.getClass().getSimpleName() + " " + file.getFile();
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
