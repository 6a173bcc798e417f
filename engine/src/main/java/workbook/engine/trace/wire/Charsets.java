package workbook.engine.trace.wire;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** The names that PostgreSQL has for character sets, and Java's. */
public final class Charsets {
  // Where a name of PostgreSQL's means something else in Java, or nothing.
  private static final Map<String, String> NAMES =
      Map.of(
          "WIN", "windows-1251",
          "KOI8R", "KOI8-R",
          "KOI8U", "KOI8-U",
          "SJIS", "windows-31j",
          "SHIFT_JIS_2004", "x-SJIS_0213",
          "EUC_JIS_2004", "EUC-JP",
          "UHC", "x-windows-949",
          "JOHAB", "x-Johab",
          "EUC_CN", "GB2312",
          "MULE_INTERNAL", "ISO-8859-1");

  private Charsets() {}

  /** Java's, of a name such as {@code LATIN1}; what Java has not is read as Latin 1. */
  public static Charset of(String name) {
    String known = name.toUpperCase(Locale.ROOT);
    String java = NAMES.getOrDefault(known, known.replaceFirst("^WIN(?=[0-9])", "windows-"));
    String spelt = java.startsWith("EUC_") ? java.replace('_', '-') : java;
    // Each byte is a character there, so that nothing gets lost.
    return isSupported(spelt) ? Charset.forName(spelt) : StandardCharsets.ISO_8859_1;
  }

  private static boolean isSupported(String name) {
    return name.matches("[A-Za-z0-9][A-Za-z0-9+.:_-]*") && Charset.isSupported(name);
  }
}
