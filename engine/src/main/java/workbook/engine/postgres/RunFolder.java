package workbook.engine.postgres;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import workbook.engine.FileMutex;
import workbook.engine.Folders;
import workbook.support.EnvironmentException;

/**
 * Where one run keeps what it throws away, a server above all, and what marks the run as alive.
 *
 * <p>The run holds a file lock, which the system lifts even when the run is killed. So a process
 * that can take a folder's lock may clean up behind its owner: every new run does.
 */
public final class RunFolder implements AutoCloseable {
  private static final String LOCK = "lock";
  private static final String CONTAINER = "container";

  private final Path folder;
  private final FileMutex alive;
  private final Thread hook = new Thread(this::closeAtExit, "workbook throwaway server");
  private boolean closed;

  private RunFolder(Path folder, FileMutex alive) {
    this.folder = folder;
    this.alive = alive;
  }

  /**
   * Makes a folder for this run, and removes what dead runs left.
   *
   * @param workFolder the workbook's {@code .workbook}
   * @throws IOException if the disk is full, or the folder is not ours to write in
   */
  public static RunFolder create(Path workFolder) throws IOException {
    Path runs = workFolder.resolve("runs");
    List<RunFolder> orphans = new ArrayList<>();
    RunFolder mine =
        FileMutex.holding(
            workFolder.resolve("runs.lock"),
            lock -> {
              orphans.addAll(orphans(runs));
              return make(runs);
            });
    Runtime.getRuntime().addShutdownHook(mine.hook);
    for (RunFolder orphan : orphans) {
      orphan.cleanUp();
    }
    return mine;
  }

  /** The folder. */
  public Path path() {
    return folder;
  }

  /** Notes that a container will be made; it carries this folder's name as its label. */
  String expectContainer() throws IOException {
    Files.createFile(folder.resolve(CONTAINER));
    return folder.getFileName().toString();
  }

  /** Stops what runs here and deletes the folder; once. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      cleanUp();
    } catch (IOException e) {
      throw new EnvironmentException(
          "%s cannot be removed: %s. The next run will try again."
              .formatted(folder, EnvironmentException.reason(e)),
          e);
    } finally {
      removeHook();
    }
  }

  private void closeAtExit() {
    try {
      close();
    } catch (EnvironmentException e) {
      System.err.println(e.getMessage());
    }
  }

  private void cleanUp() throws IOException {
    new Cluster(folder).stop("immediate");
    MemoryDisk.giveBack(folder.resolve(Cluster.DATA));
    boolean containerGone =
        !Files.exists(folder.resolve(CONTAINER))
            || DockerServer.removeContainersOf(folder.getFileName().toString());
    if (containerGone) {
      // The lock goes last: while it is held, other processes leave the folder alone.
      try (DirectoryStream<Path> content = Files.newDirectoryStream(folder)) {
        for (Path path : content) {
          if (!path.endsWith(LOCK)) {
            Folders.delete(path);
          }
        }
      }
    }
    alive.close();
    if (containerGone) {
      Folders.delete(folder);
    }
  }

  private void removeHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // then it is the hook, or has run
    }
  }

  private static RunFolder make(Path runs) throws IOException {
    Files.createDirectories(runs);
    Path folder = Files.createTempDirectory(runs, ProcessHandle.current().pid() + "-");
    return new RunFolder(folder, FileMutex.tryTake(folder.resolve(LOCK)).orElseThrow());
  }

  private static List<RunFolder> orphans(Path runs) throws IOException {
    List<RunFolder> orphans = new ArrayList<>();
    if (Files.exists(runs)) {
      try (DirectoryStream<Path> folders = Files.newDirectoryStream(runs)) {
        for (Path folder : folders) {
          Optional<FileMutex> lock = FileMutex.tryTake(folder.resolve(LOCK));
          lock.ifPresent(alive -> orphans.add(new RunFolder(folder, alive)));
        }
      }
    }
    return orphans;
  }
}
