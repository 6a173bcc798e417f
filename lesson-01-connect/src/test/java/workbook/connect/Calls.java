package workbook.connect;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the calls to a port, and ends each at once: no caller waits. */
final class Calls implements AutoCloseable {
  private final AtomicInteger heard = new AtomicInteger();
  private final ServerSocket listener;
  private final Thread thread;

  Calls(ServerSocket listener) {
    this.listener = listener;
    thread = new Thread(this::listen, "calls");
    thread.setDaemon(true);
    thread.start();
  }

  /** How many there were until now. */
  int heard() throws IOException {
    int before;
    try (Socket last =
        new Socket(listener.getInetAddress(), listener.getLocalPort())) {
      // Those before it were heard before its end.
      before = last.getInputStream().read();
    }
    return heard.get() + before;
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        Socket call = listener.accept();
        heard.incrementAndGet();
        call.close();
      } catch (IOException e) {
        // The listener is closed, or the caller has gone: both is an end.
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
