package workbook.classroom.marking;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import workbook.classroom.report.ClassResult;
import workbook.classroom.report.ClassResult.StudentResult;
import workbook.classroom.report.Pseudonyms;
import workbook.classroom.report.Reports;
import workbook.classroom.sandbox.Sandbox;
import workbook.cli.terminal.CommandContext;
import workbook.cli.terminal.Exit;
import workbook.cli.terminal.UsageException;

/**
 * {@code merge}: makes one report of those that several machines made of the parts of a class, or
 * one with names of an anonymous one.
 */
@Command(
    name = "merge",
    description = {
      "Make one report of those that grade --shard made of the parts of a class.",
      "With --names, make one that has names of what grade --anonymous made."
    })
public final class MergeCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(arity = "1..*", paramLabel = "REPORT", description = "The reports of all parts.")
  private List<Path> reports;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "REPORT",
      description = "The folder for the one report.")
  private Path out;

  @Option(
      names = "--names",
      paramLabel = "KEY",
      description = "A key that grade --anonymous wrote: students get their names back.")
  private List<Path> keys = List.of();

  public MergeCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    List<ClassResult> parts = reports.stream().map(Reports::read).toList();
    Path report = out.toAbsolutePath().normalize();
    if (reports.stream().anyMatch(part -> part.toAbsolutePath().normalize().equals(report))) {
      throw new UsageException(
          "--out %s is one of the reports to merge. Name another folder.".formatted(out));
    }
    ClassResult first = parts.get(0);
    requireOneKind(parts);
    requireAllParts(parts);
    List<StudentResult> students = students(parts);
    new Reports(report)
        .write(
            new ClassResult(
                first.version(),
                first.checks(),
                first.database(),
                weakest(parts),
                "1/1",
                first.lessons(),
                students.stream().sorted(Comparator.comparing(StudentResult::student)).toList()));
    context
        .out()
        .printf(
            "%s in %s%n",
            students.size() == 1 ? "1 hand-in is" : students.size() + " hand-ins are",
            out.resolve("index.html"));
    return Exit.FINE;
  }

  private List<StudentResult> students(List<ClassResult> parts) {
    List<StudentResult> students = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < parts.size(); i++) {
      List<StudentResult> graded = parts.get(i).students();
      for (StudentResult student : keys.isEmpty() ? graded : Pseudonyms.named(graded, keys)) {
        if (!names.add(student.student() + "\0" + student.id())) {
          throw new UsageException(
              "%s is in more than one report, lastly in %s. Name each part once."
                  .formatted(student.student(), reports.get(i)));
        }
        students.add(student);
      }
    }
    return students;
  }

  private void requireOneKind(List<ClassResult> parts) {
    ClassResult first = parts.get(0);
    for (int i = 0; i < parts.size(); i++) {
      if (!parts.get(i).lessons().equals(first.lessons())) {
        throw new UsageException(
            "%s and %s are of other lessons. Grade all parts with the same --lesson."
                .formatted(reports.get(0), reports.get(i)));
      }
      if (!parts.get(i).checks().equals(first.checks())) {
        throw new UsageException(
            "%s and %s were graded by different checks. Grade all parts with the same workbook and Java."
                .formatted(reports.get(0), reports.get(i)));
      }
    }
  }

  private static void requireAllParts(List<ClassResult> parts) {
    Set<String> given = parts.stream().map(ClassResult::part).collect(Collectors.toSet());
    for (String part : given) {
      int count = Integer.parseInt(part.replaceFirst(".*/", ""));
      for (int i = 1; i <= count; i++) {
        if (!given.contains(i + "/" + count)) {
          throw new UsageException(
              "Part %s/%s is missing. Name the reports of all parts.".formatted(i, count));
        }
      }
    }
  }

  private static String weakest(List<ClassResult> parts) {
    return parts.stream()
        .map(ClassResult::isolation)
        .min(Comparator.comparing(Sandbox.Level::valueOf))
        .orElseThrow();
  }
}
