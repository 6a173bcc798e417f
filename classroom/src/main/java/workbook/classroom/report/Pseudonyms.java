package workbook.classroom.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import workbook.classroom.report.ClassResult.StudentResult;
import workbook.classroom.submissions.Submission;
import workbook.cli.terminal.UsageException;
import workbook.engine.Folders;
import workbook.support.EnvironmentException;

/** Stands for names in a report; the key to them lies beside the report, not in it. */
public final class Pseudonyms {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Pseudonyms() {}

  /** Who a pseudonym stands for: the name, and the number that Moodle or Canvas gave. */
  private record Person(String pseudonym, String name, String id) {}

  /**
   * Gives every student the pseudonym of last time, or a new one.
   *
   * @param key a file of pseudonyms, names and numbers; it is made, or added to
   */
  public static List<Submission> rename(List<Submission> submissions, Path key) {
    try {
      Map<String, Person> people = new LinkedHashMap<>();
      if (Files.exists(key)) {
        read(key).forEach(person -> people.put(person.name(), person));
      }
      for (Submission submission : submissions) {
        Person before = people.get(submission.student());
        String pseudonym = before == null ? make() : before.pseudonym();
        people.put(
            submission.student(), new Person(pseudonym, submission.student(), submission.id()));
      }
      Csv csv = new Csv();
      people.values().forEach(person -> csv.row(person.pseudonym(), person.name(), person.id()));
      Folders.write(key, csv.toString());
      return submissions.stream()
          .map(submission -> submission.anonymous(people.get(submission.student()).pseudonym()))
          .sorted(Comparator.comparing(Submission::student))
          .toList();
    } catch (IOException e) {
      throw new EnvironmentException(
          "The key to the pseudonyms, %s, cannot be kept: %s".formatted(key, e), e);
    }
  }

  /**
   * Gives students their names back.
   *
   * @param keys what {@link #rename} wrote
   * @throws UsageException if a key cannot be read, or none has a student
   */
  public static List<StudentResult> named(List<StudentResult> students, List<Path> keys) {
    Map<String, Person> people = new HashMap<>();
    for (Path key : keys) {
      try {
        read(key).forEach(person -> people.put(person.pseudonym(), person));
      } catch (IOException e) {
        throw new UsageException(
            "%s cannot be read (%s). Name the file that grade --anonymous wrote beside its report."
                .formatted(key, e.getClass().getSimpleName()));
      }
    }
    return students.stream().map(student -> named(student, people.get(student.student()))).toList();
  }

  private static StudentResult named(StudentResult student, Person person) {
    if (person == null) {
      throw new UsageException(
          "No key says who %s is. Name the keys of all the reports, with --names for each; a report that has names needs none."
              .formatted(student.student()));
    }
    return new StudentResult(person.name(), person.id(), student.notes(), student.lessons());
  }

  private static List<Person> read(Path key) throws IOException {
    List<Person> people = new ArrayList<>();
    for (List<String> row : Csv.read(Files.readString(key))) {
      if (row.size() < 2) {
        throw new UsageException(
            "%s is no key any more: row %s is not as grade --anonymous wrote it. Put the file back as it was; without it, its pseudonyms cannot be turned back into names."
                .formatted(key, people.size() + 1));
      }
      people.add(new Person(row.get(0), row.get(1), row.size() == 2 ? "" : row.get(2)));
    }
    return people;
  }

  public static boolean isOne(String name) {
    return name.matches("student-[0-9a-f]{8}");
  }

  private static String make() {
    byte[] random = new byte[4];
    RANDOM.nextBytes(random);
    return "student-" + HexFormat.of().formatHex(random);
  }
}
