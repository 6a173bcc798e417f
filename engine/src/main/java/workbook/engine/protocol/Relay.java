package workbook.engine.protocol;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Passes connections on from one address to another, but not more than so many at a time. */
public final class Relay implements AutoCloseable {
  private final ServerSocketChannel server;
  private final SocketAddress to;
  private final int most;
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

  private Relay(ServerSocketChannel server, SocketAddress to, int most) {
    this.server = server;
    this.to = to;
    this.most = most;
  }

  /**
   * Starts to listen.
   *
   * @param from where; a port of 0 takes any
   * @param to a server
   * @param most how many connections there may be at once; others are hung up on
   */
  public static Relay start(SocketAddress from, SocketAddress to, int most) throws IOException {
    ServerSocketChannel server = listen(from);
    try {
      server.bind(from, 2 * most);
    } catch (IOException e) {
      server.close();
      throw e;
    }
    Relay relay = new Relay(server, to, most);
    relay.thread(relay::accept);
    return relay;
  }

  /** Where it listens. */
  public SocketAddress address() throws IOException {
    return server.getLocalAddress();
  }

  /** Closes all connections. */
  @Override
  public void close() {
    closeQuietly(server);
    open.forEach(Relay::closeQuietly);
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        SocketChannel client = atOnce(server.accept());
        if (open.size() < most) {
          open.add(client);
          thread(() -> serve(client));
        } else {
          client.close();
        }
      } catch (IOException e) {
        // closed, or a client that was gone already
      }
    }
  }

  private void serve(SocketChannel client) {
    try (client;
        SocketChannel target = connect()) {
      Thread answers = thread(() -> pump(target, client));
      pump(client, target);
      answers.join();
    } catch (IOException e) {
      // then the client sees its connection end
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
    }
  }

  private SocketChannel connect() throws IOException {
    SocketChannel target =
        to instanceof UnixDomainSocketAddress
            ? SocketChannel.open(StandardProtocolFamily.UNIX)
            : SocketChannel.open();
    try {
      target.connect(to);
    } catch (IOException e) {
      target.close();
      throw e;
    }
    return atOnce(target);
  }

  // A conversation of small packets must not wait for larger ones, 40 ms each time.
  private static SocketChannel atOnce(SocketChannel channel) throws IOException {
    if (channel.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }
    return channel;
  }

  private static void pump(SocketChannel from, SocketChannel to) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(16 * 1024);
    try {
      while (from.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
        buffer.clear();
      }
      to.shutdownOutput();
    } catch (IOException e) {
      // One side has hung up, so the other one is closed, too.
      closeQuietly(from);
      closeQuietly(to);
    }
  }

  private static ServerSocketChannel listen(SocketAddress from) throws IOException {
    return from instanceof UnixDomainSocketAddress
        ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        : ServerSocketChannel.open();
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, "relay");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void closeQuietly(AutoCloseable channel) {
    try {
      channel.close();
    } catch (Exception e) {
      // it is of no use any more
    }
  }
}
