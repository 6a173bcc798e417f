package workbook.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.errors.DiagnosisChecks.LIBRARY;

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

      assertThat(text.failed()).as("failed, for %s", problem).isNotBlank();
      assertThat(text.next()).as("next, for %s", problem).isNotBlank();
      assertThat(text.with())
          .as("with, for %s: host, port, database and user", problem)
          .contains("db.example", "5433", "books", "ann");
    }
    new EnumMap<>(
            Map.of(
                Problem.WRONG_PASSWORD, "password",
                Problem.NO_SUCH_DATABASE, "dbname",
                Problem.UNKNOWN_HOST, "host",
                Problem.REFUSED, "port"))
        .forEach(
            (problem, key) ->
                assertThat(explained(problem, LIBRARY).next())
                    .as("next, for %s: the key to look at", problem)
                    .contains(key));
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
      assertThat(rejected(none))
          .as("failed, for REJECTED, when the password is %s", none == null ? "null" : "empty")
          .containsIgnoringCase("password");
    }
    assertThat(rejected("owl"))
        .as("failed, for REJECTED, although there is a password")
        .containsIgnoringCase("ssl")
        .isNotEqualTo(rejected(null));
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
    assertThat(explanation).as("explain(%s, ...)", problem).isNotNull();
    return explanation;
  }

  private String rejected(String password) {
    DatabaseSettings settings = new DatabaseSettings("db.example", 5433, "books", "ann", password);
    return explained(Problem.REJECTED, settings).failed();
  }
}
