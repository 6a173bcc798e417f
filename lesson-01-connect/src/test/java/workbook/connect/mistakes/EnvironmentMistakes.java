package workbook.connect.mistakes;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import workbook.connect.reference.ReferenceConnector;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;

/** Exercise 1.3: which variables count, and for what. */
final class EnvironmentMistakes {
  private EnvironmentMistakes() {}

  private static final Set<String> KEYS = Set.of("host", "port", "dbname", "user", "password");

  @Mistake(
      exercise = "1.3",
      violates = "No other variable counts, neither PGSSLMODE nor pghost",
      idea = "Each variable that begins with `PG` stands for a key",
      because = """
          `PGSSLMODE` and `PGPASSFILE` do so, too. They are for other programs, and
          their keys were never in the section.""",
      instead = "Write the five pairs down.",
      rejectedBy = "what_is_unset_or_empty_changes_nothing",
      says = "none of the five variables says anything",
      earns = 0)
  static class EveryVariable extends ReferenceConnector {
    @Override
    public Map<String, String> override(
        Map<String, String> section, Map<String, String> environment) {
      Map<String, String> result = super.override(section, environment);
      environment.forEach(
          (variable, value) -> {
            if (variable.startsWith("PG") && !value.isEmpty()) {
              String key = variable.substring(2).toLowerCase(Locale.ROOT);
              result.put(key.equals("database") ? "dbname" : key, value);
            }
          });
      return result;
    }
  }

  @Mistake(
      exercise = "1.3",
      violates = "No other variable counts, neither PGSSLMODE nor pghost",
      idea = "`pghost` is `PGHOST`",
      because = """
          On Windows it is. Elsewhere they are two variables, and PostgreSQL reads
          the one in capitals.""",
      instead = "Look variables up as they are written.",
      rejectedBy = "what_is_unset_or_empty_changes_nothing",
      says = "none of the five variables says anything",
      earns = 0)
  static class AnyCase extends ReferenceConnector {
    @Override
    public Map<String, String> override(
        Map<String, String> section, Map<String, String> environment) {
      Map<String, String> any = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      any.putAll(environment);
      return super.override(section, any);
    }
  }

  @Mistake(
      exercise = "1.3",
      violates = "Their values are taken as they are, blanks included",
      idea = "A variable of blanks says nothing",
      because = """
          It is not empty. A password may consist of blanks.""",
      instead = "`isEmpty`, as the contract says.",
      rejectedBy = "variables_win_over_the_section_and_fill_its_gaps",
      says = "PGDATABASE is \"\\t\" in the environment",
      earns = 1)
  static class BlankIsEmpty extends ReferenceConnector {
    @Override
    public Map<String, String> override(
        Map<String, String> section, Map<String, String> environment) {
      Map<String, String> told = new HashMap<>(environment);
      told.values().removeIf(String::isBlank);
      return super.override(section, told);
    }
  }

  @Mistake(
      exercise = "1.3",
      violates = "with those of the five replaced or added that the environment gives",
      idea = "What is in the file is meant",
      because = """
          Then a variable could never change anything. It is there to change what a
          file says, for one run.""",
      instead = "Let the variable win.",
      rejectedBy = "variables_win_over_the_section_and_fill_its_gaps",
      says = "all five variables are set",
      earns = 1)
  static class TheSectionWins extends ReferenceConnector {
    @Override
    public Map<String, String> override(
        Map<String, String> section, Map<String, String> environment) {
      Map<String, String> result = super.override(section, environment);
      section.forEach((key, value) -> result.put(key, value));
      return result;
    }
  }

  @Mistake(
      exercise = "1.3",
      violates = "all of the section's keys and values",
      idea = "The five keys are all there is",
      because = """
          A section may have others, `application` for example. The next reader of
          the map wants them.""",
      instead = "Begin with a copy of the section.",
      rejectedBy = "what_is_unset_or_empty_changes_nothing",
      says = "none of the five variables says anything",
      earns = 0)
  static class OnlyTheFive extends ReferenceConnector {
    @Override
    public Map<String, String> override(
        Map<String, String> section, Map<String, String> environment) {
      Map<String, String> result = super.override(section, environment);
      result.keySet().retainAll(KEYS);
      return result;
    }
  }

  @Mistake(
      exercise = "1.3",
      violates = "No other variable counts, neither PGSSLMODE nor pghost",
      idea = "Put the environment into the map: more cannot harm",
      because = """
          The section gets keys such as `PATH`, and a variable called `host`
          replaces its host.""",
      instead = "Take the five variables, under the keys they stand for.",
      rejectedBy = "variables_win_over_the_section_and_fill_its_gaps",
      says = "all five variables are set",
      earns = 0)
  static class AllOfTheEnvironment extends ReferenceConnector {
    @Override
    public Map<String, String> override(
        Map<String, String> section, Map<String, String> environment) {
      Map<String, String> result = super.override(section, environment);
      result.putAll(environment);
      return result;
    }
  }

