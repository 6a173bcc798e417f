package workbook.engine.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Finds free ports. */
public final class Ports {
  private static final int CONNECT_MILLIS = 300;

  private Ports() {}

  /** Any free port. */
  static int any() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The port itself, or else the next one that is free. */
  public static int from(int first) {
    int port = first;
    while (!isFree(port)) {
      port++;
    }
    return port;
  }

  /** Whether a server could listen on the port, and none does. */
  public static boolean isFree(int port) {
    // Some systems let one bind a port that another program has for all addresses; and clients
    // may try "localhost" by IPv6 first.
    return !answers("127.0.0.1", port) && !answers("::1", port) && canBind(port);
  }

  private static boolean answers(String address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  private static boolean canBind(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
