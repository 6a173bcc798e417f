package workbook.grading.recorded;

import java.util.Locale;
import org.postgresql.util.GT;
import workbook.grading.globals.Defaults;

/**
 * The language in which the driver says what went wrong: it chooses one with its first message, by
 * the process's locale, and stays with it.
 */
public final class DriverMessages {
  private DriverMessages() {}

  /** Chooses English, in which pages record messages, unless a message came before. */
  public static void inEnglish() {
    Defaults before = Defaults.now();
    Locale.setDefault(Locale.ENGLISH);
    try {
      GT.tr("");
    } finally {
      before.restore();
    }
  }
}
