package workbook.errors.mistakes;

import java.util.Locale;
import java.util.Map;
import workbook.errors.reference.ReferenceTroubleshooter;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.support.DatabaseSettings;

/** Exercise 2.2: is it a sentence, and what comes from the password? */
final class ExplainWordsMistakes {
  private ExplainWordsMistakes() {}

  @Mistake(
      exercise = "2.2",
      violates = "also if the password is a blank",
      idea = "`isBlank()` tells whether there is a password",
      because = "A password may consist of blanks. The driver sends it, and the server did not ask "
          + "for it in vain.",
      instead = "Null or empty: `isEmpty()`.",
      rejectedBy = "explains_why_a_connection_was_rejected",
      says = "a blank",
      earns = 2,
      detail = true)
  static class BlankIsNoPassword extends ReferenceTroubleshooter {
    @Override
    public Explanation explain(Problem problem, DatabaseSettings settings) {
      boolean blank = settings.password() != null && settings.password().isBlank();
      return blank && problem == Problem.REJECTED
          ? super.explain(problem, login(settings, null))
          : super.explain(problem, settings);
    }
  }

  @Mistake(
      exercise = "2.2",
      violates = "and next does not have the word password in it",
      idea = "What to do about 08004 is always the same",
      because = "Who has set a password is told to set one.",
      instead = "The two reasons have two remedies.",
      rejectedBy = "explains_why_a_connection_was_rejected",
      says = "is the password to blame?",
      earns = 3,
      detail = true)
  static class BlamesThePassword extends ReferenceTroubleshooter {
    @Override
    public Explanation explain(Problem problem, DatabaseSettings settings) {
      Explanation right = super.explain(problem, settings);
      return problem == Problem.REJECTED
          ? new Explanation(right.failed(), right.with(), "Set password in db_info.ini.")
          : right;
    }
  }

  @Mistake(
      exercise = "2.2",
      violates = "nothing made from it, is ever shown",
      idea = "A star for each character hides it",
      because = "It tells the password's length, and that there is one.",
      instead = "Leave the password out.",
      rejectedBy = "explains_with_what_and_what_next",
      says = "tells something about the password",
      earns = 1)
  static class HidesWithStars extends ReferenceTroubleshooter {
    @Override
    public Explanation explain(Problem problem, DatabaseSettings settings) {
      Explanation right = super.explain(problem, settings);
      String stars = String.valueOf(settings.password()).replaceAll(".", "*");
      return new Explanation(right.failed(), right.with() + ", password " + stars, right.next());
    }
  }

  @Mistake(
      exercise = "2.2",
      violates = "two passwords that are not empty get equal explanations",
      idea = "Replace the password in the finished sentences",
      because = "If the password is `port`, or `a`, sentences get holes, and the holes tell it.",
      instead = "Put it in nowhere; then there is nothing to cut out.",
      rejectedBy = "explains_without_the_password",
      says = "tells something about the password",
      earns = 3,
      detail = true)
  static class CutsThePasswordOut extends ReferenceTroubleshooter {
    @Override
    public Explanation explain(Problem problem, DatabaseSettings settings) {
      Explanation right = super.explain(problem, settings);
      String password = settings.password();
      return password == null || password.isEmpty()
          ? right
          : new Explanation(
              right.failed().replace(password, "***"),
              right.with(),
              right.next().replace(password, "***"));
    }
  }

  @Mistake(
      exercise = "2.2",
      violates = "Each of the three is a sentence of two words or more",
      idea = "`problem.name()` says it",
      because = "`NO_DRIVER` is a name for programmers. The person at the keyboard needs a "
          + "sentence.",
      instead = "Write one for each constant.",
      rejectedBy = "explains_with_what_and_what_next",
      says = "a sentence, of two words or more",
      earns = 1)
  static class NamesOfConstants extends ReferenceTroubleshooter {
    @Override
    public Explanation explain(Problem problem, DatabaseSettings settings) {
      Explanation right = super.explain(problem, settings);
      return new Explanation(problem.name(), right.with(), right.next());
    }
  }

  @Mistake(
      exercise = "2.2",
      violates = "it does not have the constant in it, such as BROKEN_OFF",
      idea = "The name with a few words around it",
      because = "`Problem NO_DRIVER occurred.` is a sentence and says nothing to a person.",
      instead = "Say it in words.",
      rejectedBy = "explains_with_what_and_what_next",
      says = "not the name of the constant",
      earns = 2)
  static class ConstantInASentence extends ReferenceTroubleshooter {
    @Override
    public Explanation explain(Problem problem, DatabaseSettings settings) {
      Explanation right = super.explain(problem, settings);
      return problem == Problem.REJECTED
          ? right
          : new Explanation("Problem " + problem + " occurred.", right.with(), right.next());
    }
  }

