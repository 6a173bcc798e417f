package workbook.classroom.marking;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import workbook.engine.databases.CheckDatabases;
import workbook.engine.protocol.HostCall;
import workbook.engine.protocol.HostReply;
import workbook.support.DatabaseSettings;
import workbook.support.EnvironmentException;

/**
 * The databases of one graded process, and all that it may ask for: it reaches no others.
 *
 * <p>It also remembers what a check asked for, which tells a check that ran from one that did not.
 */
final class DatabaseBroker implements AutoCloseable {
  private static final long MOST_BYTES = 200L << 20;
  private static final int MOST_SIBLINGS = 2;

  private final CheckDatabases databases;
  private final int port;
  private final Set<String> held = new LinkedHashSet<>();
  private final Set<String> ofCheck = new LinkedHashSet<>();
  private int looks;
  private int siblings;
  private int allowed;

  /**
   * @param port where the process finds the server
   */
  DatabaseBroker(CheckDatabases databases, int port) {
    this.databases = databases;
    this.port = port;
  }

  /** A check begins, which takes so many databases. */
  void begin(int declared) {
    ofCheck.clear();
    allowed = declared;
    looks = 0;
    siblings = 0;
  }

  /** The names that the check's databases have; they differ from run to run. */
  Set<String> namesOfCheck() {
    return ofCheck;
  }

  /** Whether the check took what it declares, looked at each afterwards, and gave all back. */
  boolean isComplete() {
    return ofCheck.size() == allowed && looks >= allowed && held.isEmpty();
  }

  /** Whether a database has grown beyond what any check needs. */
  boolean isFull() {
    return held.stream().anyMatch(name -> databases.size(name) > MOST_BYTES);
  }

  /**
   * Does what a process asks for.
   *
   * @throws Tampering if no check asks for that
   * @throws EnvironmentException if the server is broken
   */
  HostReply answer(HostCall call) {
    if (call.kind() == HostCall.Kind.TAKE) {
      return take(call.id());
    }
    if (!held.contains(call.database())) {
      throw new Tampering("asked for a database that is not its own: " + call.database());
    }
    String database = call.database();
    List<List<String>> rows = null;
    String text = null;
    switch (call.kind()) {
      case DISCARD -> {
        held.remove(database);
        databases.discard(database);
      }
      case SESSIONS -> {
        looks++;
        rows = databases.sessions(database, call.text());
      }
      case CHANGE_PASSWORD -> databases.changePassword(database, call.text());
      case LIMIT_SESSIONS ->
          databases.limitSessions(database, Math.min(call.number(), CheckDatabases.MOST_SESSIONS));
      case CLOSE -> databases.close(database);
      case MAKE_SIBLING -> text = sibling(database, call.text());
      default -> throw new Tampering("asked for " + call.kind());
    }
    return new HostReply(call.id(), null, rows, text, null);
  }

  private HostReply take(int id) {
    if (ofCheck.size() >= allowed) {
      throw new Tampering("asked for more databases than the check takes");
    }
    DatabaseSettings made = databases.take();
    held.add(made.dbname());
    ofCheck.add(made.dbname());
    DatabaseSettings reached =
        new DatabaseSettings("127.0.0.1", port, made.dbname(), made.user(), made.password());
    return new HostReply(id, reached, null, null, null);
  }

  private String sibling(String database, String suffix) {
    if (++siblings > MOST_SIBLINGS) {
      throw new Tampering("asked for more databases than the check takes");
    }
    return databases.makeSibling(database, suffix);
  }

  /** Has all that is left dropped. */
  @Override
  public void close() {
    held.forEach(databases::discard);
    held.clear();
  }
}
