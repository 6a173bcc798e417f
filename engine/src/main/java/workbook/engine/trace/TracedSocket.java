package workbook.engine.trace;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/**
 * A client's own end of a connection, which a trace reads along: no relay, no further thread.
 *
 * <p>While the trace is off, the types of messages are looked at, so that it can begin with any.
 */
public final class TracedSocket extends Socket {
  private final ClientStart start;

  /** A socket that is connected to nothing yet. */
  public TracedSocket(Trace trace) {
    start = new ClientStart(trace);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read() throws IOException {
        int next = in.read();
        if (next >= 0) {
          start.answered(new byte[] {(byte) next}, 0, 1);
        }
        return next;
      }

      @Override
      public int read(byte[] bytes, int from, int most) throws IOException {
        int count = in.read(bytes, from, most);
        if (count > 0) {
          start.answered(bytes, from, count);
        }
        return count;
      }
    };
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new FilterOutputStream(super.getOutputStream()) {
      @Override
      public void write(int next) throws IOException {
        write(new byte[] {(byte) next}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int count) throws IOException {
        start.asked(bytes, from, count);
        out.write(bytes, from, count);
      }
    };
  }

  @Override
  public void close() throws IOException {
    start.closed();
    super.close();
  }
}
