package workbook.connect.mistakes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import workbook.connect.reference.ReferenceConnector;
import workbook.grading.proofs.Mistake;

/** Exercises 1.1 to 1.3: one answer that is asked more than once. */
final class RepeatedCallMistakes {
  private RepeatedCallMistakes() {}

  @Mistake(
      exercise = "1.1",
      violates = "Each call reads the file anew",
      idea = "Read each file only once",
      because = """
          The file is mended while the program runs, and the program goes on with what was
          wrong.""",
      instead = "Read the file each time.",
      rejectedBy = "one_section_is_read_and_no_other",
      says = "of a file that has changed",
      earns = 3)
  static class ReadsOnce extends ReferenceConnector {
    private final Map<String, Map<String, String>> known = new HashMap<>();

    @Override
    public Map<String, String> readSection(Path file, String section) throws IOException {
      String place = file + "[" + section;
      if (!known.containsKey(place)) {
        known.put(place, Map.copyOf(super.readSection(file, section)));
      }
      return known.get(place);
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "A caller may change a map that it got, and no later call changes it",
      idea = "A file of the same time and size needs no reading",
      because = """
          All callers get the same map, and it can be changed: what one of them puts in, the next
          one takes for what the file says.""",
      instead = "Read the file each time, or return a map that cannot be changed.",
      rejectedBy = "one_section_is_read_and_no_other",
      says = "the caller has changed the first map",
      earns = 3)
  static class SharesTheMap extends ReferenceConnector {
    private final Map<String, Map<String, String>> known = new HashMap<>();

    @Override
    public Map<String, String> readSection(Path file, String section) throws IOException {
      String place =
          file + "[" + section + "]" + Files.getLastModifiedTime(file) + "/" + Files.size(file);
      Map<String, String> values = known.get(place);
      if (values == null) {
        values = super.readSection(file, section);
        known.put(place, values);
      }
      return values;
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "and no later call changes it",
      idea = "One map is enough, if it is emptied first",
      because = """
          The caller of the first call still has it, and finds another section's values in it.""",
      instead = "Make a map for each call.",
      rejectedBy = "one_section_is_read_and_no_other",
      says = "then [a] of a file that has changed",
      earns = 3)
  static class EmptiesItsMap extends ReferenceConnector {
    private final Map<String, String> values = new HashMap<>();

    @Override
    public Map<String, String> readSection(Path file, String section) throws IOException {
      Map<String, String> read = super.readSection(file, section);
      values.clear();
      values.putAll(read);
      return values;
    }
  }

  @Mistake(
      exercise = "1.2",
      violates = "Values that are not empty are taken as they are",
      idea = "What one section does not say, the one before has said",
      because = """
          The values of another database are no defaults of this one.""",
      instead = "Look into the section that is handed in, and nowhere else.",
      rejectedBy = "settings_hold_what_the_section_says",
      says = "after others were made of",
      earns = 2)
  static class KeepsValues extends ReferenceConnector {
    private final Map<String, String> all = new HashMap<>();

    @Override
    public Settings settings(Map<String, String> section) {
      all.putAll(section);
      return super.settings(all);
    }
  }

  @Mistake(
      exercise = "1.3",
      violates = "and nothing else",
      idea = "One map for all results",
      because = """
          It still has what an earlier section said: the second database gets the first one's
          password.""",
      instead = "Make a map for each call.",
      rejectedBy = "variables_win_over_the_section_and_fill_its_gaps",
      says = "by the same answer",
      earns = 1)
  static class OneResultForAll extends ReferenceConnector {
    private final Map<String, String> result = new HashMap<>();

    @Override
    public Map<String, String> override(
        Map<String, String> section, Map<String, String> environment) {
      result.putAll(super.override(section, environment));
      return result;
    }
  }
}
