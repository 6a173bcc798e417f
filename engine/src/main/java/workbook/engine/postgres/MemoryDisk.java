package workbook.engine.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import workbook.engine.Folders;

/**
 * Linux's disk in memory, {@code /dev/shm}, where a throwaway server keeps its data if it can.
 *
 * <p>A database is three hundred files. A disk makes them the slower, the more were deleted just
 * before: on ext4 we measured 25 ms for the first databases and 120 ms after a hundred, and in
 * memory 15 ms always.
 */
final class MemoryDisk {
  private static final Path PLACE = Path.of("/dev/shm");
  // Docker gives a container 64 MB of it, which is too little; a lesson's databases take 300 MB.
  private static final long ENOUGH_BYTES = 2L << 30;

  private MemoryDisk() {}

  /** Makes a link to a new folder in memory; where there is no room for it, does nothing. */
  static void lend(Path link) throws IOException {
    if (Files.isWritable(PLACE) && Files.getFileStore(PLACE).getUsableSpace() >= ENOUGH_BYTES) {
      Files.createSymbolicLink(link, Files.createTempDirectory(PLACE, "workbook-"));
    }
  }

  /** Deletes the folder that a link leads to, if it is such a link. */
  static void giveBack(Path link) throws IOException {
    if (Files.isSymbolicLink(link)) {
      Folders.delete(Files.readSymbolicLink(link));
    }
  }
}
