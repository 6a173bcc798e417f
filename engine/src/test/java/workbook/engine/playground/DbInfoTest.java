package workbook.engine.playground;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DbInfoTest {
  private static final String OTHER = "[other]\nport=1\n";

  @TempDir private Path folder;

  @Test
  void a_port_is_changed_in_a_file_that_begins_with_a_byte_order_mark() throws IOException {
    Path file = folder.resolve("db_info.ini");
    String begin = "\ufeff[workbook]\nhost=localhost\n";
    String end = "dbname=d\nuser=me\npassword=p\n" + OTHER;
    Files.writeString(file, begin + "port = 5432\n" + end);
    DbInfo info = new DbInfo(file);
    assertThat(info.read().port()).isEqualTo(5432);

    info.writePort(5433);

    assertThat(file).hasContent(begin + "port=5433\n" + end);
    assertThat(info.read().port()).isEqualTo(5433);
  }
}
