package workbook.connect.mistakes;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import workbook.connect.Connector;
import workbook.connect.reference.ReferenceConnector;
import workbook.grading.proofs.Mistake;

/** Exercise 1.6: strings that hint at the password, or change what they tell. */
final class LogTextMistakes {
  private LogTextMistakes() {}

  private static String where(Connector.Settings it) {
    return it.user() + "@" + it.host() + ":" + it.port() + "/" + it.dbname();
  }

  /** Settings whose string is made by the mistake. */
  private abstract static class Told extends ReferenceConnector {
    abstract String told(Connector.Settings it);

    @Override
    public Settings settings(Map<String, String> section) {
      Settings it = super.settings(section);
      return new Delegate(it) {
        @Override
        public String toString() {
          return told(it);
        }
      };
    }
  }

  /** Settings with another string. */
  private abstract static class Delegate implements Connector.Settings {
    private final Connector.Settings it;

    Delegate(Connector.Settings it) {
      this.it = it;
    }

    @Override
    public String host() {
      return it.host();
    }

    @Override
    public int port() {
      return it.port();
    }

    @Override
    public String dbname() {
      return it.dbname();
    }

    @Override
    public String user() {
      return it.user();
    }

    @Override
    public String password() {
      return it.password();
    }
  }

  @Mistake(
      exercise = "1.6",
      violates = "Nothing in it depends on the password",
      idea = "Warn of a blank password",
      because = """
          A log then tells which passwords to try first.""",
      instead = "Leave the password out altogether.",
      rejectedBy = "the_text_of_settings_does_not_depend_on_the_password",
      says = "Only the password is another one",
      earns = 1)
  static class WarnsOfABlankPassword extends Told {
    @Override
    String told(Connector.Settings it) {
      return where(it) + (it.password().isBlank() ? " (blank password)" : "");
    }
  }

  @Mistake(
      exercise = "1.6",
      violates = "Nothing in it depends on the password",
      idea = "Warn of blanks around the password",
      because = """
          They are a likely mistake, and the string tells of them: that depends on the password.""",
      instead = "Leave the password out altogether.",
      rejectedBy = "the_text_of_settings_does_not_depend_on_the_password",
      says = "Only the password is another one",
      earns = 1)
  static class WarnsOfBlanks extends Told {
    @Override
    String told(Connector.Settings it) {
      return where(it) + (it.password().strip().equals(it.password()) ? "" : " (blanks)");
    }
  }

  @Mistake(
      exercise = "1.6",
      violates = "It has the host, the port, the dbname and the user in it",
      idea = "One string for each server",
      because = """
          Two databases on one server have two strings; the second is logged as the first.""",
      instead = "Make the string from this object's values.",
      rejectedBy = "the_text_of_settings_tells_where_and_who",
      says = "as it is",
      earns = 1)
  static class OneForEachServer extends Told {
    private static final Map<String, String> KNOWN = new ConcurrentHashMap<>();

    @Override
    String told(Connector.Settings it) {
      return KNOWN.computeIfAbsent(it.host() + it.port(), server -> where(it));
    }
  }

  @Mistake(
      exercise = "1.6",
      violates = "each of them unchanged",
      idea = "A log has one line for each event",
      because = """
          It is searched for the values as they are, white space included.""",
      instead = "Write the values as they are.",
      rejectedBy = "the_text_of_settings_tells_where_and_who",
      says = "as it is",
      earns = 1)
  static class OnOneLine extends Told {
    @Override
    String told(Connector.Settings it) {
      return where(it).replaceAll("\\s+", " ");
    }
  }

  @Mistake(
      exercise = "1.6",
      violates = "each of them unchanged",
      idea = "Long values are cut",
      because = """
          What is cut cannot be found in the log.""",
      instead = "Write the values as they are.",
      rejectedBy = "the_text_of_settings_tells_where_and_who",
      says = "as it is",
      earns = 1)
  static class CutsLongValues extends Told {
    @Override
    String told(Connector.Settings it) {
      return where(it).substring(0, Math.min(200, where(it).length()));
    }
  }

  @Mistake(
      exercise = "1.6",
      violates = "None is left out, neither a default such as 5432",
      idea = "localhost goes without saying",
      because = """
          A log is searched for the name of the host.""",
      instead = "Write all four values.",
      rejectedBy = "the_text_of_settings_tells_where_and_who",
      says = "localhost",
      earns = 1)
  static class OmitsLocalhost extends Told {
    @Override
    String told(Connector.Settings it) {
      return where(it).replace("@localhost:", "@:");
    }
  }

  @Mistake(
      exercise = "1.6",
      violates = "nor a value that equals another value",
      idea = "One name for user and database, if it is the same",
      because = """
          The reader of the log cannot tell which of the two is meant.""",
      instead = "Write all four values.",
      rejectedBy = "the_text_of_settings_tells_where_and_who",
      says = "times",
      earns = 1)
  static class OmitsTheSame extends Told {
    @Override
    String told(Connector.Settings it) {
      String place = it.host() + ":" + it.port() + "/" + it.dbname();
      return it.user().equals(it.dbname()) ? place : it.user() + "@" + place;
    }
  }

  @Mistake(
      exercise = "1.6",
      violates = "each of them unchanged",
      idea = "Blanks at the ends of a log's line say nothing",
      because = """
          They belong to a name: a user or a database with one is another than that without.""",
      instead = "Write the values as they are.",
      rejectedBy = "the_text_of_settings_tells_where_and_who",
      says = "as it is",
      earns = 1)
  static class StripsTheEnds extends Told {
    @Override
    String told(Connector.Settings it) {
      return where(it).strip();
    }
  }

  @Mistake(
      exercise = "1.6",
      violates = "each of them unchanged",
      idea = "What follows `password=` is hidden, wherever it stands",
      because = """
          A database may have it in its name. All that follows is missing then.""",
      instead = "Leave the password out, and hide nothing.",
      rejectedBy = "the_text_of_settings_tells_where_and_who",
      says = "as it is",
      earns = 1)
  static class HidesWhatLooksLikeOne extends Told {
    @Override
    String told(Connector.Settings it) {
      return where(it).replaceAll("(?is)password=.*", "password=***");
    }
  }

  @Mistake(
      exercise = "1.6",
      violates = "The port's digits stand one beside the other, without a separator",
      idea = "Numbers are easier to read in groups of three digits",
      because = """
          A log is searched for 5433, and has 5,433.""",
      instead = "Write the digits only.",
      rejectedBy = "the_text_of_settings_tells_where_and_who",
      says = "as it is",
      earns = 1)
  static class GroupsThePort extends Told {
    @Override
    String told(Connector.Settings it) {
      return "%s@%s:%,d/%s".formatted(it.user(), it.host(), it.port(), it.dbname());
    }
  }

  @Mistake(
      exercise = "1.6",
      violates = "the port, the dbname and the user in it, each of them unchanged",
      idea = "`.local` says nothing: leave it away",
      because = """
          `printer.local` and `printer` may be two computers, and a log is searched for the name
          that stands in the settings.""",
      instead = "Write the host as it is.",
      rejectedBy = "the_text_of_settings_tells_where_and_who",
      says = "as it is",
      earns = 1)
  static class CutsTheDomain extends Told {
    @Override
    String told(Connector.Settings it) {
      String host = it.host().replaceFirst("[.]local$", "");
      return it.user() + "@" + host + ":" + it.port() + "/" + it.dbname();
    }
  }
}
