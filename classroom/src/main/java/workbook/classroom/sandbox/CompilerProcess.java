package workbook.classroom.sandbox;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import workbook.engine.Java;
import workbook.engine.protocol.CompileError;
import workbook.engine.protocol.CompileRequest;
import workbook.engine.protocol.WorkerRequest;
import workbook.support.EnvironmentException;

/**
 * The process that compiles hand-ins, seen from the command. A compiler crash ends only this
 * process.
 */
final class CompilerProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SECONDS = 20;
  private static final int SLICES = 5;
  private static final int ATTEMPTS = 2;

  private final String classPath;
  private Process process;
  private BufferedReader answers;

  CompilerProcess(Path root) {
    classPath =
        String.join(
            File.pathSeparator,
            root.resolve("grading/target/grading.jar").toString(),
            root.resolve("engine/target/engine.jar").toString(),
            root.resolve("support/target/support.jar").toString(),
            root.resolve("grading/target/lib").resolve("*").toString());
  }

  /**
   * Compiles.
   *
   * @return what is wrong; empty if nothing is
   */
  synchronized List<CompileError> compile(CompileRequest request) {
    String reason = "";
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        start();
        Duration before = used();
        OutputStream requests = process.getOutputStream();
        requests.write((JSON.writeValueAsString(request) + "\n").getBytes(StandardCharsets.UTF_8));
        requests.flush();
        String answer =
            await(CompletableFuture.supplyAsync(this::readLine, CompilerProcess::run), before);
        if (answer != null) {
          return JSON.readValue(answer, new TypeReference<>() {});
        }
        reason = "the compiler ended";
      } catch (TimeoutException e) {
        reason = "the compiler did not finish within " + SECONDS + " s";
      } catch (IOException | ExecutionException e) {
        reason = "the compiler ended: " + e.getMessage();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new EnvironmentException("Interrupted while compiling.", e);
      }
      close();
    }
    String file = Path.of(request.sources().get(0)).getFileName().toString();
    return List.of(new CompileError(file, 1, 1, "This file cannot be compiled: " + reason + "."));
  }

  // A pause of this process is no more than a slice, and on a busy machine it takes longer.
  private String await(CompletableFuture<String> answer, Duration before)
      throws InterruptedException, ExecutionException, TimeoutException {
    int most = SECONDS * SLICES;
    for (int slice = 1; ; slice++) {
      try {
        return answer.get(1_000 / SLICES, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        boolean hasWorked = used().minus(before).toSeconds() >= SECONDS / 2;
        if (slice >= WorkerRequest.PATIENCE * most || slice >= most && hasWorked) {
          throw e;
        }
      }
    }
  }

  // Where the system does not say, all of the time counts.
  private Duration used() {
    return process.info().totalCpuDuration().orElse(Duration.ofNanos(System.nanoTime()));
  }

  @Override
  public synchronized void close() {
    if (process != null) {
      process.destroyForcibly();
      process = null;
    }
  }

  private void start() throws IOException {
    if (process == null) {
      process =
          new ProcessBuilder(
                  Java.executable(),
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-XX:-UsePerfData",
                  "-Xshare:auto",
                  "-Xmx384m",
                  "-Xss4m",
                  "-Dfile.encoding=UTF-8",
                  "-cp",
                  classPath,
                  "workbook.grading.worker.Compiler")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      answers =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
  }

  private String readLine() {
    try {
      return answers.readLine();
    } catch (IOException e) {
      return null;
    }
  }

  private static void run(Runnable work) {
    Thread thread = new Thread(work, "compiler");
    thread.setDaemon(true);
    thread.start();
  }
}
