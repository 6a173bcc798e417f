package workbook.engine.runner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workbook.engine.Java;
import workbook.engine.protocol.WorkerEvent;
import workbook.engine.protocol.WorkerRequest;
import workbook.support.EnvironmentException;

/** The process that compiles and runs answers, seen from the command. */
final class WorkerProcess implements AutoCloseable {
  /** The system property for checks without a deadline of their own; the worker reads it too. */
  static final String DEADLINE = "workbook.deadline";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LAST_WORDS = 10;
  private static final int LEAVE_SECONDS = 3;
  private static final int ARCHIVE_SECONDS = 20;

  private final Process process;
  private final ClassArchive archive;
  private final BlockingQueue<Optional<WorkerEvent>> events = new LinkedBlockingQueue<>();
  private final Deque<String> lastWords = new ArrayDeque<>();

  private WorkerProcess(Process process, ClassArchive archive) {
    this.process = process;
    this.archive = archive;
    drain(process.getInputStream(), this::receive);
    drain(process.getErrorStream(), this::remember);
  }

  /**
   * Starts a worker.
   *
   * @param root the workbook's folder
   * @param scratch a folder of this command's own
   */
  static WorkerProcess start(Path root, Path scratch) {
    try {
      List<Path> jars = jars(root);
      ClassArchive archive = new ClassArchive(jars, root.resolve("grading/target"), scratch);
      List<String> command =
          new ArrayList<>(
              List.of(
                  Java.executable(),
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-XX:-UsePerfData",
                  "-Xmx512m",
                  // A collection closes connections that nobody holds: then no check sees the leak.
                  "-Xmn64m",
                  "-XX:MetaspaceSize=128m",
                  // The worker compiles as JShell does, in half the time.
                  "--add-exports=jdk.compiler/com.sun.tools.javac.api=ALL-UNNAMED",
                  "-Dfile.encoding=UTF-8",
                  "-D" + DEADLINE + "=" + Grader.DEADLINE));
      command.addAll(archive.options());
      command.add("-cp");
      command.add(
          jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
      command.addAll(
          List.of(
              "workbook.grading.worker.Worker",
              scratch.toString(),
              root.resolve(".workbook/checks").toString()));
      ProcessBuilder builder = new ProcessBuilder(command);
      // What the learner's shell says about databases must not leak into checks.
      builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
      return new WorkerProcess(builder.start(), archive);
    } catch (IOException e) {
      throw new EnvironmentException(
          "The worker cannot be started: %s. Run ./workbook doctor.".formatted(e.getMessage()), e);
    }
  }

  private static List<Path> jars(Path root) throws IOException {
    List<Path> jars = new ArrayList<>();
    jars.add(root.resolve("grading/target/grading.jar"));
    jars.add(root.resolve("engine/target/engine.jar"));
    jars.add(root.resolve("support/target/support.jar"));
    try (Stream<Path> libraries = Files.list(root.resolve("grading/target/lib"))) {
      libraries.sorted().forEach(jars::add);
    }
    return jars;
  }

  /** Sends a request; a worker that is gone shows by its {@link #next} event. */
  void send(WorkerRequest request) {
    try {
      OutputStream input = process.getOutputStream();
      input.write((JSON.writeValueAsString(request) + "\n").getBytes(StandardCharsets.UTF_8));
      input.flush();
    } catch (IOException e) {
      remember("cannot be reached: " + e.getMessage());
    }
  }

  /**
   * Waits for the next event.
   *
   * @return null if none came in time; empty if the worker has ended
   */
  Optional<WorkerEvent> next(Duration patience) {
    try {
      return events.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("Interrupted while waiting for the worker.", e);
    }
  }

  /** The exit code, once the worker has ended. */
  int exitCode() {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("Interrupted while waiting for the worker to end.", e);
    }
  }

  /** The last lines of its standard error. */
  synchronized String lastWords() {
    return String.join("\n", lastWords);
  }

  /** Ends the worker at once, whatever it is doing. */
  void kill() {
    process.destroyForcibly();
    exitCode();
  }

  /** Lets the worker drop its databases and end; kills it if it takes long. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      remember("cannot be told to end: " + e.getMessage());
    }
    try {
      int patience = archive.exists() ? LEAVE_SECONDS : ARCHIVE_SECONDS;
      if (!process.waitFor(patience, TimeUnit.SECONDS)) {
        kill();
      } else if (process.exitValue() == 0) {
        archive.keep();
      }
    } catch (IOException e) {
      // then the next worker starts as slowly as this one
      remember("cannot leave an archive: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }

  // An answer may write to the real standard output: such a line is no event.
  private void receive(String line) {
    if (line == null) {
      events.add(Optional.empty());
      return;
    }
    try {
      events.add(Optional.of(JSON.readValue(line, WorkerEvent.class)));
    } catch (JsonProcessingException e) {
      remember(line);
    }
  }

  private synchronized void remember(String line) {
    if (line == null) {
      return;
    }
    lastWords.addLast(line);
    if (lastWords.size() > LAST_WORDS) {
      lastWords.removeFirst();
    }
  }

  private static void drain(InputStream stream, java.util.function.Consumer<String> lines) {
    Thread thread =
        new Thread(
            () -> {
              try (BufferedReader reader =
                  new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                reader.lines().forEach(lines);
              } catch (IOException | UncheckedIOException e) {
                lines.accept("unreadable: " + e.getMessage());
              }
              lines.accept(null);
            },
            "worker output");
    thread.setDaemon(true);
    thread.start();
  }
}
