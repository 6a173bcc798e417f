package workbook.connect.mistakes;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import workbook.connect.reference.ReferenceConnector;
import workbook.grading.proofs.Alternative;

/** Exercise 1.1: other right readers. */
final class ReadSectionAlternatives {
  private ReadSectionAlternatives() {}

  @Alternative(
      exercise = "1.1",
      idea = "Read all sections into a map of maps, with regular expressions, and pick one.")
  static class AllSectionsFirst extends ReferenceConnector {
    private static final Pattern HEADER = Pattern.compile("\\[(.*)]");
    private static final Pattern PAIR =
        Pattern.compile("([^=:\\[][^=:]*?)\\s*[=:]\\s*(.*)");

    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      Map<String, Map<String, String>> all = new LinkedHashMap<>();
      Map<String, String> current = new LinkedHashMap<>();
      String[] lines = Files.readString(file).split("\\R");
      for (int i = 0; i < lines.length; i++) {
        String text = lines[i].trim();
        Matcher header = HEADER.matcher(text);
        Matcher pair = PAIR.matcher(text);
        if (header.matches()) {
          current =
              all.computeIfAbsent(header.group(1), n -> new LinkedHashMap<>());
        } else if (text.isEmpty() || "#;".indexOf(text.charAt(0)) >= 0) {
          continue;
        } else if (pair.matches()) {
          current.put(pair.group(1).toLowerCase(Locale.ENGLISH), pair.group(2));
        } else {
          throw new IllegalArgumentException(file + ":" + (i + 1) + "?");
        }
      }
      if (!all.containsKey(section)) {
        throw new IllegalArgumentException(
            "No section " + section + " in " + file);
      }
      return all.get(section);
    }
  }

  @Alternative(
      exercise = "1.1",
      idea = "A `BufferedReader`, `indexOf` for the separator, a `TreeMap`, "
          + "and messages with the file's name only.")
  static class LineByLine extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      TreeMap<String, String> values = new TreeMap<>();
      boolean seen = false;
      String name = null;
      try (BufferedReader reader = Files.newBufferedReader(file)) {
        int number = 1;
        for (String line = reader.readLine(); line != null; line = reader.readLine(), number++) {
          String text = line.trim();
          if (text.isEmpty() || text.charAt(0) == '#' || text.charAt(0) == ';') {
            continue;
          }
          if (text.charAt(0) == '[' && text.charAt(text.length() - 1) == ']') {
            name = text.substring(1, text.length() - 1);
            seen |= name.equals(section);
            continue;
          }
          int cut = cut(text);
          if (cut < 1 || text.charAt(0) == '[') {
            throw new IllegalArgumentException(file.getFileName() + ":" + number);
          }
          if (section.equals(name)) {
            String key = text.substring(0, cut).trim().toLowerCase(Locale.ROOT);
            values.put(key, text.substring(cut + 1).trim());
          }
        }
      }
      if (!seen) {
        throw new IllegalArgumentException(file.getFileName() + ": no " + section);
      }
      return values;
    }

    private static int cut(String text) {
      int equals = text.indexOf('=');
      int colon = text.indexOf(':');
      return equals < 0 || colon < 0 ? Math.max(equals, colon) : Math.min(equals, colon);
    }
  }

  @Alternative(
      exercise = "1.1",
      idea = "A first pass that collects every line that makes no sense, an "
          + "exception of its own, and a second pass with a stream.")
  static class TellsEverything extends ReferenceConnector {
    /** Is an IllegalArgumentException, as the contract asks. */
    static final class Nonsense extends IllegalArgumentException {
      private static final long serialVersionUID = 1;

      Nonsense(Path file, List<Integer> numbers) {
        super("In the lines %s of %s".formatted(numbers, file.toAbsolutePath()));
      }
    }

    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      List<String> lines = new ArrayList<>(Files.readAllLines(file));
      lines.replaceAll(String::strip);
      List<Integer> wrong =
          IntStream.range(0, lines.size())
              .filter(i -> !lines.get(i).matches("|[#;].*|\\[.*]|[^\\[=:][^=:]*[=:].*"))
              .mapToObj(i -> i + 1)
              .toList();
      if (!wrong.isEmpty()) {
        throw new Nonsense(file, wrong);
      }
      if (!lines.contains("[" + section + "]")) {
        throw new IllegalArgumentException("[" + section + "] is not in " + file);
      }
      String[] name = new String[1];
      Map<String, String> values = new LinkedHashMap<>();
      lines.stream()
          .filter(line -> !line.isEmpty() && !line.matches("[#;].*"))
          .forEach(
              line -> {
                if (line.matches("\\[.*]")) {
                  name[0] = line;
                } else if (("[" + section + "]").equals(name[0])) {
                  String key = line.split("[=:]")[0];
                  values.put(
                      key.strip().toLowerCase(Locale.ROOT),
                      line.substring(key.length() + 1).strip());
                }
              });
      return Collections.unmodifiableMap(values);
    }
  }
}
