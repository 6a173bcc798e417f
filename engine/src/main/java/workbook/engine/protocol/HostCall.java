package workbook.engine.protocol;

/**
 * What a worker asks of the command, which administers its databases.
 *
 * @param id names the call; its reply has the same
 * @param kind what is asked for
 * @param database the database; null for {@link Kind#TAKE}
 * @param text process ids, a password or a suffix
 * @param number a limit
 */
public record HostCall(int id, Kind kind, String database, String text, int number) {

  /** The methods of {@link workbook.engine.databases.DatabaseHost}. */
  public enum Kind {
    TAKE,
    DISCARD,
    SESSIONS,
    CHANGE_PASSWORD,
    LIMIT_SESSIONS,
    CLOSE,
    MAKE_SIBLING
  }
}