  @Mistake(
      exercise = "1.3",
      violates = "set to the empty string, changes nothing",
      idea = "An empty variable takes the key away",
      because = """
          Many tools write `PGUSER=` for "not set". Then the section counts.""",
      instead = "Let an empty value change nothing.",
      rejectedBy = "what_is_unset_or_empty_changes_nothing",
      says = "none of the five variables says anything",
      earns = 0)
  static class EmptyErases extends ReferenceConnector {
    @Override
    public Map<String, String> override(
        Map<String, String> section, Map<String, String> environment) {
      Map<String, String> result = super.override(section, environment);
      if ("".equals(environment.get("PGUSER"))) {
        result.remove("user");
      }
      return result;
    }
  }

  @Mistake(
      exercise = "1.3",
      violates = "all of the section's keys and values",
      idea = "A key with an empty value is no key",
      because = """
          What the section says stays, empty or not. Whether that will do is for 1.2
          to say.""",
      instead = "Copy the section as it is.",
      rejectedBy = "variables_win_over_the_section_and_fill_its_gaps",
      says = "under the environment",
      earns = 1)
  static class DropsEmptyValues extends ReferenceConnector {
    @Override
    public Map<String, String> override(
        Map<String, String> section, Map<String, String> environment) {
      Map<String, String> result = super.override(section, environment);
      result.values().removeIf(String::isEmpty);
      return result;
    }
  }

  @Mistake(
      exercise = "1.3",
      violates = "take them from here and from nowhere else; left as it is",
      idea = "A variable that was used is used up",
      because = """
          The environment is the caller's, and `System.getenv()` cannot be changed.""",
      instead = "Read with `get`, not with `remove`.",
      rejectedBy = "variables_win_over_the_section_and_fill_its_gaps",
      says = "but was: java.lang.UnsupportedOperationException",
      earns = 0)
  static class TakesThemOut extends ReferenceConnector {
    @Override
    public Map<String, String> override(
        Map<String, String> section, Map<String, String> environment) {
      Map<String, String> result = super.override(section, environment);
      environment.keySet().removeIf(variable -> variable.startsWith("PG"));
      return result;
    }
  }

  @Mistake(
      exercise = "1.3",
      violates = "No other variable counts, neither PGSSLMODE nor pghost",
      idea = "Without `PGUSER`, take `USER`",
      because = """
          It is the name of the computer's user. The section has one that was meant.""",
      instead = "Take the five variables, and no others.",
      rejectedBy = "what_is_unset_or_empty_changes_nothing",
      says = "none of the five variables says anything",
      earns = 1)
  static class UserFromUser extends ReferenceConnector {
    @Override
    public Map<String, String> override(
        Map<String, String> section, Map<String, String> environment) {
      Map<String, String> result = super.override(section, environment);
      if (environment.getOrDefault("PGUSER", "").isEmpty()) {
        result.computeIfPresent("user", (key, own) -> environment.getOrDefault("USER", own));
      }
      return result;
    }
  }

  @Alternative(
      exercise = "1.3",
      idea = "A `TreeMap`, and five statements, one for each variable.")
  static class OneByOne extends ReferenceConnector {
    @Override
    public Map<String, String> override(
        Map<String, String> section, Map<String, String> environment) {
      TreeMap<String, String> result = new TreeMap<>(section);
      take(result, "host", environment.get("PGHOST"));
      take(result, "port", environment.get("PGPORT"));
      take(result, "dbname", environment.get("PGDATABASE"));
      take(result, "user", environment.get("PGUSER"));
      take(result, "password", environment.get("PGPASSWORD"));
      return result;
    }

    private static void take(Map<String, String> map, String key, String value) {
      if (value != null && value.length() > 0) {
        map.put(key, value);
      }
    }
  }

  @Alternative(
      exercise = "1.3",
      idea = "A loop through the environment with a `switch`, and a map that cannot be changed.")
  static class WithASwitch extends ReferenceConnector {
    @Override
    public Map<String, String> override(
        Map<String, String> section, Map<String, String> environment) {
      Map<String, String> result = new LinkedHashMap<>();
      for (Map.Entry<String, String> variable : environment.entrySet()) {
        String key =
            switch (variable.getKey()) {
              case "PGHOST" -> "host";
              case "PGPORT" -> "port";
              case "PGDATABASE" -> "dbname";
              case "PGUSER" -> "user";
              case "PGPASSWORD" -> "password";
              default -> "";
            };
        if (!key.isEmpty() && !variable.getValue().isEmpty()) {
          result.put(key, variable.getValue());
        }
      }
      section.forEach(result::putIfAbsent);
      return Collections.unmodifiableMap(result);
    }
  }
}
