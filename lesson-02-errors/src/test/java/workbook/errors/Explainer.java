package workbook.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.errors.ExplanationSettings.withPassword;
import static workbook.errors.Sentences.inAsciiDigits;
import static workbook.errors.Sentences.shortened;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import workbook.errors.Troubleshooter.Explanation;
import workbook.errors.Troubleshooter.Problem;
import workbook.support.DatabaseSettings;

/** One answer that explains problems, and what is demanded of its texts. */
final class Explainer {
  // Where one key of db_info.ini is to blame.
  private static final Map<Problem, String> KEYS =
      Map.of(
          Problem.WRONG_PASSWORD, "password",
          Problem.NO_SUCH_DATABASE, "dbname",
          Problem.UNKNOWN_HOST, "host",
          Problem.REFUSED, "port");

  private final Troubleshooter answer;

  Explainer(Troubleshooter answer) {
    this.answer = answer;
  }

  Explanation explain(Problem problem, DatabaseSettings settings) {
    Explanation explanation;
    try {
      explanation = answer.explain(problem, settings);
    } catch (RuntimeException e) {
      String password = settings.password();
      throw new AssertionError(
          "explain(%s, settings of %s, password %s) has no answer.%n"
                  .formatted(problem, shortened(settings.toString()),
                      password == null ? "null" : '"' + password + '"')
              + "expected: an Explanation%n but was: %s".formatted(e),
          e);
    }
    assertThat(explanation)
        .withFailMessage(
            "explain(%s, settings) explains nothing.%n"
                + "expected: an Explanation%n but was: null",
            problem)
        .isNotNull();
    return explanation;
  }

  /** Demands sentences, and the four values. */
  void assertExplains(Problem problem, DatabaseSettings settings) {
    Explanation text = explain(problem, settings);
    List<String> values = values(settings);
    Sentences.assertSentence(text.failed(), "failed", problem, values);
    Sentences.assertSentence(text.next(), "next", problem, values);
    String with = inAsciiDigits(text.with());
    String rest = with == null ? "" : with;
    for (String value : values) {
      int found = rest.indexOf(value);
      if (found < 0) {
        throw new AssertionError(missing(value, with, problem));
      }
      // Each value needs a place of its own, also one that is part of another.
      rest = rest.substring(0, found) + '\0'
          + rest.substring(found + value.length());
    }
  }

  /** Demands that the advice names the key that is to blame, if one is. */
  void assertBlames(Problem problem, DatabaseSettings settings) {
    if (KEYS.containsKey(problem)) {
      assertBlames(KEYS.get(problem), problem, settings);
    }
  }

  /** Demands that the advice names a key. */
  void assertBlames(String key, Problem problem, DatabaseSettings settings) {
    String next =
        Sentences.withoutValues(explain(problem, settings).next(),
            values(settings));
    String without =
        problem == Problem.REJECTED
            ? " and the password in the settings is "
                + (settings.password() == null ? "null" : "empty")
            : "";
    if (!Sentences.isWordIn(key, next)) {
      throw new AssertionError(
          "The text \"next\", when the problem is %s%s: which key in %s?%n"
                  .formatted(problem, without, "db_info.ini is to blame")
              + "expected: a sentence with the word \"%s\" in it%n"
                  .formatted(key)
              + " but was: \"%s\"".formatted(next));
    }
  }

  /** Demands a sentence of its own for each problem. */
  void assertOwnWords(DatabaseSettings settings) {
    Map<String, Problem> told = new HashMap<>();
    for (Problem problem : Problem.values()) {
      String failed = explain(problem, settings).failed();
      Problem before = told.put(Sentences.words(failed), problem);

      assertThat(before)
          .withFailMessage(
              "%s and %s are told in the same words. Would the same help with"
                  + " both?%nexpected: a sentence for each%n but was: %s",
              before, problem, failed)
          .isNull();
    }
  }

  /** Demands that two passwords are explained in the same way. */
  // Whatever is made from the password differs for at least one of two of them.
  void assertHides(Problem problem, String password, String other) {
    Explanation text = explain(problem, withPassword(password));
    Explanation same = explain(problem, withPassword(other));
    assertThat(text.equals(same))
        .withFailMessage(
            "The explanation of %s tells something about the password, to"
                + " each reader of the screen or of a log.%n"
                + "expected: the same explanation for the password \"%s\" as"
                + " for \"%s\"%n but was: %s%n     and: %s%n"
                + "What in your sentences comes from the password?",
            problem, shortened(password), other, shortened(text.toString()),
            same)
        .isTrue();
  }

  private static String missing(String value, String with, Problem problem) {
    if (with != null && with.contains(value)) {
      return "The text \"with\", when the problem is %s and %s.%n"
              .formatted(problem, "one value equals another, or part of it")
          + "expected: each of the four values, %s once more%n"
              .formatted(value)
          + " but was: \"%s\"%n".formatted(shortened(with))
          + "Which of them is left out because it equals another one?";
    }
    return "The text \"with\", when the problem is %s: %s and user.%n"
            .formatted(problem, "host, port, database")
        + "expected: a text with \"%s\" in it, as it is in the settings%n"
            .formatted(shortened(value))
        + " but was: %s"
            .formatted(with == null ? "null" : '"' + shortened(with) + '"');
  }

  // The longest first: a shorter one may be part of it.
  private static List<String> values(DatabaseSettings settings) {
    return Stream.of(
            settings.host(),
            String.valueOf(settings.port()),
            settings.dbname(),
            settings.user())
        .sorted(Comparator.comparing(String::length).reversed())
        .toList();
  }
}
