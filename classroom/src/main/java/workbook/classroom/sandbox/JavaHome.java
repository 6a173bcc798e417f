package workbook.classroom.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import workbook.engine.Java;

/** The Java that runs hand-ins: the command's own. */
final class JavaHome {
  private JavaHome() {}

  static String executable() {
    return real(Path.of(Java.executable())).toString();
  }

  /** The folders that it needs. */
  static Set<Path> folders() {
    Path home = Path.of(executable()).getParent().getParent();
    Set<Path> folders = new LinkedHashSet<>(List.of(home));
    // Debian keeps the JDK's own settings elsewhere.
    for (String conf : List.of("conf/security/java.security", "lib/security/default.policy")) {
      Path linked = home.resolve(conf);
      if (Files.isSymbolicLink(linked)) {
        folders.add(real(linked).getParent().getParent());
      }
    }
    return folders;
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path;
    }
  }
}
