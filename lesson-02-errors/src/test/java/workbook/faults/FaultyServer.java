package workbook.faults;

import static java.io.OutputStream.nullOutputStream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static workbook.faults.Protocol.SSL_REQUEST;
import static workbook.faults.Protocol.readPacket;
import static workbook.faults.Protocol.readStartup;
import static workbook.faults.Protocol.refuse;
import static workbook.faults.Protocol.refusePassword;
import static workbook.faults.Protocol.send;
import static workbook.faults.Protocol.sendRefusal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import workbook.support.DatabaseSettings;

/** A server on a real socket of this computer that misbehaves in one way. */
public final class FaultyServer implements AutoCloseable {
  private final ServerSocket listener;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

  private FaultyServer(int port, Behaviour behaviour) {
    try {
      listener = new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException("Port " + port + " is not to be had", e);
    }
    start(() -> serveAll(behaviour));
  }

  /** Accepts, listens for ever and says nothing. */
  public static FaultyServer silent() {
    return new FaultyServer(
        0,
        (client, call) ->
            client.getInputStream().transferTo(nullOutputStream()));
  }

  /** Says that it has no SSL, and then nothing more. */
  public static FaultyServer silentAfterSsl() {
    return new FaultyServer(
        0,
        (client, call) -> {
          if (readPacket(client) == SSL_REQUEST) {
            client.getOutputStream().write('N');
          }
          client.getInputStream().transferTo(nullOutputStream());
        });
  }

  /** Asks for the password, and then says nothing more. */
  public static FaultyServer silentAfterPassword() {
    return new FaultyServer(
        0,
        (client, call) -> {
          readStartup(client);
          send(client, 'R', new byte[] {0, 0, 0, 3});
          client.getInputStream().transferTo(nullOutputStream());
        });
  }

  /** Lets the user in, and sends settings for ever instead of being ready. */
  public static FaultyServer neverReady() {
    return new FaultyServer(
        0,
        (client, call) -> {
          readStartup(client);
          send(client, 'R', new byte[] {0, 0, 0, 0});
          for (int number = 1; ; number++) {
            send(client, 'S', ("setting\0" + number + "\0").getBytes(UTF_8));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
          }
        });
  }

  /**
   * Holds its callers until it is told to go on, then leads to a real server.
   */
  public static FaultyServer late(CountDownLatch start, DatabaseSettings real) {
    return new FaultyServer(
        0,
        (client, call) -> {
          try {
            start.await();
          } catch (InterruptedException e) {
            return;
          }
          forward(client, real);
        });
  }

  /** Behaves in the same way towards each caller. */
  static FaultyServer behaving(Talk behaviour) {
    return new FaultyServer(0, (client, call) -> behaviour.with(client));
  }

  /** Hangs up when it has heard the first words. */
  public static FaultyServer hangingUp() {
    return hangingUp(() -> {});
  }

  /** Hangs up when it has heard the first words, and says so each time. */
  public static FaultyServer hangingUp(Runnable heard) {
    return new FaultyServer(
        0,
        (client, call) -> {
          readPacket(client);
          heard.run();
        });
  }

  /** Asks for the password, and refuses it when it has heard it. */
  public static FaultyServer asking(Consumer<List<String>> heard) {
    return new FaultyServer(
        0, (client, call) -> heard.accept(refusePassword(client)));
  }

  /** Breaks the connection off without a goodbye. */
  public static FaultyServer resetting() {
    return new FaultyServer(0, (client, call) -> client.setSoLinger(true, 0));
  }

  /** Speaks HTTP. */
  public static FaultyServer web() {
    String answer = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n";
    return new FaultyServer(
        0,
        (client, call) -> {
          readPacket(client);
          client.getOutputStream().write(answer.getBytes(UTF_8));
        });
  }

  /** Speaks PostgreSQL's protocol, and refuses each user. */
  public static FaultyServer refusing(String sqlState, String message) {
    return new FaultyServer(
        0, (client, call) -> refuse(client, sqlState, message));
  }

  /** Refuses each user, and says so each time. */
  public static FaultyServer refusing(String sqlState, Runnable refused) {
    return new FaultyServer(
        0,
        (client, call) -> {
          readStartup(client);
          refused.run();
          sendRefusal(client, sqlState, "refused");
        });
  }

  /** Refuses so many calls, then connects its callers with a real server. */
  public static FaultyServer recovering(
      int refusals, String sqlState, DatabaseSettings real) {
    return new FaultyServer(
        0,
        (client, call) -> {
          if (call <= refusals) {
            refuse(client, sqlState, "call " + call + " is refused");
          } else {
            forward(client, real);
          }
        });
  }

  /** A socket that only holds its port: calls there are refused. */
  public static Socket deaf() throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress("127.0.0.1", 0));
    return socket;
  }

  /** Takes over a port that was deaf, and leads to a real server. */
  public static FaultyServer starting(Socket deaf, DatabaseSettings real) {
    int port = deaf.getLocalPort();
    try {
      deaf.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Port " + port + " is not freed", e);
    }
    return new FaultyServer(port, (client, call) -> forward(client, real));
  }

  /** Somebody's settings, with an address on this computer. */
  public static DatabaseSettings at(int port, DatabaseSettings other) {
    return new DatabaseSettings(
        "127.0.0.1", port, other.dbname(), other.user(), other.password());
  }

  /** Somebody's settings, with this server's address. */
  public DatabaseSettings settings(DatabaseSettings other) {
    return at(listener.getLocalPort(), other);
  }

  /** How to reach it, with properties such as {@code loginTimeout=1}. */
  public String url(String properties) {
    return "jdbc:postgresql://127.0.0.1:%s/library?user=ann&password=owl&%s"
        .formatted(listener.getLocalPort(), properties);
  }

  /** How many of its callers have not hung up. */
  public long callers() {
    return sockets.stream().filter(socket -> !socket.isClosed()).count();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void serveAll(Behaviour behaviour) throws IOException {
    for (int call = 1; ; call++) {
      Socket client = listener.accept();
      sockets.add(client);
      int number = call;
      start(
          () -> {
            try (client) {
              behaviour.serve(client, number);
            }
          });
    }
  }

  // A socket that is closed under a thread ends it: that is how this server
  // stops, and how its clients leave.
  private static void start(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                Thread.currentThread().interrupt();
              }
            },
            "faulty server");
    thread.setDaemon(true);
    thread.start();
  }

  private static void forward(Socket client, DatabaseSettings real)
      throws IOException {
    forward(
        client,
        real,
        server ->
            client.getInputStream().transferTo(server.getOutputStream()));
  }

  /** Passes on what a real server says, beside what is done with it. */
  static void forward(Socket client, DatabaseSettings real, Talk passing)
      throws IOException {
    try (Socket server = new Socket(real.host(), real.port())) {
      start(
          () -> {
            try (client) {
              server.getInputStream().transferTo(client.getOutputStream());
            }
          });
      passing.with(server);
    }
  }

  /** What it does with its nth caller, counted from 1. */
  private interface Behaviour {
    void serve(Socket client, int call) throws IOException;
  }

  /** Talks through one socket. */
  interface Talk {
    void with(Socket socket) throws IOException;
  }

  /** Work of a thread. */
  private interface Task {
    void run() throws IOException;
  }
}
