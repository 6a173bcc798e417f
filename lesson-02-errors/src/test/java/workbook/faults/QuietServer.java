package workbook.faults;

import static java.io.OutputStream.nullOutputStream;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import workbook.support.DatabaseSettings;

/**
 * Leads to a real server, and passes on no more than the first queries: it lets
 * its callers in, and then says nothing.
 */
public final class QuietServer {
  private final AtomicInteger queries = new AtomicInteger();
  private final int most;

  private QuietServer(int most) {
    this.most = most;
  }

  /** Falls silent when it has answered what the driver asks by itself. */
  public static FaultyServer afterConnecting(DatabaseSettings real)
      throws Exception {
    QuietServer counting = new QuietServer(Integer.MAX_VALUE);
    try (FaultyServer server = counting.start(real)) {
      server.settings(real).dataSource().getConnection().close();
    }
    return new QuietServer(counting.queries.get()).start(real);
  }

  private FaultyServer start(DatabaseSettings real) {
    return FaultyServer.behaving(
        client ->
            FaultyServer.forward(client, real,
                server -> pass(client, server)));
  }

  private void pass(Socket client, Socket server) throws IOException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    DataOutputStream out = new DataOutputStream(server.getOutputStream());
    out.write(Protocol.startup(client));
    int type = in.read();
    while (type >= 0) {
      int length = in.readInt();
      byte[] body = in.readNBytes(length - 4);
      // A simple query, and the end of an extended one.
      boolean asks = type == 'Q' || type == 'S';
      if (asks && queries.incrementAndGet() > most) {
        in.transferTo(nullOutputStream());
        return;
      }
      Protocol.send(server, (char) type, body);
      type = in.read();
    }
  }
}
