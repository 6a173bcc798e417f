package workbook.engine.trace.wire;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The isolation level of a session's transactions, as far as its statements tell.
 *
 * <p>The protocol does not report it. What a role or a database has as its default stays unknown.
 */
public final class Isolation {
  /** The level where no other one is set. */
  public static final String USUAL = "read committed";

  private static final Pattern LEVEL =
      Pattern.compile(
          "(?i)\\b(?:ISOLATION LEVEL|default_transaction_isolation(?: TO | ?= ?))\\s*'?"
              + "(SERIALIZABLE|REPEATABLE READ|READ COMMITTED|READ UNCOMMITTED)\\b");
  private static final Pattern OF_SESSION =
      Pattern.compile(
          "(?i)SET (SESSION CHARACTERISTICS AS|(SESSION )?default_transaction_isolation)\\b.*");
  // A check that resets a session says so in a comment before it.
  private static final Pattern RESET =
      Pattern.compile(
          "(?i)(/\\*.*\\*/ )?(RESET (default_transaction_isolation|ALL)|DISCARD ALL)\\b.*");
  private static final Pattern BEGIN = Pattern.compile("(?i)(BEGIN|START TRANSACTION)\\b.*");
  private static final Pattern OF_TRANSACTION =
      Pattern.compile("(?i)SET (LOCAL )?TRANSACTION\\b.*");

  private final Set<String> used = new TreeSet<>();
  private String ofSession = USUAL;
  private String current = USUAL;

  /** Takes a setting of the start-up message, where a URL's {@code options} may have a level. */
  public void option(String text) {
    // In options, a blank within a value is escaped.
    ofSession = level(text.replace("\\ ", " "), ofSession);
  }

  /**
   * Takes a statement that the server has carried out.
   *
   * @return the level to show beside it, where it begins a transaction of another level than usual;
   *     else null
   */
  public String done(String statement) {
    if (BEGIN.matcher(statement).matches()) {
      current = level(statement, ofSession);
      return current.equals(USUAL) || !current.equals(ofSession) ? null : current;
    }
    if (OF_TRANSACTION.matcher(statement).matches()) {
      current = level(statement, current);
    } else if (OF_SESSION.matcher(statement).matches()) {
      ofSession = level(statement, ofSession);
    } else if (RESET.matcher(statement).matches()) {
      ofSession = USUAL;
    }
    return null;
  }

  /** Takes the end of a transaction. */
  public void ended() {
    used.add(current);
    current = ofSession;
  }

  /** The levels of the transactions that have ended. */
  public Set<String> used() {
    return used;
  }

  private static String level(String text, String otherwise) {
    Matcher found = LEVEL.matcher(text);
    return found.find() ? found.group(1).toLowerCase(Locale.ROOT) : otherwise;
  }
}
