package workbook.engine.databases;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import workbook.engine.protocol.HostCall;
import workbook.engine.protocol.HostReply;
import workbook.support.DatabaseSettings;
import workbook.support.EnvironmentException;

/**
 * The databases of one worker, and all that the worker may ask for: it reaches no others.
 *
 * <p>It also remembers what a check asked for, which tells a check that ran from one that did not.
 */
public final class DatabaseBroker implements AutoCloseable {
  private static final long MOST_BYTES = 200L << 20;
  private static final int MOST_SIBLINGS = 2;

  private final Supplier<CheckDatabases> databases;
  private final UnaryOperator<DatabaseSettings> reached;
  private final boolean strict;
  private final Set<String> held = Collections.synchronizedSet(new LinkedHashSet<>());
  private final Set<String> ofCheck = Collections.synchronizedSet(new LinkedHashSet<>());
  private int looks;
  private final Set<String> siblings = Collections.synchronizedSet(new LinkedHashSet<>());
  private int allowed;

  /**
   * @param databases where they come from; asked for once one is needed
   * @param reached how the worker reaches a database that the command reaches so
   * @param strict whether the worker may take just what the running check declares, and has to look
   *     after it and to give it back
   */
  public DatabaseBroker(
      Supplier<CheckDatabases> databases, UnaryOperator<DatabaseSettings> reached, boolean strict) {
    this.databases = databases;
    this.reached = reached;
    this.strict = strict;
  }

  /** A check begins, which takes so many databases. */
  public void begin(int declared) {
    ofCheck.clear();
    allowed = declared;
    looks = 0;
    siblings.clear();
  }

  /** The names that the check's databases have; they differ from run to run. */
  public Set<String> namesOfCheck() {
    return ofCheck;
  }

  /** Whether the check took what it declares, looked at each afterwards, and gave all back. */
  public boolean isComplete() {
    return !strict || ofCheck.size() == allowed && looks >= allowed && held.isEmpty();
  }

  /** Whether a database has grown beyond what any check needs. */
  public boolean isFull() {
    return List.copyOf(held).stream().anyMatch(name -> databases.get().size(name) > MOST_BYTES);
  }

  /**
   * Demands that the server answers.
   *
   * @throws EnvironmentException if it does not
   */
  public void requireServer() {
    databases.get().size("");
  }

  /**
   * Does what a worker asks for; the reply to what no check asks for is an error.
   *
   * @throws EnvironmentException if the server is broken
   */
  public HostReply answer(HostCall call) {
    if (call.kind() == HostCall.Kind.TAKE) {
      return strict && ofCheck.size() >= allowed
          ? HostReply.refused(call.id(), "The check takes no more databases.")
          : take(call.id());
    }
    boolean isOfSessions = call.kind() == HostCall.Kind.SESSIONS;
    String text = String.valueOf(call.text());
    if (text.indexOf('\0') >= 0 || !isOfSessions && text.length() > 200) {
      return HostReply.refused(call.id(), "That is no text for a database.");
    }
    boolean isSiblings = isOfSessions && siblings.contains(String.valueOf(call.database()));
    if (call.kind() == null || !isSiblings && !held.contains(String.valueOf(call.database()))) {
      return HostReply.refused(call.id(), "That is no database of this check.");
    }
    if (isOfSessions && !text.matches("([0-9]{1,9}(,[0-9]{1,9}){0,200})?")) {
      return HostReply.refused(call.id(), "Those are no process ids.");
    }
    try {
      return reply(call, call.database());
    } catch (EnvironmentException e) {
      // A server that answers has refused what was asked for.
      requireServer();
      return HostReply.refused(call.id(), e.getMessage());
    }
  }

  /** The same on any thread; where the server is broken, the reply says so. */
  public HostReply answerAtAnyTime(HostCall call) {
    try {
      return answer(call);
    } catch (EnvironmentException e) {
      return HostReply.refused(call.id(), e.getMessage());
    }
  }

  private HostReply reply(HostCall call, String database) {
    CheckDatabases all = databases.get();
    List<List<String>> rows = null;
    String text = null;
    switch (call.kind()) {
      case DISCARD -> {
        held.remove(database);
        all.discard(database);
      }
      case SESSIONS -> {
        looks += held.contains(database) ? 1 : 0;
        rows = all.sessions(database, String.valueOf(call.text()));
      }
      case CHANGE_PASSWORD -> all.changePassword(database, String.valueOf(call.text()));
      case LIMIT_SESSIONS ->
          all.limitSessions(
              database, Math.max(0, Math.min(call.number(), CheckDatabases.MOST_SESSIONS)));
      case CLOSE -> all.close(database);
      default -> {
        if (strict && siblings.size() >= MOST_SIBLINGS) {
          return HostReply.refused(call.id(), "The check takes no more databases.");
        }
        text = all.makeSibling(database, String.valueOf(call.text()));
        siblings.add(text);
      }
    }
    return new HostReply(call.id(), null, rows, text, null);
  }

  private HostReply take(int id) {
    CheckDatabase made = databases.get().take();
    DatabaseSettings settings = made.settings();
    held.add(settings.dbname());
    ofCheck.add(settings.dbname());
    return new HostReply(id, reached.apply(settings), null, made.observer().password(), null);
  }

  /** Has all that is left dropped. */
  @Override
  public void close() {
    if (!held.isEmpty()) {
      held.forEach(databases.get()::discard);
      held.clear();
    }
  }
}
