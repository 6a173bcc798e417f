package workbook.grading.proofs.mutants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Judges a run of PIT: every mutant must be noticed by a check, or be listed as equivalent with a
 * reason, and what is listed must have survived.
 */
public final class MutationVerdict {
  private static final String LIST = "equivalent-mutants.txt";

  private final List<Mutant> mutants;
  private final Map<String, String> equivalents;

  MutationVerdict(List<Mutant> mutants, Map<String, String> equivalents) {
    this.mutants = mutants;
    this.equivalents = equivalents;
  }

  /**
   * @param arguments PIT's mutations.xml, and the folder of sources, where the list of equivalent
   *     mutants may stand beside the reference
   */
  public static void main(String[] arguments) throws Exception {
    MutationVerdict verdict =
        new MutationVerdict(
            read(Path.of(arguments[0]), Path.of(arguments[1])),
            equivalents(list(Path.of(arguments[1]))));
    System.out.println(verdict.table());
    List<String> problems = verdict.problems();
    problems.forEach(System.out::println);
    if (!problems.isEmpty()) {
      System.exit(1);
    }
  }

  /** How many mutants there were of each kind, and how many were killed. */
  String table() {
    Map<String, List<Mutant>> kinds =
        mutants.stream()
            .collect(Collectors.groupingBy(Mutant::kind, TreeMap::new, Collectors.toList()));
    StringBuilder table = new StringBuilder(row("mutator", "made", "killed", "equivalent"));
    kinds.forEach((kind, all) -> table.append(row(kind, all)));
    return table.append(row("all", mutants)).toString();
  }

  private String row(String kind, List<Mutant> all) {
    List<Mutant> survivors = all.stream().filter(Mutant::survived).toList();
    long equivalent =
        survivors.stream().filter(mutant -> equivalents.containsKey(mutant.key())).count();
    return row(kind, all.size(), all.size() - survivors.size(), equivalent);
  }

  private static String row(Object... cells) {
    return "%-40s %6s %6s %10s%n".formatted(cells);
  }

  /** The survivors that are not listed, and the entries of the list that are out of date. */
  List<String> problems() {
    Set<String> survivors =
        mutants.stream().filter(Mutant::survived).map(Mutant::key).collect(Collectors.toSet());
    Set<String> kinds = mutants.stream().map(Mutant::kind).collect(Collectors.toSet());
    List<String> problems = new ArrayList<>();
    survivors.stream()
        .filter(key -> !equivalents.containsKey(key))
        .sorted()
        .forEach(key -> problems.add("No check notices: " + key));
    equivalents.forEach(
        (key, reason) -> {
          if (!survivors.contains(key) && kinds.contains(key.split(" > ")[1])) {
            problems.add("Listed as equivalent, but killed or not made: " + key);
          } else if (reason.isBlank()) {
            problems.add("Listed as equivalent without a reason: " + key);
          }
        });
    return problems;
  }

  private static List<Mutant> read(Path report, Path sources) throws Exception {
    NodeList entries =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(report.toFile())
            .getElementsByTagName("mutation");
    List<Mutant> mutants = new ArrayList<>();
    for (int i = 0; i < entries.getLength(); i++) {
      Element entry = (Element) entries.item(i);
      mutants.add(Mutant.of(entry, source(entry, sources)));
    }
    return mutants;
  }

  private static List<String> source(Element entry, Path sources) throws IOException {
    String type = entry.getElementsByTagName("mutatedClass").item(0).getTextContent();
    String file = entry.getElementsByTagName("sourceFile").item(0).getTextContent();
    String folder = type.substring(0, type.lastIndexOf('.')).replace('.', '/');
    return Files.readAllLines(sources.resolve(folder).resolve(file));
  }

  private static List<String> list(Path sources) throws IOException {
    try (Stream<Path> files = Files.walk(sources)) {
      Optional<Path> list = files.filter(file -> file.endsWith(LIST)).findFirst();
      return list.isEmpty() ? List.of() : Files.readAllLines(list.get());
    }
  }

  /** Reads a list: a mutant's key in a line, and the reason in the indented lines below it. */
  static Map<String, String> equivalents(List<String> list) {
    Map<String, String> equivalents = new LinkedHashMap<>();
    String key = null;
    for (String line : list) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith(" ")) {
        equivalents.merge(key, line.strip(), (reason, more) -> (reason + " " + more).strip());
      } else {
        key = line.strip();
        equivalents.put(key, "");
      }
    }
    return equivalents;
  }
}
