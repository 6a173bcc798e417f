package workbook.engine.trace.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Copies the bytes of two connected sockets, each way, and has somebody read along. */
public final class BytePump {
  /** Threads that do not keep the process. */
  static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "trace");
            thread.setDaemon(true);
            return thread;
          });

  private final Socket client;
  private final Socket server;

  public BytePump(Socket client, Socket server) {
    this.client = client;
    this.server = server;
  }

  /** Reads along. */
  @FunctionalInterface
  public interface Reader {
    void feed(byte[] bytes, int from, int count);
  }

  /**
   * Copies until both ways have ended.
   *
   * @param endedByServer is run if it is the server that hangs up first
   */
  public void run(Reader asked, Reader answered, Runnable endedByServer) throws IOException {
    InputStream answers = server.getInputStream();
    Future<?> back = start(() -> back(answers, answered, endedByServer));
    copy(client.getInputStream(), server, asked);
    endOutput(server);
    try {
      back.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private void back(InputStream answers, Reader answered, Runnable endedByServer) {
    boolean isServersEnd = copy(answers, client, answered);
    if (isServersEnd && !server.isOutputShutdown()) {
      endedByServer.run();
    }
    endOutput(client);
  }

  // The record comes first: what one session causes in another must not stand above its cause.
  private static boolean copy(InputStream from, Socket to, Reader reader) {
    byte[] buffer = new byte[16 * 1024];
    boolean isReading = true;
    try {
      OutputStream output = to.getOutputStream();
      for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
        reader.feed(buffer, 0, count);
        isReading = false;
        output.write(buffer, 0, count);
        output.flush();
        isReading = true;
      }
    } catch (IOException e) {
      // One side has gone: the other one is told.
    }
    return isReading;
  }

  private static void endOutput(Socket to) {
    try {
      to.shutdownOutput();
    } catch (IOException e) {
      hangUp(to);
    }
  }

  /** Starts work on a thread that does not keep the process. */
  public static Future<?> start(Runnable work) {
    return THREADS.submit(work);
  }

  /** Closes what is of no use any more. */
  public static void hangUp(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      // It is of no use any more.
    }
  }
}
