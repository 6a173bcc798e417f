package workbook.connect;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Strings of what readers, URLs and shells take for more than letters. */
final class OddStrings {
  private static final List<String> PIECES =
      List.of(
          "a", "B", "7", "=", ":", "==", "#", ";", "%", "%41", "%d", "%(k)s",
          "${x}", "\\", "\\n", "\"", "'", "[", "]", "(", "{", "&", "+", "?",
          "/", "@", "*", ",", "|", "ü", "É", "€", "\uFFFD", "😀", " ", "  ");
  /** Strings that mean something elsewhere, each as a whole. */
  static final List<String> WHOLE =
      List.of(
          "::1", "[::1]", "a:b", "/a/b", "a,b", "a=b",
          "\"a b\"", "'a b'", "`a`", "<a>", "(a)", "{a}", "[a]", "$HOME",
          "${HOME}", "%PATH%", "~", "~/a", "null", "none", "default", "a+b",
          "a%20b", "a\\tb", "\\\\a", "A.EXAMPLE", "a.", "0", "true", "ſK",
          "e\u0301", "a\tb", "a\uFEFFb", "password=a", "pwd: b", "user=x",
          "x://a:b@c/d");

  private OddStrings() {}

  /** Numbers whose beginnings differ, also for seeds that hardly do. */
  static Random random(long seed) {
    return new Random(seed * 0x9E3779B97F4A7C15L);
  }

  /** Up to so many pieces; it may be empty, or begin or end with blanks. */
  static String any(Random random, int most) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      text.append(one(random, PIECES));
    }
    return text.toString();
  }

  /** A string that is not empty; now and then one that looks like more. */
  static String some(Random random) {
    if (random.nextInt(3) == 0) {
      return one(random, WHOLE);
    }
    return one(random, PIECES) + any(random, 5);
  }

  /** A map for a message, in order; what does not print is as in Java. */
  static String shown(Map<String, String> map) {
    return shown(new TreeMap<>(map).toString());
  }

  /** A text for a message; what does not print is as in Java. */
  static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    text.chars()
        .forEach(
            c ->
                shown.append(
                    switch (c) {
                      case '\n' -> "\\n";
                      case '\t' -> "\\t";
                      case '\uFEFF', '\uFFFD' -> "\\u%04X".formatted(c);
                      default -> Character.toString(c);
                    }));
    return shown.toString();
  }

  /** One of several. */
  static <T> T one(Random random, List<T> several) {
    return several.get(random.nextInt(several.size()));
  }
}
