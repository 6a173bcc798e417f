package workbook.connect.mistakes;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workbook.connect.reference.ReferenceConnector;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;

/** Exercise 1.3: environment variables win. */
final class OverrideMistakes {
  private static final Map<String, String> KEYS =
      Map.of(
          "PGHOST", "host",
          "PGPORT", "port",
          "PGDATABASE", "dbname",
          "PGUSER", "user",
          "PGPASSWORD", "password");

  private OverrideMistakes() {}

  @Mistake(
      exercise = "1.3",
      violates = "take them from here and from nowhere else",
      idea = "The environment is what `System.getenv` says",
      because = """
          It is the environment of the program that runs now. No test can set a
          variable there, and a server that reads two environments cannot
          either.""",
      instead = "Take the map that you are handed.",
      rejectedBy = "variables_win_over_the_section_and_fill_its_gaps",
      says = "all five variables are set",
      earns = 1)
  static class AsksTheSystem extends ReferenceConnector {
    @Override
    public Map<String, String> override(
        Map<String, String> section, Map<String, String> environment) {
      return super.override(section, Map.of("PATH", "" + System.getenv("PATH")));
    }
  }

  @Mistake(
      exercise = "1.3",
      violates = "take them from here and from nowhere else",
      idea = "What the map lacks, the system may have",
      because = """
          Then the result depends on the shell in which the program was started,
          and a caller with an empty map does not get what the section says.""",
      instead = "Take the map that you are handed, and it alone.",
      rejectedBy = "what_is_unset_or_empty_changes_nothing",
      says = "none of the five variables says anything",
      earns = 0)
  static class AsksTheSystemToo extends ReferenceConnector {
    @Override
    public Map<String, String> override(
        Map<String, String> section, Map<String, String> environment) {
      Map<String, String> both = new HashMap<>(System.getenv());
      both.putAll(environment);
      return super.override(section, both);
    }
  }

  @Mistake(
      exercise = "1.3",
      violates = "keys in lower case and their values, none of them null; left as it is",
      idea = "Put the variables into the section",
      because = """
          The map is the caller's. It changes under its hands, and if it is a
          `Map.of(...)`, `put` throws.""",
      instead = "Copy the map first.",
      rejectedBy = "what_is_unset_or_empty_changes_nothing",
      says = "the map that was handed in, afterwards",
      earns = 0)
  static class ChangesTheSection extends ReferenceConnector {
    @Override
    public Map<String, String> override(
        Map<String, String> section, Map<String, String> environment) {
      KEYS.forEach(
          (variable, key) -> {
            String value = environment.get(variable);
            if (value != null && !value.isEmpty()) {
              section.put(key, value);
            }
          });
      return section;
    }
  }

  @Mistake(
      exercise = "1.3",
      violates = "set to the empty string, changes nothing",
      idea = "A variable that is there wins",
      because = """
          `PGUSER=` is there, and empty. Many tools write that for "not set";
          taken at its word, it wipes out the user of the file.""",
      instead = "Let only values win that are not empty.",
      rejectedBy = "what_is_unset_or_empty_changes_nothing",
      says = "none of the five variables says anything",
      earns = 0)
  static class EmptyWins extends ReferenceConnector {
    @Override
    public Map<String, String> override(
        Map<String, String> section, Map<String, String> environment) {
      Map<String, String> result = new HashMap<>(section);
      KEYS.forEach(
          (variable, key) -> {
            if (environment.containsKey(variable)) {
              result.put(key, environment.get(variable));
            }
          });
      return result;
    }
  }

  @Mistake(
      exercise = "1.3",
      violates = "PGDATABASE for dbname",
      idea = "The variable is `PG` and the key in capitals",
      because = """
          So it is for four of five. The database's variable is `PGDATABASE`,
          although its key is `dbname`.""",
      instead = "Write the five pairs down.",
      rejectedBy = "variables_win_over_the_section_and_fill_its_gaps",
      says = "under the section's own key",
      earns = 0)
  static class GuessesTheName extends ReferenceConnector {
    @Override
    public Map<String, String> override(
        Map<String, String> section, Map<String, String> environment) {
      Map<String, String> result = new HashMap<>(section);
      for (String key : KEYS.values()) {
        String variable = "PG" + key.toUpperCase(java.util.Locale.ROOT);
        String value = environment.getOrDefault(variable, "");
        if (!value.isEmpty()) {
          result.put(key, value);
        }
      }
      return result;
    }
  }

  @Mistake(
      exercise = "1.3",
      violates = "replaced or added that the environment gives",
      idea = "Go through the section, and ask for each key's variable",
      because = """
          A key that the section lacks is never asked for. But that is what
          variables are good for: a password that is in no file.""",
      instead = "Go through the variables.",
      rejectedBy = "variables_win_over_the_section_and_fill_its_gaps",
      says = "all five variables are set",
      earns = 1)
  static class ReplacesOnly extends ReferenceConnector {
    @Override
    public Map<String, String> override(
        Map<String, String> section, Map<String, String> environment) {
      Map<String, String> result = super.override(section, environment);
      result.keySet().retainAll(section.keySet());
      return result;
    }
  }

  @Mistake(
      exercise = "1.3",
      violates = "Their values are taken as they are, blanks included",
      idea = "Trim the values: it cannot hurt",
      because = """
          A password may begin or end with a blank. In a file the blank cannot
          be seen; whoever sets a variable means it.""",
      instead = "Take the value as it is.",
      rejectedBy = "variables_win_over_the_section_and_fill_its_gaps",
      says = "each value as it is",
      earns = 1)
  static class Trims extends ReferenceConnector {
    @Override
    public Map<String, String> override(
        Map<String, String> section, Map<String, String> environment) {
      Map<String, String> trimmed = new HashMap<>(environment);
      trimmed.replaceAll((variable, value) -> value.trim());
      return super.override(section, trimmed);
    }
  }

  @Alternative(
      exercise = "1.3",
      idea = "A stream of the environment's entries, collected and laid over "
          + "the section with `putAll`.")
  static class WithStreams extends ReferenceConnector {
    @Override
    public Map<String, String> override(
        Map<String, String> section, Map<String, String> environment) {
      Stream<Map.Entry<String, String>> told =
          environment.entrySet().stream()
              .filter(entry -> KEYS.containsKey(entry.getKey()))
              .filter(entry -> !entry.getValue().isEmpty());
      Map<String, String> result = new HashMap<>();
      result.putAll(section);
      result.putAll(
          told.collect(
              Collectors.toMap(
                  entry -> KEYS.get(entry.getKey()), Map.Entry::getValue)));
      return Map.copyOf(result);
    }
  }
}
