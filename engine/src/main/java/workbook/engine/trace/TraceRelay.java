package workbook.engine.trace;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Passes sessions on to a server and has a trace see what is said.
 *
 * <p>A client is offered no encryption, so that it can be read; towards a server that wants it, the
 * relay encrypts.
 */
final class TraceRelay implements AutoCloseable {
  private static final int SSL_REQUEST = 80877103;
  private static final int GSS_REQUEST = 80877104;
  private static final int CANCEL_REQUEST = 80877102;
  private static final int LONGEST_START = 10_000;

  private final ServerSocket listener;
  private final InetSocketAddress server;
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
    thread(relay::accept);
    return relay;
  }

  /** The port that it listens on, of 127.0.0.1. */
  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() {
    hangUp(listener);
    open.forEach(TraceRelay::hangUp);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        open.add(client);
        thread(() -> serve(client));
      } catch (IOException e) {
        // It was closed, or the client has gone.
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      DataInputStream input = new DataInputStream(client.getInputStream());
      byte[] start = start(input, client.getOutputStream());
      if (ByteBuffer.wrap(start, 4, 4).getInt() == CANCEL_REQUEST) {
        try (Socket target = new Socket(server.getHostString(), server.getPort())) {
          target.getOutputStream().write(start);
        }
        return;
      }
      try (Socket target = connect()) {
        open.add(target);
        target.getOutputStream().write(start);
        talk(client, input, target, parameters(start));
        open.remove(target);
      }
    } catch (IOException e) {
      // The client sees that its connection has ended.
    } finally {
      open.remove(client);
    }
  }

  // The first message has no type. Requests for encryption come before it, and are declined.
  private static byte[] start(DataInputStream input, OutputStream output) throws IOException {
    while (true) {
      int length = input.readInt();
      if (length < 8 || length > LONGEST_START) {
        throw new IOException("no start-up message");
      }
      byte[] message = new byte[length];
      ByteBuffer.wrap(message).putInt(length);
      input.readFully(message, 4, length - 4);
      int code = ByteBuffer.wrap(message, 4, 4).getInt();
      if (code != SSL_REQUEST && code != GSS_REQUEST) {
        return message;
      }
      output.write('N');
      output.flush();
    }
  }

  private static Map<String, String> parameters(byte[] start) {
    ByteBuffer body = ByteBuffer.wrap(start);
    body.position(8);
    Map<String, String> parameters = new LinkedHashMap<>();
    while (body.hasRemaining() && body.get(body.position()) != 0) {
      String name = Values.string(body);
      parameters.put(name, Values.string(body));
    }
    return parameters;
  }

  private Socket connect() throws IOException {
    Socket plain = new Socket(server.getHostString(), server.getPort());
    plain.setTcpNoDelay(true);
    plain.getOutputStream().write(ByteBuffer.allocate(8).putInt(8).putInt(SSL_REQUEST).array());
    if (plain.getInputStream().read() != 'S') {
      return plain;
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      // As the driver's default, sslmode=prefer: encrypted, and the certificate is not looked at.
      context.init(null, new TrustManager[] {new AnyCertificate()}, null);
      return context
          .getSocketFactory()
          .createSocket(plain, server.getHostString(), server.getPort(), true);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private void talk(Socket client, InputStream input, Socket target, Map<String, String> parameters)
      throws IOException {
    InputStream answers = target.getInputStream();
    if (!shown.test(parameters)) {
      both(client, input, target, answers, (bytes, count) -> {}, (bytes, count) -> {});
      return;
    }
    TracedSession session = trace.open(parameters);
    Conversation conversation = new Conversation(trace, session);
    MessageSplitter asked = new MessageSplitter(conversation::asked);
    MessageSplitter answered = new MessageSplitter(conversation::answered);
    try {
      both(client, input, target, answers, asked::feed, answered::feed);
    } finally {
      conversation.closed();
    }
  }

  private static void both(
      Socket client,
      InputStream input,
      Socket target,
      InputStream answers,
      Reader asked,
      Reader answered)
      throws IOException {
    Thread back = thread(() -> pump(answers, client, answered));
    pump(input, target, asked);
    try {
      back.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads along. */
  @FunctionalInterface
  private interface Reader {
    void feed(byte[] bytes, int count);
  }

  // The record comes first: what one session causes in another must not stand above its cause.
  private static void pump(InputStream from, Socket to, Reader reader) {
    byte[] buffer = new byte[16 * 1024];
    try {
      OutputStream output = to.getOutputStream();
      for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
        reader.feed(buffer, count);
        output.write(buffer, 0, count);
        output.flush();
      }
    } catch (IOException e) {
      // One side has gone: the other one is told.
    }
    endOutput(to);
  }

  private static void endOutput(Socket to) {
    try {
      to.shutdownOutput();
    } catch (IOException e) {
      hangUp(to);
    }
  }

  /** Trusts every server, as the driver does with {@code sslmode=prefer}. */
  private static final class AnyCertificate implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "trace");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void hangUp(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      // It is of no use any more.
    }
  }
}
