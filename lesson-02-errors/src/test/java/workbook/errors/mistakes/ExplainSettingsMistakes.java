package workbook.errors.mistakes;

import java.text.MessageFormat;
import java.util.Locale;
import workbook.errors.reference.ReferenceTroubleshooter;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.support.DatabaseSettings;

/** Exercise 2.2: are the values shown as they are? */
final class ExplainSettingsMistakes {
  private ExplainSettingsMistakes() {}

  @Mistake(
      exercise = "2.2",
      violates = "as it is in the settings, with its capital letters and whatever characters it "
          + "has",
      idea = "Hosts are written in small letters",
      because = "What the person wrote is what they look for, and not each value is a host.",
      instead = "Show the value as it is.",
      rejectedBy = "explains_with_what_and_what_next",
      says = "as it is in the settings",
      earns = 2)
  static class LowerCaseHost extends ReferenceTroubleshooter {
    @Override
    public Explanation explain(Problem problem, DatabaseSettings settings) {
      Explanation right = super.explain(problem, settings);
      return new Explanation(
          right.failed(),
          right.with().replace(settings.host(), settings.host().toLowerCase(Locale.ROOT)),
          right.next());
    }
  }

  @Mistake(
      exercise = "2.2",
      violates = "as it is in the settings, with its capital letters and whatever characters it "
          + "has",
      idea = "Values as part of a format",
      because = "A name with `%` in it is taken for a place, and `format` throws.",
      instead = "Values are arguments: `\"user %s\".formatted(user)`.",
      rejectedBy = "explains_with_what_and_what_next",
      says = "has no answer",
      earns = 2)
  static class ValueInTheFormat extends ReferenceTroubleshooter {
    @Override
    public Explanation explain(Problem problem, DatabaseSettings settings) {
      Explanation right = super.explain(problem, settings);
      String with = ("user " + settings.user() + ", database " + settings.dbname()
              + ", server " + settings.host() + ":%d").formatted(settings.port());
      return new Explanation(right.failed(), with, right.next());
    }
  }

  @Mistake(
      exercise = "2.2",
      violates = "as it is in the settings, with its capital letters and whatever characters it "
          + "has",
      idea = "Fill a template with `replaceAll`",
      because = "In what `replaceAll` puts in, `$` and a backslash have a meaning of their own.",
      instead = "`replace`, or `formatted`.",
      rejectedBy = "explains_with_what_and_what_next",
      says = "expected:",
      earns = 2)
  static class ReplaceAll extends ReferenceTroubleshooter {
    @Override
    public Explanation explain(Problem problem, DatabaseSettings settings) {
      Explanation right = super.explain(problem, settings);
      String with =
          "user USER, on ".replaceAll("USER", settings.user()) + right.with();
      return new Explanation(
          right.failed(), with.replace("user " + settings.user() + ", database", "database"),
          right.next());
    }
  }

  @Mistake(
      exercise = "2.2",
      violates = "as it is in the settings, with its capital letters and whatever characters it "
          + "has",
      idea = "Fill the places of a template one after the other",
      because = "A value may look like the next place, and is filled, too.",
      instead = "All at once: `formatted`.",
      rejectedBy = "explains_with_what_and_what_next",
      says = "as it is in the settings",
      earns = 2)
  static class OnePlaceAfterTheOther extends ReferenceTroubleshooter {
    @Override
    public Explanation explain(Problem problem, DatabaseSettings settings) {
      Explanation right = super.explain(problem, settings);
      String with =
          "user {user}, database {database}, server {host}:{port}"
              .replace("{user}", settings.user())
              .replace("{database}", settings.dbname())
              .replace("{host}", settings.host())
              .replace("{port}", String.valueOf(settings.port()));
      return new Explanation(right.failed(), with, right.next());
    }
  }

  @Mistake(
      exercise = "2.2",
      violates = "as it is in the settings, with its capital letters and whatever characters it "
          + "has",
      idea = "A value as part of a pattern of `MessageFormat`",
      because = "Braces and apostrophes have a meaning there.",
      instead = "Values are arguments.",
      rejectedBy = "explains_with_what_and_what_next",
      says = "expected:",
      earns = 2)
  static class MessagePattern extends ReferenceTroubleshooter {
    @Override
    public Explanation explain(Problem problem, DatabaseSettings settings) {
      Explanation right = super.explain(problem, settings);
      String with =
          MessageFormat.format(
              "user " + settings.user() + ", database {0}, server {1}:{2}",
              settings.dbname(), settings.host(), String.valueOf(settings.port()));
      return new Explanation(right.failed(), with, right.next());
    }
  }

  @Mistake(
      exercise = "2.2",
      violates = "nor a value that equals another",
      idea = "What is in the text already is not said again",
      because = "The name of the user may be part of the database's, and is left out.",
      instead = "Each of the four, always.",
      rejectedBy = "explains_with_what_and_what_next",
      says = "or part of it",
      earns = 2)
  static class NotTwice extends ReferenceTroubleshooter {
    @Override
    public Explanation explain(Problem problem, DatabaseSettings settings) {
      Explanation right = super.explain(problem, settings);
      String with = settings.host() + ":" + settings.port() + ", database " + settings.dbname();
      return new Explanation(
          right.failed(),
          with.contains(settings.user()) ? with : with + ", user " + settings.user(),
          right.next());
    }
  }

  @Mistake(
      exercise = "2.2",
      violates = "as it is in the settings, with its capital letters and whatever characters it "
          + "has",
      idea = "Strip the values",
      because = "A blank at the end is the reason why the name is unknown, and is not to be seen.",
      instead = "Show the value as it is.",
      rejectedBy = "explains_with_what_and_what_next",
      says = "as it is in the settings",
      earns = 2)
  static class StripsValues extends ReferenceTroubleshooter {
    @Override
    public Explanation explain(Problem problem, DatabaseSettings settings) {
      Explanation right = super.explain(problem, settings);
      return new Explanation(
          right.failed(),
          "user %s, database %s, server %s:%s"
              .formatted(
                  settings.user().strip(), settings.dbname().strip(), settings.host().strip(),
                  settings.port()),
          right.next());
    }
  }

  @Mistake(
      exercise = "2.2",
      violates = "as it is in the settings, with its capital letters and whatever characters it "
          + "has",
      idea = "Long values are cut",
      because = "The part that is wrong may be in the rest.",
      instead = "Show the whole value.",
      rejectedBy = "explains_with_what_and_what_next",
      says = "as it is in the settings",
      earns = 2)
  static class CutsLongValues extends ReferenceTroubleshooter {
    @Override
    public Explanation explain(Problem problem, DatabaseSettings settings) {
      Explanation right = super.explain(problem, settings);
      String host = settings.host();
      return new Explanation(
          right.failed(),
          right.with().replace(host, host.length() > 60 ? host.substring(0, 60) + "..." : host),
          right.next());
    }
  }

  @Alternative(
      exercise = "2.2",
      idea = "A capital letter where a sentence begins with the key; tells whether there is a"
          + " password.")
  static class ACapitalLetter extends ReferenceTroubleshooter {
    @Override
    public Explanation explain(Problem problem, DatabaseSettings settings) {
      Explanation right = super.explain(problem, settings);
      boolean none = settings.password() == null || settings.password().isEmpty();
      return new Explanation(
          right.failed(),
          right.with() + (none ? ", without a password" : ""),
          problem == Problem.WRONG_PASSWORD ? "Password is to be corrected." : right.next());
    }
  }
}
