package workbook.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.errors.DiagnosisChecks.LIBRARY;
import static workbook.grading.Errors.assertMentions;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import workbook.errors.Troubleshooter.Explanation;
import workbook.errors.Troubleshooter.Problem;
import workbook.grading.Check;
import workbook.support.DatabaseSettings;

/** Exercise 2.2: what is a person told? */
interface ExplanationChecks {
  /** Passwords that are part of a sentence or of another setting; blank, odd and long ones. */
  List<String> PASSWORDS =
      List.of(
          "port", "password", "a", ".", "5433", "ann", "books", "db.example", "SSL", "OWL", " ",
          "   ", "owl ", " owl", "a\tb\n", "p&ss=w%rd +@:/", "null", "%s %d", "$1\\2",
          "\u00fcber\u00df", "correct horse battery staple", "x".repeat(200));

  /** Where one key of db_info.ini is to blame. */
  Map<Problem, String> KEYS =
      Map.of(
          Problem.WRONG_PASSWORD, "password",
          Problem.NO_SUCH_DATABASE, "dbname",
          Problem.UNKNOWN_HOST, "host",
          Problem.REFUSED, "port");

  /** Two words. */
  Pattern WORDS = Pattern.compile("\\S\\s+\\S");

  /** The end of a sentence, and then more. */
  Pattern SECOND_SENTENCE = Pattern.compile("[.!?]\\s+\\S");

  /** What stands between words. */
  Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

  /** The answer to check, made anew. */
  Troubleshooter answer();

  @Check(exercise = "2.2", points = 2)
  default void explains_with_what_and_what_next() {
    for (Problem problem : Problem.values()) {
      assertExplains(problem, LIBRARY);
      for (String none : new String[] {null, ""}) {
        assertExplains(problem, withPassword(none));
      }
      assertExplains(problem, generated(problem.ordinal()));
      assertExplains(problem, new DatabaseSettings("localhost", 5432, "ann", "ann", "owl"));
      assertShowsEach(problem, new DatabaseSettings("shop", 5432, "shop", "shop", "owl"));
      assertBlames(KEYS.get(problem), problem, LIBRARY);
    }
    assertOwnWords(LIBRARY);
    assertOwnWords(withPassword(null));
    // Where names are equal, only the words can differ.
    assertOwnWords(new DatabaseSettings("shop", 5433, "shop", "shop", "owl"));
    for (Problem problem : Problem.values()) {
      assertHides(problem, LIBRARY.password(), "w1se");
    }
  }

  @Check(exercise = "2.2", points = 1)
  default void explains_why_a_connection_was_rejected() {
    for (String none : new String[] {null, ""}) {
      String given = none == null ? "null" : "empty";
      assertMentions(
          "The text \"failed\", when the problem is REJECTED and the password in the settings is "
              + given
              + ".",
          rejected(none).failed(),
          "password");
      assertBlames("password", Problem.REJECTED, withPassword(none));
    }
    for (String some : new String[] {"owl", " ", "null"}) {
      assertMentions(
          "The text \"failed\", when the problem is REJECTED although the settings have a password"
              + (some.isBlank() ? ", a blank." : "."),
          rejected(some).failed(),
          "SSL");
      String next = rejected(some).next();
      assertThat(isWordIn("password", next))
          .withFailMessage(
              "The text \"next\", when the problem is REJECTED although the settings have a"
                  + " password: is the password to blame?%nexpected: a sentence without"
                  + " \"password\"%n but was: %s",
              next)
          .isFalse();
    }
    assertThat(rejected("owl").failed())
        .withFailMessage(
            "REJECTED has two reasons, and both are told in the same words.%n"
                + "expected: a sentence for each%n but was: %s",
            rejected("owl").failed())
        .isNotEqualTo(rejected(null).failed());
  }

  @Check(exercise = "2.2", points = 1)
  default void explains_without_the_password() {
    for (Problem problem : Problem.values()) {
      for (String password : PASSWORDS) {
        assertHides(problem, password, "owl");
      }
    }
  }

  private void assertExplains(Problem problem, DatabaseSettings settings) {
    Explanation text = explained(problem, settings);
    assertSentence(text.failed(), "failed", problem);
    assertSentence(text.next(), "next", problem);
    assertMentions(
        "The text \"with\", when the problem is " + problem + ": host, port, database and user.",
        inAsciiDigits(text.with()),
        settings.host(),
        String.valueOf(settings.port()),
        settings.dbname(),
        settings.user());
  }

  // Where three of the four values are equal, each of them is there.
  private void assertShowsEach(Problem problem, DatabaseSettings settings) {
    assertExplains(problem, settings);
    String with = explained(problem, settings).with();
    int found = with.split(Pattern.quote(settings.user()), -1).length - 1;
    assertThat(found)
        .withFailMessage(
            "The text \"with\", when host, database and user are all called %s.%n"
                + "expected: each of the four values%n but was: \"%s\"%n"
                + "Which of them is left out because it equals another one?",
            settings.user(), with)
        .isGreaterThanOrEqualTo(3);
  }

