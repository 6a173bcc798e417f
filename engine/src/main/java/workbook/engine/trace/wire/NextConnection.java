package workbook.engine.trace.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * The relay's connection for the session that comes next, opened ahead of it: the server starts its
 * process while no session waits for that.
 */
public final class NextConnection implements AutoCloseable {
  // The server hangs up on a client that says nothing for as long as authentication_timeout, a
  // minute
  // by default.
  private static final long FRESH_SECONDS = 5;

  private final InetSocketAddress server;
  private CompletableFuture<Socket> next;
  private boolean closed;

  /** The connections to a server; the first one is opened when it is asked for. */
  public NextConnection(InetSocketAddress server) {
    this.server = server;
  }

  /** A connection as {@link ServerConnection#open} gives it; the caller closes it. */
  public Socket take() throws IOException {
    Socket taken = opened();
    openNext();
    return taken;
  }

  private Socket opened() throws IOException {
    CompletableFuture<Socket> opened;
    synchronized (this) {
      opened = next;
      next = null;
    }
    if (opened == null) {
      return ServerConnection.open(server);
    }
    try {
      return opened.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException failed) {
        throw failed.getCause();
      }
      throw e;
    }
  }

  private synchronized void openNext() {
    if (next == null && !closed) {
      CompletableFuture<Socket> unused =
          CompletableFuture.supplyAsync(this::open, BytePump.THREADS);
      next = unused;
      CompletableFuture.delayedExecutor(FRESH_SECONDS, TimeUnit.SECONDS, BytePump.THREADS)
          .execute(() -> drop(unused));
    }
  }

  private Socket open() {
    try {
      return ServerConnection.open(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void drop(CompletableFuture<Socket> unused) {
    if (unused != null && next == unused) {
      next = null;
      unused.thenAccept(BytePump::hangUp);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    drop(next);
  }
}
