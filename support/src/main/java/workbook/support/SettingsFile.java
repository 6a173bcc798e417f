package workbook.support;

import static java.util.stream.Collectors.flatMapping;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The workbook's own settings files, such as {@code db_info.ini}, taken apart by patterns. */
final class SettingsFile {
  private static final Pattern SECTIONS = Pattern.compile("(?m)^\\s*(?=\\[)");
  private static final Pattern SETTING = Pattern.compile("(?<key>[^=:]+)[=:](?<value>.*)");
  private static final Pattern SENSE =
      Pattern.compile("\\s*(\\[[^\\]]*]|[#;].*|[^\\[=:\\s][^=:]*[=:].*)?\\s*");

  private SettingsFile() {}

  /**
   * The settings of one section, keys in lower case.
   *
   * @throws EnvironmentException if the file or the section is missing, or a line makes no sense
   */
  static Map<String, String> read(Path file, String section) {
    String text = textOf(file);
    requireSense(file, text.lines().toList());
    Map<String, Map<String, String>> sections =
        SECTIONS
            .splitAsStream(text)
            .filter(part -> part.startsWith("["))
            .collect(
                groupingBy(
                    part -> part.substring(1, part.indexOf(']')).strip(),
                    LinkedHashMap::new,
                    flatMapping(
                        SettingsFile::settings,
                        toMap(
                            Entry::getKey,
                            Entry::getValue,
                            (one, later) -> later,
                            LinkedHashMap::new))));
    if (!sections.containsKey(section)) {
      throw new EnvironmentException(
          "%s has no section [%s]%s. Put a line [%s] above the settings that are meant."
              .formatted(file, section, others(sections.keySet()), section));
    }
    return sections.get(section);
  }

  private static Stream<Entry<String, String>> settings(String part) {
    return part.lines()
        .filter(line -> !line.strip().matches("([#;\\[].*)?"))
        .map(SETTING::matcher)
        .filter(Matcher::matches)
        .map(
            setting ->
                Map.entry(
                    setting.group("key").strip().toLowerCase(Locale.ROOT),
                    setting.group("value").strip()));
  }

  private static void requireSense(Path file, List<String> lines) {
    IntStream.range(0, lines.size())
        .filter(i -> !SENSE.matcher(lines.get(i)).matches())
        .findFirst()
        .ifPresent(
            i -> {
              throw new EnvironmentException(
                  "%s, line %s is neither a [section], a key=value nor a # comment. Mend that line."
                      .formatted(file, i + 1));
            });
  }

  private static String others(Set<String> names) {
    return names.isEmpty() ? "" : ", only [" + String.join("], [", names) + "]";
  }

  private static String textOf(Path file) {
    try {
      // Some editors begin a file with a mark that is no part of it.
      return Files.readString(file).replaceFirst("^\ufeff", "");
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
