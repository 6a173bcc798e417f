package workbook.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.errors.DiagnosisChecks.LIBRARY;
import static workbook.errors.ExplanationSettings.withPassword;
import static workbook.grading.Errors.assertMentions;

import java.util.List;
import workbook.errors.Troubleshooter.Problem;
import workbook.grading.Check;
import workbook.support.DatabaseSettings;

/** Exercise 2.2: what is a person told? */
interface ExplanationChecks {
  /** Passwords that are part of a sentence or of another setting; blank, odd and long ones. */
  List<String> PASSWORDS =
      List.of(
          "port", "password", "a", ".", "5433", "ann", "books", "db.example", "SSL", "OWL", " ",
          "   ", "\t", "\u00a0", "owl ", " owl", "a\tb\n", "p&ss=w%rd +@:/", "null", "%s %d",
          "$1\\2", "\u00fcber\u00df", "correct horse battery staple", "x".repeat(200));

  /** The answer to check, made anew. */
  Troubleshooter answer();

  @Check(exercise = "2.2", points = 2)
  default void explains_with_what_and_what_next() {
    Explainer explainer = new Explainer(answer());
    for (DatabaseSettings settings : ExplanationSettings.all()) {
      for (Problem problem : Problem.values()) {
        explainer.assertExplains(problem, settings);
        explainer.assertBlames(problem, settings);
      }
      explainer.assertOwnWords(settings);
    }
    for (Problem problem : Problem.values()) {
      explainer.assertHides(problem, LIBRARY.password(), "w1se");
    }
  }

  @Check(exercise = "2.2", points = 1)
  default void explains_why_a_connection_was_rejected() {
    Explainer explainer = new Explainer(answer());
    for (String none : new String[] {null, ""}) {
      String given = none == null ? "null" : "empty";
      assertMentions(
          "The text \"failed\", when the problem is REJECTED and the password in the settings is "
              + given
              + ".",
          rejected(explainer, none).failed(),
          "password");
      explainer.assertBlames("password", Problem.REJECTED, withPassword(none));
    }
    for (String some : new String[] {"owl", " ", "\t", "null"}) {
      assertMentions(
          "The text \"failed\", when the problem is REJECTED although the settings have a password"
              + (some.isBlank() ? ", a blank." : "."),
          rejected(explainer, some).failed(),
          "SSL");
      String next = rejected(explainer, some).next();
      assertThat(Sentences.isWordIn("password", next))
          .withFailMessage(
              "The text \"next\", when the problem is REJECTED although the settings have a"
                  + " password: is the password to blame?%nexpected: a sentence without"
                  + " \"password\"%n but was: %s",
              next)
          .isFalse();
    }
    assertThat(rejected(explainer, "owl").failed())
        .withFailMessage(
            "REJECTED has two reasons, and both are told in the same words.%n"
                + "expected: a sentence for each%n but was: %s",
            rejected(explainer, "owl").failed())
        .isNotEqualTo(rejected(explainer, null).failed());
  }

  @Check(exercise = "2.2", points = 1)
  default void explains_without_the_password() {
    Explainer explainer = new Explainer(answer());
    for (Problem problem : Problem.values()) {
      for (String password : PASSWORDS) {
        explainer.assertHides(problem, password, "owl");
      }
    }
  }

  private static Troubleshooter.Explanation rejected(Explainer explainer, String password) {
    return explainer.explain(Problem.REJECTED, withPassword(password));
  }
}
