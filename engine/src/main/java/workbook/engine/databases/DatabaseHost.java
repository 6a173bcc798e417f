package workbook.engine.databases;

import java.util.List;

/**
 * Who makes databases for checks, and does for a check what only a server's administrator can.
 *
 * <p>A database is named by its settings' {@code dbname}; its role has the same name. Nothing here
 * reaches any other database or role.
 */
public interface DatabaseHost {
  /** How many sessions a database's role may have at once. */
  int MOST_SESSIONS = 20;

  /** The process id of what is no session; see {@link #sessions}. */
  String OF_ANOTHER_PASSWORD = "0";

  /** Hands out an unused database, with a role that owns it, and another one for the check. */
  CheckDatabase take();

  /** Has a database dropped, with its siblings and its role, even if sessions are open in it. */
  void discard(String database);

  /**
   * The client sessions in a database: process id, application name, state and last statement. One
   * more, of process {@link #OF_ANOTHER_PASSWORD}, says that its role has given itself another
   * password.
   *
   * @param but the process ids of those to leave out, with commas between them
   */
  List<List<String>> sessions(String database, String but);

  /** Changes the password of a database's role. */
  void changePassword(String database, String password);

  /** Changes how many sessions a database's role may have at once. */
  void limitSessions(String database, int limit);

  /** Refuses all further connections to a database. */
  void close(String database);

  /**
   * Makes an empty database beside another one, for the same role.
   *
   * @param suffix what its name has behind the other one's; any characters
   * @return its name
   */
  String makeSibling(String database, String suffix);
}
