package workbook.connect.mistakes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A right reader of INI files, in steps that a mistake can get wrong one at a time. */
class IniReader {
  Map<String, String> read(Path file, String section) throws IOException {
    Map<String, String> values = null;
    String current = null;
    int number = 0;
    for (String line : lines(file)) {
      number++;
      String text = text(line);
      if (begins(text)) {
        current = name(text);
        values = matches(current, section) ? begun(values) : values;
      } else if (!saysNothing(text)) {
        String[] pair = pair(text);
        boolean inside = current != null && matches(current, section);
        if (pair == null) {
          nonsense(file, number, inside, text);
        } else if (inside) {
          put(values, key(pair[0].strip()), value(pair[1].strip()));
        }
      }
    }
    return values == null ? missing(file, section) : values;
  }

  List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file);
  }

  String text(String line) {
    return line.strip();
  }

  boolean begins(String text) {
    return text.startsWith("[") && text.endsWith("]");
  }

  String name(String text) {
    return text.substring(1, text.length() - 1);
  }

  boolean matches(String name, String section) {
    return name.equals(section);
  }

  Map<String, String> begun(Map<String, String> before) {
    return before == null ? new HashMap<>() : before;
  }

  boolean saysNothing(String text) {
    return text.isEmpty() || text.startsWith("#") || text.startsWith(";");
  }

  /** Key and value; null if the line makes no sense. */
  String[] pair(String text) {
    String[] pair = text.split("[=:]", 2);
    return pair.length < 2 || pair[0].isBlank() || text.startsWith("[") ? null : pair;
  }

  String key(String key) {
    return key.toLowerCase(Locale.ROOT);
  }

  String value(String value) {
    return value;
  }

  void put(Map<String, String> values, String key, String value) {
    values.put(key, value);
  }

  void nonsense(Path file, int number, boolean inside, String text) {
    throw new IllegalArgumentException(file + ", line " + number);
  }

  Map<String, String> missing(Path file, String section) {
    throw new IllegalArgumentException(file + " has no section " + section);
  }
}
