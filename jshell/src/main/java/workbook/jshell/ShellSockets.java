package workbook.jshell;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import workbook.engine.trace.TracedSocket;

/**
 * Sockets that a trace can read along, for the driver, which makes this by its name.
 *
 * <p>So a trace has connections that were opened before it began.
 */
public final class ShellSockets extends SocketFactory {
  /** For the driver. */
  public ShellSockets() {}

  @Override
  public Socket createSocket() {
    return new TracedSocket(ShellTrace.TRACE);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress here, int herePort)
      throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress here, int herePort)
      throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  private Socket connected(InetSocketAddress address) throws IOException {
    Socket socket = createSocket();
    socket.connect(address);
    return socket;
  }
}
