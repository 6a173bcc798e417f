package workbook.errors.mistakes;

import java.text.Normalizer;
import workbook.errors.reference.ReferenceTroubleshooter;
import workbook.grading.proofs.Mistake;
import workbook.support.DatabaseSettings;

/** Exercise 2.2: is every value there, and none of the password? */
final class ExplainValueMistakes {
  private ExplainValueMistakes() {}

  @Mistake(
      exercise = "2.2",
      violates = "None is left out, neither the usual port 5432",
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
      violates = "nor a value that equals another",
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

  @Mistake(
      exercise = "2.2",
      violates = "whatever characters it has",
      idea = "No control characters on the screen",
      because = "A tab, or a line end, in a name is what a person has to see: it is the "
          + "mistake.",
      instead = "Show the values as they are.",
      rejectedBy = "explains_with_what_and_what_next",
      says = "host, port, database",
      earns = 2)
  static class ReplacesControlCharacters extends ReferenceTroubleshooter {
    @Override
    public Explanation explain(Problem problem, DatabaseSettings settings) {
      return super.explain(
          problem,
          new DatabaseSettings(
              clean(settings.host()),
              settings.port(),
              clean(settings.dbname()),
              clean(settings.user()),
              settings.password()));
    }

    private static String clean(String value) {
      return value.replaceAll("\\p{Cntrl}", " ");
    }
  }

  @Mistake(
      exercise = "2.2",
      violates = "each of the four as it is in the settings",
      idea = "Long values make the screen unreadable",
      because = "What is cut off may be where the mistake is.",
      instead = "Show the values as they are.",
      rejectedBy = "explains_with_what_and_what_next",
      says = "host, port, database",
      earns = 2)
  static class CutsLongValues extends ReferenceTroubleshooter {
    @Override
    public Explanation explain(Problem problem, DatabaseSettings settings) {
      return super.explain(
          problem,
          new DatabaseSettings(
              clean(settings.host()),
              settings.port(),
              clean(settings.dbname()),
              clean(settings.user()),
              settings.password()));
    }

    private static String clean(String value) {
      return value.length() > 100 ? value.substring(0, 100) : value;
    }
  }

  @Mistake(
      exercise = "2.2",
      violates = "each of the four as it is in the settings",
      idea = "One form for each letter",
      because = "To the server, the two forms of `ö` are two names.",
      instead = "Show the values as they are.",
      rejectedBy = "explains_with_what_and_what_next",
      says = "host, port, database",
      earns = 2)
  static class Normalizes extends ReferenceTroubleshooter {
    @Override
    public Explanation explain(Problem problem, DatabaseSettings settings) {
      return super.explain(
          problem,
          new DatabaseSettings(
              clean(settings.host()),
              settings.port(),
              clean(settings.dbname()),
              clean(settings.user()),
              settings.password()));
    }

    private static String clean(String value) {
      return Normalizer.normalize(value, Normalizer.Form.NFC);
    }
  }
}
