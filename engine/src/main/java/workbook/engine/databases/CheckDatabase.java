package workbook.engine.databases;

import workbook.support.DatabaseSettings;

/**
 * A database for a check, and the two who connect to it.
 *
 * @param settings the learner's: their role owns the database and is no superuser
 * @param observer the check's own: its role may do all that the learner's may, and what it owns,
 *     the learner's role may not change
 */
public record CheckDatabase(DatabaseSettings settings, DatabaseSettings observer) {
  private static final String OBSERVER = "_observer";

  /** The database of such settings, with the observer's password. */
  public static CheckDatabase of(DatabaseSettings settings, String password) {
    return new CheckDatabase(
        settings,
        new DatabaseSettings(
            settings.host(),
            settings.port(),
            settings.dbname(),
            observerOf(settings.dbname()),
            password));
  }

  /** The name of the observer's role. */
  static String observerOf(String database) {
    return database + OBSERVER;
  }
}
