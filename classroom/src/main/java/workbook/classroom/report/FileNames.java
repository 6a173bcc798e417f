package workbook.classroom.report;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import workbook.engine.Excerpt;

/** Makes names of folders from names of people, different ones for different people. */
final class FileNames {
  private static final int LONGEST = 60;

  private final Set<String> used = new HashSet<>();

  String of(String name) {
    String plain = name.replaceAll("[^\\p{L}\\p{N} ._-]", "_").replaceFirst("^[. ]+", "_").strip();
    plain = Excerpt.of(plain, LONGEST);
    plain = plain.replaceFirst("[. ]+$", "_");
    // What Windows keeps for devices.
    if (plain.isEmpty() || plain.matches("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?")) {
      plain = "_" + plain;
    }
    String unique = plain;
    for (int i = 2; !used.add(unique.toLowerCase(Locale.ROOT)); i++) {
      unique = plain + " (" + i + ")";
    }
    return unique;
  }
}
