package workbook.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.errors.DiagnosisChecks.LIBRARY;
import static workbook.grading.Errors.assertMentions;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import workbook.errors.Troubleshooter.Explanation;
import workbook.errors.Troubleshooter.Problem;
import workbook.grading.Check;
import workbook.support.DatabaseSettings;

/** Exercise 2.2: what is a person told? */
interface ExplanationChecks {
  /** The answer to check, made anew. */
  Troubleshooter answer();

  @Check(exercise = "2.2", points = 1)
  default void explains_with_what_and_what_next() {
    for (Problem problem : Problem.values()) {
      Explanation text = explained(problem, LIBRARY);

      assertSays(text.failed(), "The text \"failed\", when the problem is " + problem);
      assertSays(text.next(), "The text \"next\", when the problem is " + problem);
      assertMentions(
          "The text \"with\", when the problem is " + problem + ": host, port, database and user.",
          text.with(),
          "db.example",
          "5433",
          "books",
          "ann");
    }
    new EnumMap<>(
            Map.of(
                Problem.WRONG_PASSWORD, "password",
                Problem.NO_SUCH_DATABASE, "dbname",
                Problem.UNKNOWN_HOST, "host",
                Problem.REFUSED, "port"))
        .forEach(
            (problem, key) ->
                assertMentions(
                    "The text \"next\", when the problem is "
                        + problem
                        + ": which key in db_info.ini is to blame?",
                    explained(problem, LIBRARY).next(),
                    key));
  }

  @Check(exercise = "2.2", points = 1)
  default void explains_each_problem_in_its_own_words() {
    Map<String, Problem> told = new HashMap<>();
    for (Problem problem : Problem.values()) {
      String failed = explained(problem, LIBRARY).failed();
      Problem before = told.put(failed, problem);

      assertThat(before)
          .withFailMessage(
              "%s and %s are told in the same words. Would the same help with both?%n"
                  + "expected: a sentence for each%n but was: %s",
              before, problem, failed)
          .isNull();
    }
  }

  @Check(exercise = "2.2", points = 1)
  default void explains_why_a_connection_was_rejected() {
    for (String none : new String[] {null, ""}) {
      assertMentions(
          "The text \"failed\", when the problem is REJECTED and the password in the settings is "
              + (none == null ? "null." : "empty."),
          rejected(none),
          "password");
    }
    assertMentions(
        "The text \"failed\", when the problem is REJECTED although the settings have a password.",
        rejected("owl"),
        "SSL");
    assertThat(rejected("owl"))
        .withFailMessage(
            "REJECTED has two reasons, and both are told in the same words.%n"
                + "expected: a sentence for each%n but was: %s",
            rejected("owl"))
        .isNotEqualTo(rejected(null));
    assertMentions(
        "The text \"next\", when the problem is REJECTED and the password in the settings is null:"
            + " which key in db_info.ini is to blame?",
        explained(Problem.REJECTED, withPassword(null)).next(),
        "password");
  }

  @Check(exercise = "2.2", points = 1)
  default void explains_without_the_password() {
    for (Problem problem : Problem.values()) {
      String text = explained(problem, LIBRARY).toString();

      assertThat(text.contains(LIBRARY.password()))
          .withFailMessage(
              "The explanation of %s shows the password to everybody who"
                  + " looks at the screen, or into a log.%nexpected: the other"
                  + " four settings%n but was: %s",
              problem, text.replace(LIBRARY.password(), "(the password)"))
          .isFalse();
    }
  }

  private Explanation explained(Problem problem, DatabaseSettings settings) {
    Explanation explanation = answer().explain(problem, settings);
    assertThat(explanation)
        .withFailMessage(
            "explain(%s, settings) explains nothing.%nexpected: an Explanation%n but was: null",
            problem)
        .isNotNull();
    return explanation;
  }

  private static void assertSays(String sentence, String what) {
    assertThat(sentence)
        .withFailMessage(
            "%s.%nexpected: a sentence%n but was: \"%s\"", what, sentence)
        .isNotBlank();
  }

  private String rejected(String password) {
    return explained(Problem.REJECTED, withPassword(password)).failed();
  }

  private static DatabaseSettings withPassword(String password) {
    return new DatabaseSettings("db.example", 5433, "books", "ann", password);
  }
}
