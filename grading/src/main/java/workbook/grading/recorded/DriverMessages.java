package workbook.grading.recorded;

import java.util.Locale;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.postgresql.util.GT;
import workbook.grading.globals.Defaults;

/**
 * Has the driver speak English in tests that Maven runs, which quote it.
 *
 * <p>The driver chooses a language with its first message, by the process's locale, and stays with
 * it. A learner's answer hears it in the learner's own.
 */
public final class DriverMessages implements BeforeAllCallback {
  @Override
  public void beforeAll(ExtensionContext context) {
    Defaults before = Defaults.now();
    Locale.setDefault(Locale.ENGLISH);
    try {
      GT.tr("");
    } finally {
      before.restore();
    }
  }
}
