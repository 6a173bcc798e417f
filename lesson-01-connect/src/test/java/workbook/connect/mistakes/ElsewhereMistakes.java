package workbook.connect.mistakes;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import workbook.connect.reference.ReferenceConnector;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;

/** Exercises 1.2 to 1.4: values from other places, and values that change on their way. */
final class ElsewhereMistakes {
  private static final Map<String, String> OTHERS =
      Map.of("dbname", "database", "user", "username", "password", "passwd");

  private ElsewhereMistakes() {}

  @Mistake(
      exercise = "1.2",
      violates = "HOST, for example, takes no missing host's place",
      idea = "`database` will do if there is no `dbname`",
      because = """
          Then two spellings are right here, and one in every other program that reads
          this file. Which one counts if both are there?""",
      instead = "Look at the five keys only.",
      rejectedBy = "a_missing_value_is_an_error_that_does_not_tell_the_password",
      says = "but other keys are there",
      earns = 3,
      detail = true)
  static class KnowsOtherKeys extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      Map<String, String> more = new HashMap<>(section);
      OTHERS.forEach(
          (key, other) -> {
            if (section.containsKey(other)) {
              more.putIfAbsent(key, section.get(other));
            }
          });
      return super.settings(more);
    }
  }

  @Mistake(
      exercise = "1.2",
      violates = "A missing host is localhost",
      idea = "`hostname` will do if there is no `host`",
      because = """
          The section has no host, so it is localhost; other keys say nothing.""",
      instead = "Look at the five keys only.",
      rejectedBy = "settings_hold_what_the_section_says",
      says = "but other keys in plenty",
      earns = 2)
  static class KnowsAHostname extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      Map<String, String> more = new HashMap<>(section);
      more.putIfAbsent("host", section.getOrDefault("hostname", ""));
      return super.settings(more);
    }
  }

  @Mistake(
      exercise = "1.3",
      violates = "take them from here and from nowhere else",
      idea = "A system property may stand in for a variable",
      because = """
          `-DPGHOST=...` is then a third place where a host may come from, and the
          caller who handed in two maps knows nothing of it.""",
      instead = "Look into the map that is handed in, and nowhere else.",
      rejectedBy = "what_is_unset_or_empty_changes_nothing",
      says = "system properties have",
      earns = 1)
  static class AsksTheProperties extends ReferenceConnector {
    @Override
    public Map<String, String> override(
        Map<String, String> section, Map<String, String> environment) {
      Map<String, String> more = new HashMap<>(environment);
      for (String name : new String[] {"PGHOST", "PGPORT", "PGDATABASE", "PGUSER", "PGPASSWORD"}) {
        if (System.getProperty(name) != null) {
          more.putIfAbsent(name, System.getProperty(name));
        }
      }
      return super.override(section, more);
    }
  }

  @Mistake(
      exercise = "1.3",
      violates = "Their values are taken as they are, blanks included",
      idea = "Quotation marks around a value do not belong to it",
      because = """
          A shell takes them off before it sets the variable. Those that are still there
          are characters of the value.""",
      instead = "Take the value as it is.",
      rejectedBy = "variables_win_over_the_section_and_fill_its_gaps",
      says = "all five variables are",
      earns = 1)
  static class TakesQuotesOff extends ReferenceConnector {
    @Override
    public Map<String, String> override(
        Map<String, String> section, Map<String, String> environment) {
      Map<String, String> bare = new HashMap<>(environment);
      bare.replaceAll((name, value) -> value.replaceAll("^\"(.*)\"$", "$1"));
      return super.override(section, bare);
    }
  }

  @Mistake(
      exercise = "1.3",
      violates = "Their values are taken as they are, blanks included",
      idea = "`${HOME}` in a value means another variable",
      because = """
          A shell has replaced such names already. A password may well have a `$` in
          it.""",
      instead = "Take the value as it is.",
      rejectedBy = "variables_win_over_the_section_and_fill_its_gaps",
      says = "all five variables are",
      earns = 1)
  static class ExpandsVariables extends ReferenceConnector {
    @Override
    public Map<String, String> override(
        Map<String, String> section, Map<String, String> environment) {
      Map<String, String> expanded = new HashMap<>(environment);
      expanded.replaceAll((name, value) -> value.replaceAll("\\$\\{\\w+}", ""));
      return super.override(section, expanded);
    }
  }

  @Alternative(
      exercise = "1.3",
      idea = "The section itself, if nothing changes.")
  static class ReturnsTheSection extends ReferenceConnector {
    @Override
    public Map<String, String> override(
        Map<String, String> section, Map<String, String> environment) {
      Map<String, String> result = super.override(section, environment);
      return result.equals(section) ? section : result;
    }
  }

  @Mistake(
      exercise = "1.4",
      violates = "handed on as they are, whatever characters they hold",
      idea = "A password of blanks is none",
      because = """
          The server takes it for a password like any other. Without it, the driver does
          not even try.""",
      instead = "Hand the password on, whatever is in it.",
      rejectedBy = "any_character_may_be_in_a_password_or_a_name",
      says = "What does the server hear of these settings?",
      earns = 2)
  static class BlanksAreNoPassword extends ReferenceConnector {
    @Override
    public DataSource dataSource(Settings settings) {
      PGSimpleDataSource source = (PGSimpleDataSource) super.dataSource(settings);
      source.setPassword(settings.password().isBlank() ? null : settings.password());
      return source;
    }
  }

  @Mistake(
      exercise = "1.4",
      violates = "handed on as they are, whatever characters they hold",
      idea = "Names are in lower case on the server",
      because = """
          Those in SQL are, if they have no quotation marks. The name of who connects is
          compared as it is: `Reader` and `reader` are two roles.""",
      instead = "Hand the user on as it is.",
      rejectedBy = "any_character_may_be_in_a_password_or_a_name",
      says = "The user is",
      earns = 2)
  static class UserInLowerCase extends ReferenceConnector {
    @Override
    public DataSource dataSource(Settings settings) {
      PGSimpleDataSource source = (PGSimpleDataSource) super.dataSource(settings);
      source.setUser(settings.user().toLowerCase(Locale.ROOT));
      return source;
    }
  }

  @Mistake(
      exercise = "1.4",
      violates = "handed on as they are, whatever characters they hold",
      idea = "Names and passwords in one Unicode form",
      because = """
          `é` may be one character or two. To the server these are two names: a database
          that was made with the one is not found by the other.""",
      instead = "Hand the names on as they are.",
      rejectedBy = "any_character_may_be_in_a_password_or_a_name",
      says = "What does the server hear of these settings?",
      earns = 2)
  static class NormalizesNames extends ReferenceConnector {
    @Override
    public DataSource dataSource(Settings settings) {
      PGSimpleDataSource source = (PGSimpleDataSource) super.dataSource(settings);
      source.setDatabaseName(
          java.text.Normalizer.normalize(settings.dbname(), java.text.Normalizer.Form.NFC));
      return source;
    }
  }
}
