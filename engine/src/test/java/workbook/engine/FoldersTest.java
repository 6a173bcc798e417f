package workbook.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no umask")
class FoldersTest {
  @TempDir private Path folder;

  @Test
  void others_can_read_what_was_written_under_a_umask_that_forbids_it() throws IOException {
    Path inner = Files.createDirectory(folder.resolve("classes"));
    Path file = Files.writeString(inner.resolve("A.class"), "A");
    for (Path path : new Path[] {file, inner, folder}) {
      Files.setPosixFilePermissions(
          path, PosixFilePermissions.fromString(path.equals(file) ? "rw-------" : "rwx------"));
    }

    Folders.makeContentReadable(folder);

    assertThat(permissions(file)).isEqualTo("rw-r--r--");
    assertThat(permissions(inner)).isEqualTo("rwxr-xr-x");
    assertThat(permissions(folder)).isEqualTo("rwxr-xr-x");
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
