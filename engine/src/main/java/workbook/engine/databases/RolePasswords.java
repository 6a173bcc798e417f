package workbook.engine.databases;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells whether a role has given itself another password, with which it could open sessions that no
 * check handed out. Who may not read {@code pg_authid} never knows.
 */
final class RolePasswords {
  private final AdminSession session;
  private final Map<String, List<List<String>>> known = new ConcurrentHashMap<>();
  private Boolean isReadable;

  RolePasswords(AdminSession session) {
    this.session = session;
  }

  /** The password that a role has now is the right one. */
  void remember(String role) {
    if (isReadable()) {
      known.put(role, hash(role));
    }
  }

  /** Whether a role has another password than the one that was remembered last. */
  boolean isChanged(String role) {
    List<List<String>> before = known.get(role);
    return before != null && !before.equals(hash(role));
  }

  void forget(String role) {
    known.remove(role);
  }

  private synchronized boolean isReadable() {
    if (isReadable == null) {
      String query = "SELECT has_table_privilege('pg_authid', 'SELECT')";
      isReadable = session.rows(query).equals(List.of(List.of("t")));
    }
    return isReadable;
  }

  private List<List<String>> hash(String role) {
    return session.rows("SELECT coalesce(rolpassword, '') FROM pg_authid WHERE rolname = ?", role);
  }
}
