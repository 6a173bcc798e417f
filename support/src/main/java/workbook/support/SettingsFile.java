package workbook.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads INI files: {@code [section]} lines with {@code key=value} lines below them. */
final class SettingsFile {
  private SettingsFile() {}

  /**
   * Reads one section.
   *
   * @throws EnvironmentException if the file or the section is missing, or a line makes no sense
   */
  static Map<String, String> read(Path file, String section) {
    Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    Map<String, String> current = new LinkedHashMap<>();
    int number = 0;
    for (String raw : lines(file)) {
      number++;
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
        continue;
      }
      if (line.startsWith("[") && line.endsWith("]")) {
        String name = line.substring(1, line.length() - 1).strip();
        current = sections.computeIfAbsent(name, begun -> new LinkedHashMap<>());
        continue;
      }
      String[] parts = line.split("[=:]", 2);
      if (parts.length < 2 || parts[0].isBlank() || line.startsWith("[")) {
        throw new EnvironmentException(
            "%s, line %d is neither a [section], a key=value nor a # comment. Mend that line."
                .formatted(file, number));
      }
      current.put(parts[0].strip().toLowerCase(Locale.ROOT), parts[1].strip());
    }
    if (!sections.containsKey(section)) {
      throw new EnvironmentException(
          "%s has no section [%s]%s. Put a line [%s] above the settings that are meant."
              .formatted(file, section, others(sections.keySet()), section));
    }
    return sections.get(section);
  }

  private static String others(Set<String> names) {
    return names.isEmpty() ? "" : ", only [" + String.join("], [", names) + "]";
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      throw new EnvironmentException(
          "There is no %s. Run ./workbook db start: it starts a database and writes the file."
              .formatted(file),
          e);
    } catch (IOException e) {
      throw new EnvironmentException(
          "%s cannot be read: %s. It must be a UTF-8 text file that you may read."
              .formatted(file, EnvironmentException.reason(e)),
          e);
    }
  }
}
