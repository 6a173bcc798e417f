package workbook.engine.trace;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import workbook.engine.trace.Conversation.End;
import workbook.engine.trace.wire.BytePump;
import workbook.engine.trace.wire.NextConnection;
import workbook.engine.trace.wire.Refusal;
import workbook.engine.trace.wire.ServerConnection;
import workbook.engine.trace.wire.StartMessage;

/**
 * Passes sessions on to a server and has a trace see what is said.
 *
 * <p>A client is offered no encryption, so that it can be read; towards a server that wants it, the
 * relay encrypts.
 */
final class TraceRelay implements AutoCloseable {
  private final ServerSocket listener;
  private final InetSocketAddress server;
  private final NextConnection next;
  private final Trace trace;
  private final Predicate<Map<String, String>> shown;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private TraceRelay(
      ServerSocket listener,
      InetSocketAddress server,
      Trace trace,
      Predicate<Map<String, String>> shown) {
    this.listener = listener;
    this.server = server;
    this.next = new NextConnection(server);
    this.trace = trace;
    this.shown = shown;
  }

  /**
   * Listens on a free port of this machine's own address.
   *
   * @param shown which sessions the trace has, by the parameters that they start with
   */
  static TraceRelay start(
      InetSocketAddress server, Trace trace, Predicate<Map<String, String>> shown)
      throws IOException {
    ServerSocket listener = new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1"));
    TraceRelay relay = new TraceRelay(listener, server, trace, shown);
    BytePump.start(relay::accept);
    return relay;
  }

  /** The port that it listens on, of 127.0.0.1. */
  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() {
    BytePump.hangUp(listener);
    next.close();
    open.forEach(BytePump::hangUp);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        open.add(client);
        BytePump.start(() -> serve(client));
      } catch (IOException e) {
        // It was closed, or the client has gone.
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      StartMessage start = start(new DataInputStream(client.getInputStream()), client);
      if (start.isCancellation()) {
        ServerConnection.send(server, start);
        return;
      }
      connect(client, start);
    } catch (IOException e) {
      // The client sees that its connection has ended.
    } finally {
      open.remove(client);
    }
  }

  private void connect(Socket client, StartMessage start) throws IOException {
    Socket target;
    try {
      target = next.take();
    } catch (SSLException e) {
      refuse(client, "The trace cannot agree with the server on encryption: " + e.getMessage());
      return;
    } catch (SocketTimeoutException e) {
      refuse(client, "The server did not answer the trace within a minute.");
      return;
    }
    open.add(target);
    try (target) {
      target.getOutputStream().write(start.bytes());
      talk(client, target, start.parameters());
    } finally {
      open.remove(target);
    }
  }

  private static void refuse(Socket client, String message) throws IOException {
    client.getOutputStream().write(Refusal.bytes("08001", message));
  }

  // Requests for encryption come before it, and are declined.
  private StartMessage start(DataInputStream input, Socket client) throws IOException {
    boolean isDeclined = false;
    while (true) {
      int length;
      try {
        length = input.readInt();
      } catch (EOFException e) {
        if (isDeclined) {
          tellOfEncryption();
        }
        throw e;
      }
      if (length < 8 || length > StartMessage.LONGEST) {
        throw new IOException("no start-up message");
      }
      byte[] bytes = new byte[length];
      ByteBuffer.wrap(bytes).putInt(length);
      input.readFully(bytes, 4, length - 4);
      StartMessage message = new StartMessage(bytes);
      if (!message.isRequestForEncryption()) {
        return message;
      }
      client.getOutputStream().write('N');
      isDeclined = true;
    }
  }

  private void tellOfEncryption() {
    TracedSession session = trace.open(Map.of());
    session.introduced = true;
    Conversation conversation = new Conversation(trace, session);
    conversation.tell(
        "(demanded encryption, as with sslmode=require, and hung up: a trace reads along and"
            + " cannot encrypt)");
    conversation.closed(End.FAREWELL);
  }

  private void talk(Socket client, Socket target, Map<String, String> parameters)
      throws IOException {
    BytePump pump = new BytePump(client, target);
    if (!shown.test(parameters)) {
      BytePump.Reader nothing = (bytes, from, count) -> {};
      pump.run(nothing, nothing, () -> {});
      return;
    }
    Conversation conversation = new Conversation(trace, trace.open(parameters));
    try {
      pump.run(
          conversation.asked()::feed,
          conversation.answered()::feed,
          () -> conversation.closed(End.BY_SERVER));
    } finally {
      conversation.closed(End.HUNG_UP);
    }
  }
}
