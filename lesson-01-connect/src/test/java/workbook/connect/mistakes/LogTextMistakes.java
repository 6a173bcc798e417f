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
      violates = "it has the host, the port, the dbname and the user in it",
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
      violates = "each as it is",
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
      violates = "each as it is",
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
}
