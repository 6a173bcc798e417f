package workbook.engine.runner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import workbook.engine.RandomHex;
import workbook.engine.protocol.HostCall;
import workbook.engine.protocol.HostReply;
import workbook.engine.protocol.WorkerEvent;
import workbook.engine.protocol.WorkerInput;
import workbook.engine.protocol.WorkerOutput;
import workbook.engine.protocol.WorkerStart;
import workbook.support.EnvironmentException;

/** A worker's process, seen from the command, which believes it nothing unsealed. */
public final class WorkerProcess implements AutoCloseable {
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  private static final int LAST_WORDS = 10;
  private static final int LONGEST_WORD = 300;
  private static final int MOST_WAITING = 1_000;

  private final Process process;
  private final List<String> end;
  private final Function<HostCall, HostReply> calls;
  private final String seal = RandomHex.of(16);
  private final BlockingQueue<WorkerMessage> messages = new LinkedBlockingQueue<>(MOST_WAITING);
  private final Deque<String> lastWords = new ArrayDeque<>();
  // those of the check that runs; of the thread that reads
  private final Set<String> givenBack = new HashSet<>();
  private int lines;

  /**
   * Starts a worker.
   *
   * @param builder the process
   * @param end the command that ends what outlives the process; empty if nothing does
   * @param socket the Unix socket to use inside; null where the port is in reach
   * @param calls answers what the worker asks for, also between checks, when it prepares databases;
   *     null where calls are answered in their turn, while a check runs
   */
  public WorkerProcess(
      ProcessBuilder builder,
      List<String> end,
      String socket,
      int port,
      Function<HostCall, HostReply> calls) {
    this.end = end;
    this.calls = calls;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new EnvironmentException(
          "The worker cannot be started: %s. Run ./workbook doctor.".formatted(e.getMessage()), e);
    }
    drain(process.getInputStream(), this::receive, true);
    drain(process.getErrorStream(), this::remember, false);
    send(WorkerInput.of(new WorkerStart(seal, socket, port, calls != null)));
  }

  /** Sends a line; a worker that is gone shows by its {@link #next} message. */
  public synchronized void send(WorkerInput input) {
    try {
      OutputStream stream = process.getOutputStream();
      stream.write((JSON.writeValueAsString(input) + "\n").getBytes(StandardCharsets.UTF_8));
      stream.flush();
    } catch (IOException e) {
      remember("cannot be reached: " + e.getMessage());
    }
  }

  /** Waits for what is heard next; empty if that did not come in time. */
  Optional<WorkerMessage> next(Duration patience) {
    try {
      return Optional.ofNullable(messages.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("Interrupted while grading.", e);
    }
  }

  /**
   * Lets the worker end by itself, and ends it if it takes too long.
   *
   * @return whether it ended in good order
   */
  public boolean finish(Duration patience) {
    try {
      process.getOutputStream().close();
      return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)
          && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      close();
    }
  }

  /** Ends the worker at once, with all that it has started. */
  @Override
  public void close() {
    if (process.isAlive() && !end.isEmpty()) {
      endWhatOutlivesIt();
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    exitCode();
    messages.clear();
  }

  private void endWhatOutlivesIt() {
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

  private int exitCode() {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  // What an answer writes to the real standard output is no message, whatever it is.
  private void receive(byte[] line) {
    try {
      WorkerOutput output = JSON.readValue(line, WorkerOutput.class);
      if (output == null || output.event() == null && output.call() == null) {
        remember(line);
      } else {
        pass(message(output, line));
      }
    } catch (JsonProcessingException e) {
      remember(line);
    } catch (IOException e) {
      remember(e.toString());
    } catch (RuntimeException e) {
      // Whatever a line does to its reader, the next ones are read.
      remember(e.toString());
      put(new WorkerMessage.Lost());
    }
  }

  private WorkerMessage message(WorkerOutput output, byte[] line) {
    if (!seal.equals(output.seal()) || output.number() <= lines) {
      return new WorkerMessage.Forged(shortened(line));
    }
    boolean lost = output.number() != ++lines;
    return lost
        ? new WorkerMessage.Lost()
        : ReceivedOutput.message(output).orElseGet(WorkerMessage.Lost::new);
  }

  // Read where the lines are, in their order: calls may be answered in any.
  private void pass(WorkerMessage message) {
    if (message instanceof WorkerMessage.Call call && call.call().kind() == HostCall.Kind.DISCARD) {
      givenBack.add(String.valueOf(call.call().database()));
      givenBack.removeIf(database -> givenBack.size() > MOST_WAITING);
    }
    if (message instanceof WorkerMessage.Event event
        && event.event().kind() == WorkerEvent.Kind.FINISHED) {
      put(new WorkerMessage.Event(event.event(), Set.copyOf(givenBack)));
      givenBack.clear();
      return;
    }
    if (calls != null && message instanceof WorkerMessage.Call call) {
      CompletableFuture.supplyAsync(() -> calls.apply(call.call()), WorkerProcess::start)
          .thenAccept(reply -> send(WorkerInput.of(reply)));
    } else {
      put(message);
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "worker");
    thread.setDaemon(true);
    thread.start();
  }

  private void remember(byte[] line) {
    if (line.length > 0) {
      remember(shortened(line));
    }
  }

  private static String shortened(byte[] line) {
    return new String(line, 0, Math.min(line.length, LONGEST_WORD), StandardCharsets.UTF_8);
  }

  private void remember(String line) {
    synchronized (lastWords) {
      lastWords.addLast(line);
      if (lastWords.size() > LAST_WORDS) {
        lastWords.removeFirst();
      }
    }
  }

  private String lastWords() {
    synchronized (lastWords) {
      return String.join("\n", lastWords);
    }
  }

  // Endless output, or one endless line, must not fill the command's memory.
  private void drain(InputStream stream, Consumer<byte[]> lines, boolean main) {
    start(
        () -> {
          boolean flooded = false;
          try (stream) {
            flooded = !LimitedLines.read(stream, lines);
          } catch (IOException e) {
            remember("unreadable: " + e.getMessage());
          }
          if (flooded) {
            process.destroyForcibly();
            put(new WorkerMessage.Flooded());
          } else if (main) {
            put(new WorkerMessage.Ended(exitCode(), lastWords()));
          }
        });
  }

  private void put(WorkerMessage message) {
    try {
      messages.put(message);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
