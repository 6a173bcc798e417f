package workbook.classroom.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import workbook.engine.protocol.GradedInput;
import workbook.engine.protocol.GradedOutput;
import workbook.support.EnvironmentException;

/** The process that runs a hand-in, seen from the command, which believes it nothing unsealed. */
public final class SandboxedWorker implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int LAST_WORDS = 5;

  private final Process process;
  private final List<String> end;
  private final String seal = seal();
  private final BlockingQueue<Said> said = new LinkedBlockingQueue<>(1_000);
  private final Deque<String> lastWords = new ArrayDeque<>();
  private int lines;

  /**
   * What a process has said.
   *
   * @param output null if it is no sealed line
   * @param forged what is wrong with a line that pretends to be one
   * @param end why there is no more to come
   * @param at when it came, as {@link System#nanoTime}: reading it may take longer than saying it
   */
  public record Said(GradedOutput output, String forged, End end, long at) {
    private Said(GradedOutput output, String forged, End end) {
      this(output, forged, end, System.nanoTime());
    }
  }

  /** Why a process says no more. */
  public enum End {
    ENDED,
    TOO_MUCH
  }

  /**
   * Starts a process.
   *
   * @param socket the Unix socket to use inside; null where the port is in reach
   */
  public SandboxedWorker(Sandbox.Command command, String socket, int port) {
    end = command.end();
    try {
      process = command.process().start();
    } catch (IOException e) {
      throw new EnvironmentException(
          "No process can be started for a hand-in: %s. Run ./workbook doctor."
              .formatted(e.getMessage()),
          e);
    }
    drain(process.getInputStream(), this::receive, true);
    drain(process.getErrorStream(), this::remember, false);
    send(GradedInput.start(seal, socket, port));
  }

  /** Sends a line; a process that is gone shows by what it says {@link #next}. */
  public void send(GradedInput input) {
    try {
      OutputStream stream = process.getOutputStream();
      stream.write((JSON.writeValueAsString(input) + "\n").getBytes(StandardCharsets.UTF_8));
      stream.flush();
    } catch (IOException e) {
      remember("cannot be reached: " + e.getMessage());
    }
  }

  /** Waits for what it says next; null if that did not come in time. */
  public Said next(Duration patience) {
    try {
      return said.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("Interrupted while grading.", e);
    }
  }

  /** The exit code, once it has ended. */
  public int exitCode() {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("Interrupted while grading.", e);
    }
  }

  /** The last lines that no grader wrote. */
  public synchronized String lastWords() {
    return String.join("\n", lastWords);
  }

  /** Waits for an orderly end. */
  public void finish(Duration patience) {
    try {
      process.getOutputStream().close();
      process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (IOException e) {
      remember(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close();
    }
  }

  /** Ends it at once, with all that it has started. */
  @Override
  public void close() {
    if (process.isAlive() && !end.isEmpty()) {
      endAll();
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    exitCode();
    said.clear();
  }

  private void endAll() {
    try {
      new ProcessBuilder(end)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      remember(end + " failed: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void receive(byte[] line) {
    try {
      JsonNode json = JSON.readTree(line);
      if (json == null || !json.isObject() || !json.has("event") && !json.has("kind")) {
        remember(line);
        return;
      }
      GradedOutput output = JSON.treeToValue(json, GradedOutput.class);
      if (!seal.equals(output.seal())) {
        said.put(new Said(null, "wrote an event without the seal of this run", null));
      } else if (output.number() != ++lines) {
        said.put(new Said(null, "wrote an event twice or out of order", null));
      } else {
        said.put(new Said(output, null, null));
      }
    } catch (JsonProcessingException e) {
      forgedOrNot(line);
    } catch (IOException e) {
      remember(line);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // An event of the workbook's other protocol, or one that is not quite right.
  private void forgedOrNot(byte[] line) throws IllegalStateException {
    String text = new String(line, StandardCharsets.UTF_8);
    if (text.contains("\"FINISHED\"") || text.contains("\"PASSED\"")) {
      said.offer(new Said(null, "wrote what looks like an event", null));
    } else {
      remember(line);
    }
  }

  private synchronized void remember(byte[] line) {
    remember(new String(line, 0, Math.min(line.length, 300), StandardCharsets.UTF_8));
  }

  private synchronized void remember(String line) {
    lastWords.addLast(line);
    if (lastWords.size() > LAST_WORDS) {
      lastWords.removeFirst();
    }
  }

  // Endless output, or one endless line, must not fill the command's memory.
  private void drain(InputStream stream, Consumer<byte[]> lines, boolean main) {
    Thread thread =
        new Thread(
            () -> {
              End end = End.ENDED;
              try (stream) {
                end = LimitedLines.read(stream, lines) ? End.ENDED : End.TOO_MUCH;
              } catch (IOException e) {
                remember("unreadable: " + e.getMessage());
              }
              if (end == End.TOO_MUCH) {
                process.destroyForcibly();
              }
              if (main || end == End.TOO_MUCH) {
                end(end);
              }
            },
            "examinee");
    thread.setDaemon(true);
    thread.start();
  }

  private void end(End end) {
    try {
      said.put(new Said(null, null, end));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String seal() {
    byte[] random = new byte[16];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
