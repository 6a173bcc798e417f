package workbook.errors.mistakes;

import workbook.errors.reference.ReferenceTroubleshooter;
import workbook.grading.proofs.Mistake;
import workbook.support.DatabaseSettings;

/** Exercise 2.2: is every value there, and none of the password? */
final class ExplainValueMistakes {
  private ExplainValueMistakes() {}

  @Mistake(
      exercise = "2.2",
      violates = "also the usual port 5432",
      idea = "The usual port goes without saying",
      because = "The person compares what was tried with what should have been. The usual port "
          + "may be wrong.",
      instead = "Show all four values, always.",
      rejectedBy = "explains_with_what_and_what_next",
      says = "host, port, database and user",
      earns = 2)
  static class OmitsTheUsualPort extends ReferenceTroubleshooter {
    @Override
    public Explanation explain(Problem problem, DatabaseSettings settings) {
      Explanation right = super.explain(problem, settings);
      return new Explanation(
          right.failed(), right.with().replace(":5432", ""), right.next());
    }
  }

  @Mistake(
      exercise = "2.2",
      violates = "also where two of them are equal",
      idea = "Leave the database out if it is called like the user",
      because = "So does psql, for its experts. Here the database's name may be what is wrong.",
      instead = "Show all four values, always.",
      rejectedBy = "explains_with_what_and_what_next",
      says = "Which of them is left out",
      earns = 2)
  static class OmitsAnEqualDatabase extends ReferenceTroubleshooter {
    @Override
    public Explanation explain(Problem problem, DatabaseSettings settings) {
      Explanation right = super.explain(problem, settings);
      return settings.user().equals(settings.dbname())
          ? new Explanation(
              right.failed(),
              settings.user() + " at " + settings.host() + ":" + settings.port(),
              right.next())
          : right;
    }
  }

  @Mistake(
      exercise = "2.2",
      violates = "two passwords that are not empty get equal explanations",
      idea = "A hint if the password is the user's name",
      because = "Now the screen shows the password.",
      instead = "The same words, whatever the password is.",
      rejectedBy = "explains_without_the_password",
      says = "What in your sentences comes from the password?",
      earns = 3,
      detail = true)
  static class PasswordIsTheUser extends ReferenceTroubleshooter {
    @Override
    public Explanation explain(Problem problem, DatabaseSettings settings) {
      Explanation right = super.explain(problem, settings);
      return settings.user().equals(settings.password())
          ? new Explanation(right.failed(), right.with(), "Change password, it is the user.")
          : right;
    }
  }

  @Mistake(
      exercise = "2.2",
      violates = "two passwords that are not empty get equal explanations",
      idea = "A hint if the password ends with a blank",
      because = "It tells something about the password to each reader of the log.",
      instead = "The same words, whatever the password is.",
      rejectedBy = "explains_without_the_password",
      says = "What in your sentences comes from the password?",
      earns = 3,
      detail = true)
  static class PasswordEndsWithABlank extends ReferenceTroubleshooter {
    @Override
    public Explanation explain(Problem problem, DatabaseSettings settings) {
      Explanation right = super.explain(problem, settings);
      String password = settings.password();
      return password != null && !password.isBlank() && password.endsWith(" ")
          ? new Explanation(right.failed(), right.with(), "Correct password: it ends with a blank.")
          : right;
    }
  }
}
