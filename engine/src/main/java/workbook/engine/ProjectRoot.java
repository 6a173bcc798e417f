package workbook.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import workbook.support.EnvironmentException;

/** Finds the workbook's own folder, wherever below it a program was started. */
public final class ProjectRoot {
  /** The system property that names the folder; without it, the way up is searched. */
  public static final String PROPERTY = "workbook.root";

  private static final String MARK = "db_info.example.ini";

  private ProjectRoot() {}

  /**
   * The folder that holds {@code db_info.example.ini}.
   *
   * @throws EnvironmentException if there is none
   */
  public static Path find() {
    String configured = System.getProperty(PROPERTY);
    if (configured != null) {
      return Path.of(configured).toAbsolutePath().normalize();
    }
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve(MARK))) {
        return folder;
      }
    }
    throw new EnvironmentException(
        "Neither %s nor a folder above it holds %s. Work inside the workbook's folder, or name it with -D%s=..."
            .formatted(start, MARK, PROPERTY));
  }

  /** Where the workbook keeps what it makes: databases, progress; {@code .workbook}. */
  public static Path workFolder() {
    return find().resolve(".workbook");
  }
}
