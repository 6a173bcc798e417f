package workbook.cli.command;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;
import workbook.cli.terminal.CommandContext;
import workbook.cli.terminal.Exit;
import workbook.engine.Deadline;
import workbook.engine.playground.DatabaseDiagnosis;
import workbook.support.EnvironmentException;

/** {@code doctor}: looks at everything the workbook needs, and says how to mend what is wrong. */
@Command(name = "doctor", description = "Look whether everything is there that the workbook needs.")
public final class DoctorCommand implements Callable<Integer> {
  // Each takes well under a second, except on a very busy machine; none may hang.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final CommandContext context;

  public DoctorCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Map<String, CompletableFuture<Finding>> findings = new LinkedHashMap<>();
    ExecutorService examiners = Executors.newCachedThreadPool();
    examinations()
        .forEach(
            (name, examination) ->
                findings.put(
                    name, CompletableFuture.supplyAsync(() -> examine(examination), examiners)));
    boolean fine = true;
    for (Map.Entry<String, CompletableFuture<Finding>> entry : findings.entrySet()) {
      Finding finding = entry.getValue().join();
      context
          .out()
          .printf("%-5s %-12s %s%n", finding.fine ? "fine" : "MEND", entry.getKey(), finding.text);
      fine &= finding.fine;
    }
    examiners.shutdown();
    return fine ? Exit.FINE : Exit.ENVIRONMENT;
  }

  private Map<String, Callable<String>> examinations() {
    SystemDiagnosis machine = new SystemDiagnosis(context.root(), context.environment());
    DatabaseDiagnosis databases = new DatabaseDiagnosis(context.root(), context.environment());
    Map<String, Callable<String>> examinations = new LinkedHashMap<>();
    examinations.put("JDK", machine::jdk);
    examinations.put("Maven", machine::maven);
    examinations.put("Docker", databases::docker);
    examinations.put("PostgreSQL", databases::binaries);
    examinations.put("Port", databases::port);
    examinations.put("Locale", machine::locale);
    examinations.put("Disk", machine::disk);
    examinations.put("db_info.ini", databases::settings);
    CommandProvider.all().forEach(more -> examinations.put("Grading", more::diagnosis));
    return examinations;
  }

  private static Finding examine(Callable<String> examination) {
    try {
      return new Finding(true, Deadline.within(PATIENCE, examination));
    } catch (EnvironmentException e) {
      return new Finding(false, e.getMessage());
    }
  }

  private record Finding(boolean fine, String text) {}
}
