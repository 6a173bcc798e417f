package workbook.errors.mistakes;

import java.util.Locale;
import workbook.errors.reference.ReferenceTroubleshooter;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.support.DatabaseSettings;

/** Exercise 2.2: what is a person told? */
final class ExplainMistakes {
  private ExplainMistakes() {}

  @Mistake(
      exercise = "2.2",
      violates = "an explanation with a failed of its own for each problem",
      idea = "One message for everything",
      because = """
          `Error connecting to the database` is true of sixteen problems and helps with none. The
          article's program prints it, and hides the one thing that the reader needs.""",
      instead = "Say what failed; a `switch` over the enum has a place for each.",
      rejectedBy = "explains_with_what_and_what_next",
      says = "are told in the same words",
      earns = 1)
  static class OneForAll extends ReferenceTroubleshooter {
    @Override
    public Explanation explain(Problem problem, DatabaseSettings settings) {
      Explanation right = super.explain(problem, settings);
      return new Explanation("Error connecting to the database.", right.with(), right.next());
    }
  }

  @Mistake(
      exercise = "2.2",
      violates = "No part of the password, and nothing made from it, is ever shown",
      idea = "Show everything that was tried, also the password",
      because = """
          It ends on a screen that others see, and in a log that is copied. A wrong password
          is often the right one of another account.""",
      instead = "Show host, port, database and user, one by one.",
      rejectedBy = "explains_without_the_password",
      says = "tells something about the password",
      earns = 1)
  static class ShowsThePassword extends ReferenceTroubleshooter {
    @Override
    public Explanation explain(Problem problem, DatabaseSettings settings) {
      Explanation right = super.explain(problem, settings);
      return new Explanation(
          right.failed(), right.with() + ", password " + settings.password(), right.next());
    }
  }

  @Mistake(
      exercise = "2.2",
      violates = "REJECTED has two reasons, and the settings tell which.",
      idea = "`REJECTED` means that the password is missing",
      because = """
          The driver reports 08004 also when `sslmode=require` meets a server without SSL. Somebody
          who has set a password is told to set one.""",
      instead = "The settings tell which: look whether there is a password.",
      rejectedBy = "explains_why_a_connection_was_rejected",
      says = "although the settings have a password",
      earns = 3,
      detail = true)
  static class RejectedForOneReason extends ReferenceTroubleshooter {
    @Override
    public Explanation explain(Problem problem, DatabaseSettings settings) {
      Explanation right = super.explain(problem, settings);
      return problem == Problem.REJECTED
          ? new Explanation("There was no password.", right.with(), "Set password.")
          : right;
    }
  }

  @Mistake(
      exercise = "2.2",
      violates = "If their password is null or empty, failed says that there was no password",
      idea = "A missing password is `null`",
      because = "It may be `null`, or it may be empty: the driver refuses both with 08004.",
      instead = "Look for both.",
      rejectedBy = "explains_why_a_connection_was_rejected",
      says = "the password in the settings is empty",
      earns = 3,
      detail = true)
  static class EmptyIsAPassword extends ReferenceTroubleshooter {
    @Override
    public Explanation explain(Problem problem, DatabaseSettings settings) {
      Explanation right = super.explain(problem, settings);
      return problem == Problem.REJECTED && settings.password() != null
          ? new Explanation("The server has no SSL.", right.with(), "Leave sslmode out.")
          : right;
    }
  }

  @Mistake(
      exercise = "2.2",
      violates = "the sentence has its name in it as a word of its own",
      idea = "What failed is enough: people know where to look",
      because = """
          They do not. "There is no such database" is found in the file `db_info.ini`, under
          `dbname`, and whoever wrote the program knows that, not whoever runs it.""",
      instead = "Name the next step, and the key to look at.",
      rejectedBy = "explains_with_what_and_what_next",
      says = "which key in db_info.ini is to blame?",
      earns = 1)
  static class NoNextStep extends ReferenceTroubleshooter {
    @Override
    public Explanation explain(Problem problem, DatabaseSettings settings) {
      Explanation right = super.explain(problem, settings);
      return new Explanation(right.failed(), right.with(), "Look at your settings.");
    }
  }

  @Alternative(
      exercise = "2.2",
      idea = "The enum's name, turned into a sentence, where that reads well, and `if` for the "
          + "rest.")
  static class FromTheName extends ReferenceTroubleshooter {
    @Override
    public Explanation explain(Problem problem, DatabaseSettings s) {
      String with = s.user() + "@" + s.host() + ":" + s.port() + "/" + s.dbname();
      String failed = "Problem: " + problem.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ".";
      String next = "Ask whoever runs the server.";
      if (problem == Problem.REJECTED) {
        boolean none = s.password() == null || s.password().isEmpty();
        failed = none ? "A password is missing." : "The server refuses SSL.";
        next = none ? "Set password." : next;
      } else if (problem == Problem.WRONG_PASSWORD) {
        next = "Look at password and user.";
      } else if (problem == Problem.NO_SUCH_DATABASE) {
        next = "Look at dbname.";
      } else if (problem == Problem.UNKNOWN_HOST || problem == Problem.REFUSED) {
        next = "Look at host and port.";
      }
      return new Explanation(failed, with, next);
    }
  }

  @Mistake(
      exercise = "2.2",
      violates = "failed what failed, in one sentence",
      idea = "What failed, and the reason below it",
      because = "A log shows the first line, and the rest belongs to nothing.",
      instead = "One sentence, on one line.",
      rejectedBy = "explains_with_what_and_what_next",
      says = "one sentence, on one line",
      earns = 2)
  static class TwoLines extends ReferenceTroubleshooter {
    @Override
    public Explanation explain(Problem problem, DatabaseSettings settings) {
      Explanation right = super.explain(problem, settings);
      return new Explanation(
          "Connecting failed:\n" + right.failed(), right.with(), right.next());
    }
  }

  @Mistake(
      exercise = "2.2",
      violates = "next what to do, in one sentence.",
      idea = "A wrong password is corrected with another user",
      because = "The key to correct is `password`; the user may be right.",
      instead = "Name the key that is to blame.",
      rejectedBy = "explains_with_what_and_what_next",
      says = "which key in db_info.ini is to blame?",
      earns = 2)
  static class BlamesTheUser extends ReferenceTroubleshooter {
    @Override
    public Explanation explain(Problem problem, DatabaseSettings settings) {
      Explanation right = super.explain(problem, settings);
      return problem == Problem.WRONG_PASSWORD
          ? new Explanation(right.failed(), right.with(), "Correct user in db_info.ini.")
          : right;
    }
  }
}
