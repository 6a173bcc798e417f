package workbook.engine.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinariesTest {
  @Test
  void are_unpacked_once_though_two_ask_and_a_killed_run_left_half(@TempDir Path folder)
      throws Exception {
    Path half = Files.createDirectories(folder.resolve("postgresql.unpacking/bin"));
    Files.writeString(half.resolve("postgres"), "half a program");
    List<String> said = Collections.synchronizedList(new ArrayList<>());

    List<Binaries> found =
        IntStream.range(0, 2).parallel().mapToObj(i -> Binaries.unpack(folder, said::add)).toList();

    assertThat(said).hasSize(1);
    assertThat(found.get(0)).isEqualTo(found.get(1));
    assertThat(half).doesNotExist();
    assertThat(PostgresProgram.run(folder, found.get(0).program("postgres"), "--version").output())
        .isEqualTo("postgres (PostgreSQL) " + found.get(0).version());
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left)
          .containsExactlyInAnyOrder(found.get(0).home(), folder.resolve("postgresql.lock"));
    }
  }

  @Test
  void are_unpacked_anew_where_a_program_is_damaged(@TempDir Path folder) throws Exception {
    List<String> said = new ArrayList<>();
    Binaries binaries = Binaries.unpack(folder, said::add);
    Files.write(binaries.program("postgres"), new byte[0]);
    assertThat(Binaries.ifUnpacked(folder)).isEmpty();

    Binaries.unpack(folder, said::add);

    assertThat(said).hasSize(2);
    assertThat(PostgresProgram.run(folder, binaries.program("postgres"), "--version").output())
        .isEqualTo("postgres (PostgreSQL) " + binaries.version());
  }
}
