package workbook.cli.grade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import workbook.support.EnvironmentException;

/** Stands for names in a report; the key to them lies beside the report, not in it. */
final class Pseudonyms {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Pseudonyms() {}

  /**
   * Gives every student the pseudonym of last time, or a new one.
   *
   * @param key a file of pairs, pseudonym and name; it is made, or added to
   */
  static List<HandIn> rename(List<HandIn> handIns, Path key) {
    try {
      Map<String, String> pseudonyms = new LinkedHashMap<>();
      if (Files.exists(key)) {
        for (List<String> row : Csv.read(Files.readString(key))) {
          pseudonyms.put(row.get(1), row.get(0));
        }
      }
      handIns.forEach(handIn -> pseudonyms.computeIfAbsent(handIn.student(), name -> make()));
      Csv csv = new Csv();
      pseudonyms.forEach((name, pseudonym) -> csv.row(pseudonym, name));
      Trees.write(key, csv.toString());
      return handIns.stream()
          .map(handIn -> handIn.anonymous(pseudonyms.get(handIn.student())))
          .sorted(Comparator.comparing(HandIn::student))
          .toList();
    } catch (IOException e) {
      throw new EnvironmentException(
          "The key to the pseudonyms, %s, cannot be kept: %s".formatted(key, e), e);
    }
  }

  private static String make() {
    byte[] random = new byte[4];
    RANDOM.nextBytes(random);
    return "student-" + HexFormat.of().formatHex(random);
  }
}
