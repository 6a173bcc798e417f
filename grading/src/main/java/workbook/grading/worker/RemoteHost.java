package workbook.grading.worker;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import workbook.engine.databases.CheckDatabase;
import workbook.engine.databases.DatabaseHost;
import workbook.engine.protocol.HostCall;
import workbook.engine.protocol.HostCall.Kind;
import workbook.engine.protocol.HostReply;
import workbook.support.EnvironmentException;

/**
 * Has databases made by the command, which holds the server's password.
 *
 * <p>An answer can get hold of this object, so it knows nothing but the queue where calls wait.
 */
final class RemoteHost implements DatabaseHost {
  private final BlockingQueue<Call> calls;

  RemoteHost(BlockingQueue<Call> calls) {
    this.calls = calls;
  }

  /** A call that waits for its reply. */
  record Call(Kind kind, String database, String text, int number, Reply reply) {
    HostCall numbered(int id) {
      return new HostCall(id, kind, database, text, number);
    }
  }

  /** What a call waits for. */
  static final class Reply extends CompletableFuture<HostReply> {}

  @Override
  public CheckDatabase take() {
    HostReply taken = call(Kind.TAKE, null, null, 0);
    return CheckDatabase.of(taken.settings(), taken.text());
  }

  @Override
  public void discard(String database) {
    call(Kind.DISCARD, database, null, 0);
  }

  @Override
  public List<List<String>> sessions(String database, String but) {
    return call(Kind.SESSIONS, database, but, 0).rows();
  }

  @Override
  public void changePassword(String database, String password) {
    call(Kind.CHANGE_PASSWORD, database, password, 0);
  }

  @Override
  public void limitSessions(String database, int limit) {
    call(Kind.LIMIT_SESSIONS, database, null, limit);
  }

  @Override
  public void close(String database) {
    call(Kind.CLOSE, database, null, 0);
  }

  @Override
  public String makeSibling(String database, String suffix) {
    return call(Kind.MAKE_SIBLING, database, suffix, 0).text();
  }

  private HostReply call(Kind kind, String database, String text, int number) {
    Reply reply = new Reply();
    calls.add(new Call(kind, database, text, number, reply));
    HostReply said = reply.join();
    if (said.error() != null) {
      throw new EnvironmentException(said.error());
    }
    return said;
  }
}
