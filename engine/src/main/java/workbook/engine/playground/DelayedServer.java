package workbook.engine.playground;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A relay to a server that holds up each answer, as a longer way to that server would. */
public final class DelayedServer implements AutoCloseable {
  private final ServerSocket listener;
  private final String host;
  private final int port;
  private final Duration delay;
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

  private DelayedServer(ServerSocket listener, String host, int port, Duration delay) {
    this.listener = listener;
    this.host = host;
    this.port = port;
    this.delay = delay;
  }

  /**
   * Starts one.
   *
   * @param host where the server is
   * @param delay how much longer each round trip takes
   */
  public static DelayedServer start(String host, int port, Duration delay) throws IOException {
    ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    DelayedServer server = new DelayedServer(listener, host, port, delay);
    inBackground(server::accept);
    return server;
  }

  /** Where it listens, on this computer. */
  public int port() {
    return listener.getLocalPort();
  }

  private void accept() throws IOException {
    while (!listener.isClosed()) {
      Socket client = listener.accept();
      open.add(client);
      Socket server = new Socket(host, port);
      open.add(server);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      inBackground(() -> copy(client, server, Duration.ZERO));
      inBackground(() -> copy(server, client, delay));
    }
  }

  private static void copy(Socket from, Socket to, Duration delay)
      throws IOException, InterruptedException {
    byte[] buffer = new byte[65_536];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        Thread.sleep(delay.toMillis());
        out.write(buffer, 0, length);
      }
    }
  }

  // A connection that ends, on either side, ends its threads: that is no failure.
  private static void inBackground(Step step) {
    Thread thread =
        new Thread(
            () -> {
              try {
                step.run();
              } catch (IOException closed) {
                // both sockets are closed by now, and each side learns of it
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "delayed server");
    thread.setDaemon(true);
    thread.start();
  }

  /** Ends all connections through it. */
  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  /** What a thread does. */
  private interface Step {
    void run() throws IOException, InterruptedException;
  }
}
