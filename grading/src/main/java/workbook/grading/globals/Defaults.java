package workbook.grading.globals;

import java.util.Locale;
import java.util.TimeZone;

/** The process's locale and time zone, which an answer may change for every check after it. */
public record Defaults(Locale locale, Locale format, Locale display, TimeZone zone) {

  public static Defaults now() {
    return new Defaults(
        Locale.getDefault(),
        Locale.getDefault(Locale.Category.FORMAT),
        Locale.getDefault(Locale.Category.DISPLAY),
        TimeZone.getDefault());
  }

  public void restore() {
    Locale.setDefault(locale);
    Locale.setDefault(Locale.Category.FORMAT, format);
    Locale.setDefault(Locale.Category.DISPLAY, display);
    TimeZone.setDefault(zone);
  }
}