  @Mistake(
      exercise = "2.2",
      violates = "a single one",
      idea = "The more advice, the better",
      because = "A person in trouble reads the first line.",
      instead = "One sentence: the next step.",
      rejectedBy = "explains_with_what_and_what_next",
      says = "one sentence, on one line",
      earns = 2)
  static class WholeParagraph extends ReferenceTroubleshooter {
    @Override
    public Explanation explain(Problem problem, DatabaseSettings settings) {
      Explanation right = super.explain(problem, settings);
      return new Explanation(
          right.failed(), right.with(), right.next() + " Then run the program again.");
    }
  }

  @Mistake(
      exercise = "2.2",
      violates = "the values of host, port, database and user",
      idea = "The host says where it was",
      because = "Two servers on one host differ by their ports, and a wrong port is a common "
          + "mistake.",
      instead = "Show all four values.",
      rejectedBy = "explains_with_what_and_what_next",
      says = "a text with \"5433\" in it",
      earns = 2)
  static class ForgetsThePort extends ReferenceTroubleshooter {
    @Override
    public Explanation explain(Problem problem, DatabaseSettings settings) {
      Explanation right = super.explain(problem, settings);
      String with = settings.user() + " on " + settings.host() + ", " + settings.dbname();
      return new Explanation(right.failed(), with, right.next());
    }
  }

  @Mistake(
      exercise = "2.2",
      violates = "the sentence has its name in it as a word of its own",
      idea = "`Report this` has `port` in it",
      because = "So it has, and it does not tell which key to correct.",
      instead = "Name the key.",
      rejectedBy = "explains_with_what_and_what_next",
      says = "which key in db_info.ini is to blame?",
      earns = 2)
  static class KeyInAnotherWord extends ReferenceTroubleshooter {
    @Override
    public Explanation explain(Problem problem, DatabaseSettings settings) {
      Explanation right = super.explain(problem, settings);
      return problem == Problem.REFUSED
          ? new Explanation(right.failed(), right.with(), "Report this to the support.")
          : right;
    }
  }

  @Mistake(
      exercise = "2.2",
      violates = "the password may be null",
      idea = "There is always a password",
      because = "A file may lack it, and settings made from such a file have null.",
      instead = "Look for null before you call a method.",
      rejectedBy = "explains_why_a_connection_was_rejected",
      says = "password null",
      earns = 0)
  static class NullPassword extends ReferenceTroubleshooter {
    @Override
    public Explanation explain(Problem problem, DatabaseSettings settings) {
      return super.explain(problem, login(settings, settings.password().strip()));
    }
  }

  @Alternative(
      exercise = "2.2",
      idea = "A map of patterns for `String.format`, and `toString()` of the settings, which has "
          + "no password.")
  static class Templates extends ReferenceTroubleshooter {
    @Override
    public Explanation explain(Problem problem, DatabaseSettings settings) {
      Map<Problem, String> keys =
          Map.of(
              Problem.WRONG_PASSWORD, "password",
              Problem.NO_SUCH_DATABASE, "dbname",
              Problem.UNKNOWN_HOST, "host",
              Problem.REFUSED, "port");
      String reason = problem.name().toLowerCase(Locale.ROOT).replace('_', '-');
      String key = keys.get(problem);
      if (problem == Problem.REJECTED) {
        boolean none = settings.password() == null || settings.password().equals("");
        reason = none ? "password missing" : "SSL missing";
        key = none ? "password" : null;
      }
      return new Explanation(
          String.format("Connecting failed (%s)!", reason),
          settings.toString(),
          key == null
              ? "Would an administrator know more?"
              : String.format("Is %s in db_info.ini right?", key));
    }
  }

  @Alternative(
      exercise = "2.2",
      idea = "`if` and `else`, and a `StringBuilder` for what was tried.")
  static class WithIfs extends ReferenceTroubleshooter {
    @Override
    public Explanation explain(Problem problem, DatabaseSettings settings) {
      Explanation words = super.explain(problem, settings);
      StringBuilder with = new StringBuilder();
      with.append("host=").append(settings.host());
      with.append(" port=").append(settings.port());
      with.append(" dbname=").append(settings.dbname());
      with.append(" user=").append(settings.user());
      if (problem == Problem.OTHER) {
        return new Explanation(
            "Something unknown went wrong", with.toString(), "Ask somebody who knows it");
      } else if (problem == Problem.WRONG_PASSWORD) {
        return new Explanation(
            "Login failed for " + settings.user(), with.toString(), "Check user and password");
      } else {
        return new Explanation(words.failed(), with.toString(), words.next());
      }
    }
  }

  private static DatabaseSettings login(DatabaseSettings settings, String password) {
    return new DatabaseSettings(
        settings.host(), settings.port(), settings.dbname(), settings.user(), password);
  }
}