  private void assertBlames(String key, Problem problem, DatabaseSettings settings) {
    String next = explained(problem, settings).next();
    String without =
        problem == Problem.REJECTED
            ? " and the password in the settings is "
                + (settings.password() == null ? "null" : "empty")
            : "";
    if (key != null && !isWordIn(key, next)) {
      throw new AssertionError(
          "The text \"next\", when the problem is %s%s: which key in db_info.ini is to blame?%n"
                  .formatted(problem, without)
              + "expected: a sentence with the word \"%s\" in it%n but was: \"%s\""
                  .formatted(key, next));
    }
  }

  private void assertOwnWords(DatabaseSettings settings) {
    Map<String, Problem> told = new HashMap<>();
    for (Problem problem : Problem.values()) {
      String failed = explained(problem, settings).failed();
      String words = NO_WORD.matcher(failed.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
      Problem before = told.put(words, problem);

      assertThat(before)
          .withFailMessage(
              "%s and %s are told in the same words. Would the same help with both?%n"
                  + "expected: a sentence for each%n but was: %s",
              before, problem, failed)
          .isNull();
    }
  }

  // Whatever is made from the password differs for at least one of two of them.
  private void assertHides(Problem problem, String password, String other) {
    Explanation text = explained(problem, withPassword(password));
    Explanation same = explained(problem, withPassword(other));
    assertThat(text.equals(same))
        .withFailMessage(
            "The explanation of %s tells something about the password, to everybody who"
                + " looks at the screen, or into a log.%nexpected: the same explanation for the"
                + " password \"%s\" as for \"%s\"%n but was: %s%n     and: %s%nWhat in your"
                + " sentences comes from the password?",
            problem, shortened(password), other, shortened(text.toString()), same)
        .isTrue();
  }

  private Explanation explained(Problem problem, DatabaseSettings settings) {
    Explanation explanation;
    try {
      explanation = answer().explain(problem, settings);
    } catch (RuntimeException e) {
      String password = settings.password();
      throw new AssertionError(
          "explain(%s, settings of %s, password %s) has no answer.%n"
                  .formatted(problem, settings, password == null ? "null" : '"' + password + '"')
              + "expected: an Explanation%n but was: %s".formatted(e),
          e);
    }
    assertThat(explanation)
        .withFailMessage(
            "explain(%s, settings) explains nothing.%nexpected: an Explanation%n but was: null",
            problem)
        .isNotNull();
    return explanation;
  }

  private static void assertSentence(String sentence, String part, Problem problem) {
    String text = sentence == null ? "" : sentence.strip();
    String fault =
        !WORDS.matcher(text).find()
            ? "a sentence, of two words or more"
            : text.contains("\n") || SECOND_SENTENCE.matcher(text).find()
                ? "one sentence, on one line"
                : Pattern.compile("\\b" + problem + "\\b").matcher(text).find()
                    ? "words for a person, not the name of the constant"
                    : null;
    if (fault != null) {
      throw new AssertionError(
          "The text \"%s\", when the problem is %s.%nexpected: %s%n but was: \"%s\""
              .formatted(part, problem, fault, sentence));
    }
  }

  private static boolean isWordIn(String word, String text) {
    String part = "[\\p{L}\\p{N}_]";
    String alone = "(?<!" + part + ")" + Pattern.quote(word) + "(?!" + part + ")";
    return text != null
        && Pattern.compile(alone, Pattern.CASE_INSENSITIVE).matcher(text).find();
  }

  // In some languages, formatted("%d") writes others.
  private static String inAsciiDigits(String text) {
    if (text == null) {
      return null;
    }
    StringBuilder digits = new StringBuilder();
    text.codePoints()
        .map(one -> Character.isDigit(one) ? '0' + Character.digit(one, 10) : one)
        .forEach(digits::appendCodePoint);
    return digits.toString();
  }

  private static String shortened(String text) {
    return text.length() > 300 ? text.substring(0, 300) + "..." : text;
  }

  private Explanation rejected(String password) {
    return explained(Problem.REJECTED, withPassword(password));
  }

  // Settings that no text can have by accident, made from a fixed seed.
  private static DatabaseSettings generated(int seed) {
    Random random = new Random(seed);
    return new DatabaseSettings(
        "h" + random.nextInt(10_000) + ".example",
        10_000 + random.nextInt(50_000),
        "d" + random.nextInt(10_000) + " x",
        "u" + random.nextInt(10_000) + "'",
        "k" + random.nextInt(10_000));
  }

  private static DatabaseSettings withPassword(String password) {
    return new DatabaseSettings("db.example", 5433, "books", "ann", password);
  }
}
