package workbook.support.database;

import java.nio.file.Path;

/** A work folder for tests, with a difficult name; PostgreSQL is unpacked there once. */
final class WorkFolder {
  static final Path PATH = Path.of("target", "wörk folder").toAbsolutePath();

  private WorkFolder() {}

  static EmbeddedServer open() {
    return EmbeddedServer.open(PATH, "", System.out::println);
  }
}
