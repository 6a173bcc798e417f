package workbook.connect.mistakes;

import java.util.Map;
import java.util.StringJoiner;
import workbook.connect.Connector;
import workbook.connect.reference.ReferenceConnector;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;

/** Exercise 1.6: no password in a text. */
final class PasswordMistakes {
  private PasswordMistakes() {}

  @Mistake(
      exercise = "1.6",
      violates = "Nothing in it depends on the password",
      idea = "A record's own text is good enough",
      because = """
          It has every component in it, so the password ends in the first log
          that settings are written to.""",
      instead = "Override `toString()`.",
      rejectedBy = "the_text_of_settings_does_not_depend_on_the_password",
      says = "The password, s3cret, is in the text of the settings",
      earns = 1)
  static class TheRecordsOwn extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      Settings it = super.settings(section);
      return new Login(
          it.host(), it.port(), it.dbname(), it.user(), it.password());
    }

    record Login(
        String host, int port, String dbname, String user, String password)
        implements Connector.Settings {}
  }

  @Mistake(
      exercise = "1.6",
      violates = "not even on how long that is",
      idea = "Stars instead of the password",
      because = """
          As many stars as characters tell how long the password is: a short
          one is worth an attack.""",
      instead = "Leave the password out altogether.",
      rejectedBy = "the_text_of_settings_does_not_depend_on_the_password",
      says = "with the password a-much-longer-password",
      earns = 1)
  static class Stars extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      Settings it = super.settings(section);
      return new Login(
          it.host(), it.port(), it.dbname(), it.user(), it.password());
    }

    record Login(
        String host, int port, String dbname, String user, String password)
        implements Connector.Settings {
      @Override
      public String toString() {
        return "%s:%s@%s:%d/%s"
            .formatted(user, "*".repeat(password.length()), host, port, dbname);
      }
    }
  }

  @Mistake(
      exercise = "1.6",
      violates = "settings that differ only in the password have the same string",
      idea = "Blot the password out of the text",
      because = """
          If the password is also part of another value, it is blotted out
          there, too. The gap tells what the password is.""",
      instead = "Build the text from what may be seen.",
      rejectedBy = "the_text_of_settings_does_not_depend_on_the_password",
      says = "with the password library",
      earns = 1)
  static class BlotsItOut extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      Settings it = super.settings(section);
      return new Login(
          it.host(), it.port(), it.dbname(), it.user(), it.password());
    }

    record Login(
        String host, int port, String dbname, String user, String password)
        implements Connector.Settings {
      @Override
      public String toString() {
        return (user + ":" + password + "@" + host + ":" + port + "/" + dbname)
            .replace(password, "***");
      }
    }
  }

  @Mistake(
      exercise = "1.6",
      violates = "It has the host, the port, the dbname and the user in it",
      idea = "What says nothing gives nothing away",
      because = """
          True, and useless: the text is there so that a log tells which
          database a program called, and as whom.""",
      instead = "Say where and who.",
      rejectedBy = "the_text_of_settings_tells_where_and_who",
      says = "The text of settings: in a log",
      earns = 1)
  static class SaysNothing extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      Settings it = super.settings(section);
      return new Login(
          it.host(), it.port(), it.dbname(), it.user(), it.password());
    }

    record Login(
        String host, int port, String dbname, String user, String password)
        implements Connector.Settings {
      @Override
      public String toString() {
        return "settings";
      }
    }
  }

  @Alternative(
      exercise = "1.6",
      idea = "A class instead of a record, and a `StringJoiner`.")
  static class AClass extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      Settings it = super.settings(section);
      return new Connector.Settings() {
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

        @Override
        public String toString() {
          return new StringJoiner(" ", "[", "]")
              .add("host=" + host())
              .add("port=" + port())
              .add("dbname=" + dbname())
              .add("user=" + user())
              .toString();
        }
      };
    }
  }
}
