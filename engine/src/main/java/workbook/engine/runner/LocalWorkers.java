package workbook.engine.runner;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workbook.engine.Java;
import workbook.engine.databases.CheckDatabases;
import workbook.engine.databases.DatabaseBroker;
import workbook.engine.protocol.WorkerInput;
import workbook.engine.protocol.WorkerRequest;
import workbook.support.EnvironmentException;

/** Workers for the learner's own answers, which they compile themselves; no sandbox around them. */
final class LocalWorkers implements WorkerSource, AutoCloseable {
  private static final Duration LEAVE = Duration.ofSeconds(3);
  private static final Duration LEAVE_AN_ARCHIVE = Duration.ofSeconds(20);
  private static final List<String> OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "-Xmx512m",
          "-Xmn64m",
          "-XX:MetaspaceSize=128m",
          // The worker compiles as JShell does, in half the time.
          "--add-exports=jdk.compiler/com.sun.tools.javac.api=ALL-UNNAMED",
          "-Dfile.encoding=UTF-8",
          // Databases are not behind the proxy that the shell may name.
          "-DsocksProxyHost=",
          "-Dworkbook.deadline=" + GradingRun.DEADLINE);

  private final Path root;
  private final Path scratch;
  private final Supplier<CheckDatabases> databases;
  private volatile Running current;
  private Running spare;
  private ClassArchive archive;

  private record Running(WorkerProcess worker, DatabaseBroker broker) {
    void end() {
      worker.close();
      broker.close();
    }
  }

  /**
   * @param root the workbook's folder
   * @param scratch a folder of this command's own
   * @param databases where databases come from, once one is needed
   */
  LocalWorkers(Path root, Path scratch, Supplier<CheckDatabases> databases) {
    this.root = root;
    this.scratch = scratch;
    this.databases = databases;
  }

  /** The worker that runs; null if none does. */
  WorkerProcess running() {
    Running running = current;
    return running == null ? null : running.worker();
  }

  @Override
  public WorkerProcess worker() {
    if (current == null) {
      current = spare == null ? start() : spare;
      spare = null;
    }
    return current.worker();
  }

  @Override
  public DatabaseBroker broker() {
    return current.broker();
  }

  @Override
  public void discard() {
    if (current != null) {
      current.end();
      current = null;
    }
  }

  /** An answer that has cost a worker may cost the next one: one more starts meanwhile. */
  @Override
  public void expectLoss(WorkerRequest request) {
    if (spare == null) {
      spare = start();
      spare.worker().send(WorkerInput.of(request));
    }
  }

  /** Ends the worker that is not needed after all. */
  void discardSpare() {
    if (spare != null) {
      spare.end();
      spare = null;
    }
  }

  private Running start() {
    DatabaseBroker made = new DatabaseBroker(databases, UnaryOperator.identity(), false);
    return new Running(
        new WorkerProcess(builder(), List.of(), null, 0, made::answerAtAnyTime), made);
  }

  /** Lets the worker end in good order; the first one of a build leaves an archive. */
  @Override
  public void close() {
    discardSpare();
    if (current == null) {
      return;
    }
    try {
      if (current.worker().finish(archive.exists() ? LEAVE : LEAVE_AN_ARCHIVE)) {
        archive.keep();
      }
    } catch (IOException noArchive) {
      // then the next worker starts as slowly as this one
    }
  }

  private ProcessBuilder builder() {
    try {
      List<Path> jars = jars();
      archive = new ClassArchive(jars, root.resolve("grading/target"), scratch);
      List<String> command = new ArrayList<>(List.of(Java.executable()));
      command.addAll(OPTIONS);
      command.addAll(archive.options());
      command.addAll(
          List.of(
              "-cp",
              jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
              "workbook.grading.worker.Worker",
              scratch.toString(),
              root.resolve(".workbook/checks").toString()));
      ProcessBuilder builder = new ProcessBuilder(command);
      // What the learner's shell says about databases must not leak into checks.
      builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
      builder.environment().putAll(WorkerSource.DECOYS);
      return builder;
    } catch (IOException e) {
      throw new EnvironmentException(
          "The worker cannot be started: %s. Run ./workbook doctor.".formatted(e.getMessage()), e);
    }
  }

  private List<Path> jars() throws IOException {
    List<Path> jars = new ArrayList<>();
    for (String module : List.of("grading", "engine", "support")) {
      jars.add(root.resolve(module).resolve("target").resolve(module + ".jar"));
    }
    try (Stream<Path> libraries = Files.list(root.resolve("grading/target/lib"))) {
      libraries.sorted().forEach(jars::add);
    }
    return jars;
  }
}
