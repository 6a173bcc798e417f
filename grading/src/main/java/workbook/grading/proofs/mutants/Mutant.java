package workbook.grading.proofs.mutants;

import java.util.List;
import java.util.Set;
import org.w3c.dom.Element;

/**
 * A changed reference, and whether a check noticed it.
 *
 * @param kind the mutator
 * @param key what identifies it as long as its line stays the same
 * @param status PIT's word for the outcome
 */
record Mutant(String kind, String key, String status) {
  private static final Set<String> UNNOTICED = Set.of("SURVIVED", "NO_COVERAGE");

  /**
   * @param entry its entry in PIT's report
   * @param source the lines of the class
   */
  static Mutant of(Element entry, List<String> source) {
    // The compiler numbers lambdas anew with each change of the class.
    String method = text(entry, "mutatedMethod").replaceAll("lambda\\$(\\w+)\\$\\d+", "$1");
    String type = text(entry, "mutatedClass").replaceAll(".*[.$]", "");
    String mutator = text(entry, "mutator");
    String kind =
        mutator.contains(".")
            ? mutator.replaceAll(".*\\.|Mutator", "")
            : mutator.replaceFirst("_\\d+$", "");
    int line = Integer.parseInt(text(entry, "lineNumber"));
    String code = line > 0 ? source.get(line - 1).strip() : "";
    String description = text(entry, "description").replaceAll("lambda\\$(\\w+)\\$\\d+", "$1");
    return new Mutant(
        kind,
        "%s.%s > %s > %s > %s".formatted(type, method, kind, description, code).strip(),
        entry.getAttribute("status"));
  }

  boolean survived() {
    return UNNOTICED.contains(status);
  }

  private static String text(Element entry, String name) {
    return entry.getElementsByTagName(name).item(0).getTextContent();
  }
}
