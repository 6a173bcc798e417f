package workbook.engine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A lock between programs, and between threads, that the system lifts when its holder dies. */
public final class FileMutex implements AutoCloseable {
  // File locks belong to a whole process, and closing any channel of a locked file lifts them: so
  // threads first agree among themselves, and only one ever opens the file.
  private static final Map<Path, Semaphore> THREADS = new ConcurrentHashMap<>();

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);

  private final Semaphore threads;
  private final FileChannel channel;

  private FileMutex(Semaphore threads, FileChannel channel) {
    this.threads = threads;
    this.channel = channel;
  }

  /** Does work that no two may do at once; waits for its turn. */
  public static <T> T holding(Path file, Work<T> work) throws IOException {
    Semaphore threads = threads(file);
    threads.acquireUninterruptibly();
    try (FileChannel channel = open(file);
        FileLock lock = lock(channel, file)) {
      return work.whileLocked(lock);
    } finally {
      threads.release();
    }
  }

  /** Takes the lock for as long as it is kept open, unless another process has it. */
  public static Optional<FileMutex> tryTake(Path file) throws IOException {
    Semaphore threads = threads(file);
    if (!threads.tryAcquire()) {
      return Optional.empty();
    }
    FileChannel channel = open(file);
    if (channel.tryLock() != null) {
      return Optional.of(new FileMutex(threads, channel));
    }
    channel.close();
    threads.release();
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    channel.close();
    threads.release();
  }

  private static FileLock lock(FileChannel channel, Path file) throws IOException {
    long begun = System.nanoTime();
    boolean said = false;
    for (FileLock lock = channel.tryLock(); ; lock = channel.tryLock()) {
      if (lock != null) {
        return lock;
      }
      if (!said && System.nanoTime() - begun > PATIENCE) {
        System.err.println("Waiting for another command, which holds " + file + " ...");
        said = true;
      }
      Folders.pause(20);
    }
  }

  private static Semaphore threads(Path file) {
    return THREADS.computeIfAbsent(file.toAbsolutePath().normalize(), path -> new Semaphore(1));
  }

  private static FileChannel open(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    if (Files.isDirectory(file)) {
      Folders.delete(file);
    }
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /** What is done while the lock is held. */
  @FunctionalInterface
  public interface Work<T> {
    T whileLocked(FileLock lock) throws IOException;
  }
}
