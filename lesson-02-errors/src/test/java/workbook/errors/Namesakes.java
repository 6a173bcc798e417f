package workbook.errors;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.SQLException;

/** Exceptions of a library that share no more than a name with those meant. */
final class Namesakes {
  private Namesakes() {}

  /** The class's name, with its package where another one is better known. */
  static String name(Class<?> type) {
    boolean other = type.getEnclosingClass() == Namesakes.class
        || type.getName().startsWith("java.rmi.");
    return other ? type.getName() : type.getSimpleName().isEmpty()
        ? "a subclass of " + type.getSuperclass().getSimpleName()
        : type.getSimpleName();
  }

  /** Not the one of {@code java.net}. */
  static final class SocketTimeoutException extends InterruptedIOException {
    private static final long serialVersionUID = 1;
  }

  /** Not the one of {@code java.io}. */
  static final class EOFException extends IOException {
    private static final long serialVersionUID = 1;
  }

  /** Not the one of {@code java.net}. */
  static final class SocketException extends IOException {
    private static final long serialVersionUID = 1;
  }

  /** Not the driver's. */
  static final class PSQLException extends SQLException {
    private static final long serialVersionUID = 1;

    PSQLException(String message, String state, Throwable cause) {
      super(message, state, cause);
    }
  }
}
