package workbook.errors;

import static workbook.errors.DiagnosisChecks.LIBRARY;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workbook.support.DatabaseSettings;

/** Settings whose values are hard to show as they are. */
final class ExplanationSettings {
  // Ways to write a place in a template; values that look like one stay.
  private static final List<String> PLACES =
      List.of("{%s}", "${%s}", "$%s", ":%s", "%%%s%%", "%%%s", "<%s>", "@%s",
          "[%s]", "#%s", "__%s__", "%s");
  private static final List<String> NAMES =
      List.of("user", "database", "dbname", "db", "host", "port", "u", "d",
          "h", "p");

  private ExplanationSettings() {}

  /** Those that a check goes through. */
  static List<DatabaseSettings> all() {
    List<DatabaseSettings> all =
        new ArrayList<>(
            List.of(
                LIBRARY,
                withPassword(null),
                withPassword(""),
                with("localhost", 5432, "ann", "ann"),
                // Where names are equal, only the words can differ.
                with("shop", 5432, "shop", "shop"),
                with("5433", 5433, "shop", "5433"),
                with("zq7.zq8", 5433, "zq7", "zq7.zq8.example"),
                with("DB.Example", 65_535, "Books", "ANN"),
                with(" b\u00fccher.example ", 1, " b\u00fccher ",
                    " \u00dcnal\ud83d\ude00 "),
                with("h".repeat(300), 10_001, "d".repeat(300), "u".repeat(300)),
                with("127.0.0.1", 65_000, "\"Shop\"", "'ann'"),
                with("db.example.", 1000, "[a  b]", "o\u0308ra\u00a0"),
                with("::1", 5431, "postgres", "postgres"),
                places("tab\t, lines\n\r\nand \u001b[1m\u0085\u200b\u2028"),
                places("%s %d %n %1$s 50% %"),
                places("$1 \\1 \\n $ \\"),
                places("{0} {1} {2} {3} 'it''s' {"),
                places("a, b; c: d/e?f&g=h \"i\" <j> --k")));
    PLACES.forEach(
        place -> all.add(
            places(names().map(place::formatted)
                .collect(Collectors.joining(" ")))));
    for (int seed = 1; seed <= 8; seed++) {
      all.add(generated(seed));
    }
    return all;
  }

  /** Usual settings, with a password. */
  static DatabaseSettings withPassword(String password) {
    return new DatabaseSettings("db.example", 5433, "books", "ann", password);
  }

  private static DatabaseSettings with(String host, int port, String dbname,
      String user) {
    return new DatabaseSettings(host, port, dbname, user, "owl");
  }

  private static DatabaseSettings places(String text) {
    return with(text + " 7", 5433, text + " 8", text + " 9");
  }

  private static Stream<String> names() {
    return Stream.concat(
        NAMES.stream(),
        NAMES.stream().map(name -> name.toUpperCase(Locale.ROOT)));
  }

  // Settings that no text can have by accident, made from a fixed seed.
  private static DatabaseSettings generated(int seed) {
    Random random = GeneratedFailures.random(seed);
    return new DatabaseSettings(
        "H" + random.nextInt(10_000) + ".example",
        10_000 + random.nextInt(50_000),
        "d" + random.nextInt(10_000) + " X",
        "U" + random.nextInt(10_000) + "'",
        "k" + random.nextInt(10_000));
  }
}
