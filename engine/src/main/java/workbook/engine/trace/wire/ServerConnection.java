package workbook.engine.trace.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** The relay's own connection to a server: encrypted if the server wants that. */
public final class ServerConnection {
  private static final int PATIENCE_MILLIS = 60_000;

  private ServerConnection() {}

  /** Connects, as far as a start-up message may be sent. */
  public static Socket open(InetSocketAddress server) throws IOException {
    Socket plain = plain(server);
    try {
      plain.setTcpNoDelay(true);
      plain.setSoTimeout(PATIENCE_MILLIS);
      plain.getOutputStream().write(StartMessage.sslRequest().bytes());
      Socket open = plain.getInputStream().read() == 'S' ? encrypted(plain, server) : plain;
      open.setSoTimeout(0);
      return open;
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  /** Passes on what asks for no answer. */
  public static void send(InetSocketAddress server, StartMessage message) throws IOException {
    try (Socket target = plain(server)) {
      target.getOutputStream().write(message.bytes());
      // The server has done it when it hangs up, and the client waits for that.
      target.getInputStream().read();
    }
  }

  private static Socket plain(InetSocketAddress server) throws IOException {
    return new Socket(server.getHostString(), server.getPort());
  }

  private static Socket encrypted(Socket plain, InetSocketAddress server) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      // As the driver's default, sslmode=prefer: encrypted, and the certificate is not looked at.
      context.init(null, new TrustManager[] {new AnyCertificate()}, null);
      SSLSocketFactory factory = context.getSocketFactory();
      SSLSocket socket =
          (SSLSocket) factory.createSocket(plain, server.getHostString(), server.getPort(), true);
      socket.startHandshake();
      return socket;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
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
}
