package workbook.connect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * An INI file that is made from what it says, so that no reader is needed to
 * know that.
 *
 * @param seed makes it again
 */
record IniFile(long seed, List<Line> lines, String lineEnd) {
  private static final List<String> NAMES =
      List.of(
          "library", "Library", "old library", " library ", "a=b", "[x]", "#1",
          "Bücher", "a] [b", "", "a:b", "a\tb");
  private static final List<String> KEYS =
      List.of(
          "host", "port", "id", "höhe", "application name", "a#b", "x;y",
          "back\\slash", "\"k\"", "list[0]",
          "two  blanks", "address");
  private static final List<String> NOTHING =
      List.of(
          "", "  ", "\t", "#", "# [library]", "; host=x", " \t; oops",
          "#host=y", ";[x]");
  private static final List<String> SPACE =
      List.of("", "", " ", "  ", "\t", " \t ");

  /** A line: it begins a section, or is a pair, or says nothing. */
  record Line(String section, String key, String value, String spelt) {}

  /** An INI file that has the section {@link #name()}. */
  static IniFile of(long seed) {
    Random random = OddStrings.random(seed);
    List<Line> lines = new ArrayList<>();
    addBody(lines, random);
    int sections = 2 + random.nextInt(4);
    for (int i = 0; i < sections; i++) {
      String name = i == 1 ? name(seed) : OddStrings.one(random, NAMES);
      lines.add(new Line(name, null, null, spaced(random, "[" + name + "]")));
      addBody(lines, random);
    }
    String lineEnd = random.nextBoolean() ? "\n" : "\r\n";
    return new IniFile(seed, List.copyOf(lines), lineEnd);
  }

  private static void addBody(List<Line> lines, Random random) {
    for (int i = random.nextInt(5); i > 0; i--) {
      if (random.nextInt(4) == 0) {
        lines.add(new Line(null, null, null, OddStrings.one(random, NOTHING)));
        continue;
      }
      String key = key(random, lines);
      String value =
          random.nextInt(4) == 0
              ? OddStrings.some(random).strip()
              : OddStrings.any(random, 6).strip();
      String between = spaced(random, random.nextBoolean() ? "=" : ":");
      String spelt = spaced(random, mixed(random, key) + between + value);
      lines.add(new Line(null, key, value, spelt));
    }
  }

  private static String spaced(Random random, String text) {
    return OddStrings.one(random, SPACE) + text + OddStrings.one(random, SPACE);
  }

  // Now and then one that was there before.
  private static String key(Random random, List<Line> lines) {
    Line before = lines.isEmpty() ? null : OddStrings.one(random, lines);
    boolean again = before != null && before.key() != null;
    return again ? before.key() : OddStrings.one(random, KEYS);
  }

  // Few spellings: so one comes again after another.
  private static String mixed(Random random, String key) {
    String upper = key.toUpperCase(Locale.ROOT);
    String capital = upper.charAt(0) + key.substring(1);
    return OddStrings.one(random, List.of(key, upper, capital));
  }

  private static String name(long seed) {
    return NAMES.get((int) (seed % NAMES.size()));
  }

  /** The section to ask for. */
  String name() {
    return name(seed);
  }

  /** What the section has; null if it is not there. */
  Map<String, String> section() {
    Map<String, String> values = null;
    boolean inside = false;
    for (Line line : lines) {
      if (line.section() != null) {
        inside = line.section().equals(name());
        values = inside && values == null ? new LinkedHashMap<>() : values;
      } else if (line.key() != null && inside) {
        values.put(line.key(), line.value());
      }
    }
    return values;
  }

  /** The same file without a line, for each that its section can spare. */
  List<IniFile> shorter() {
    return IntStream.range(0, lines.size())
        .mapToObj(
            index -> {
              List<Line> fewer = new ArrayList<>(lines);
              fewer.remove(index);
              return new IniFile(seed, fewer, lineEnd);
            })
        .filter(file -> file.section() != null)
        .toList();
  }

  /** What is in the file; the last line of some has no end. */
  String text() {
    List<String> spelt = lines.stream().map(Line::spelt).toList();
    String text = String.join(lineEnd, spelt);
    return seed % 3 == 0 ? text : text + lineEnd;
  }

  /** The file for a message, with arrows for tabs. */
  String shown() {
    return shown(lines.stream().map(Line::spelt).toList());
  }

  /** Lines for a message, with arrows for tabs. */
  static String shown(List<String> lines) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replace('\t', '→');
      shown.append("%n  line %s: «%s»".formatted(i + 1, line));
    }
    return shown.toString();
  }
}
