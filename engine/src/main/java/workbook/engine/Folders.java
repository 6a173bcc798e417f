package workbook.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import workbook.support.EnvironmentException;

/** Copies and deletes whole folders, and writes files for their owner's eyes only. */
public final class Folders {
  private static final int PATIENCE = 20;

  private Folders() {}

  /** Copies what is in one folder into another; the copies are for their owner's eyes only. */
  public static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Path target = to.resolve(from.relativize(folder));
            if (!Files.exists(target)) {
              createPrivately(target);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file)));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /**
   * Deletes a folder and what is in it, also while another process does so; links are deleted, not
   * followed.
   */
  public static void delete(Path folder) throws IOException {
    for (int attempt = 1; Files.exists(folder); attempt++) {
      try {
        Files.walkFileTree(folder, new Deleter());
      } catch (NoSuchFileException e) {
        continue;
      } catch (FileSystemException e) {
        // A server that just ended may hold its files for another moment, on Windows above all.
        if (attempt == PATIENCE) {
          throw e;
        }
        pause(100);
      }
    }
  }

  /**
   * Writes a file that only its owner may read; a reader meanwhile sees the old text or the new.
   */
  public static void writePrivately(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    boolean posix = isPosix(folder);
    Path temporary =
        posix
            ? Files.createTempFile(
                folder,
                ".new",
                null,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
            : Files.createTempFile(folder, ".new", null);
    try {
      AclFileAttributeView acl = Files.getFileAttributeView(temporary, AclFileAttributeView.class);
      if (!posix && acl != null) {
        acl.setAcl(List.of(everythingFor(acl)));
      }
      Files.writeString(temporary, text);
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** The files in a folder and below it, by name; none if it is not there. */
  public static List<Path> files(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).sorted(Comparator.naturalOrder()).toList();
    }
  }

  /** Lets all users read a folder, since a sandbox may run as another user. */
  public static void makeReadable(Path folder) throws IOException {
    permit(folder, "rwxr-xr-x");
  }

  /** Lets everybody read what is in a folder, whatever the umask was when it was written. */
  public static void makeContentReadable(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        permit(path, Files.isDirectory(path) ? "rwxr-xr-x" : "rw-r--r--");
      }
    }
  }

  /** Lets all users write to a folder. */
  public static void makeWritable(Path folder) throws IOException {
    permit(folder, "rwxrwxrwx");
  }

  private static void permit(Path folder, String rights) throws IOException {
    if (isPosix(folder)) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(rights));
    }
  }

  /** Writes a file that is there whole or not at all. */
  public static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    Files.writeString(unfinished, text);
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Whether a file's permissions let others read it; only POSIX systems can tell. */
  public static boolean isOpenToOthers(Path file) throws IOException {
    return isPosix(file)
        && Files.getPosixFilePermissions(file).stream()
            .anyMatch(permission -> permission.name().matches("(GROUP|OTHERS)_READ"));
  }

  /**
   * Demands that one may write in a folder, or make it.
   *
   * @throws EnvironmentException if one may not
   */
  public static void requireWritable(Path folder) throws IOException {
    Path there = folder;
    while (!Files.exists(there)) {
      there = there.getParent();
    }
    if (!Files.isWritable(there)) {
      throw new EnvironmentException(
          "%s belongs to %s, and you (%s) may not write in it: mend that, or copy the workbook to a folder of yours."
              .formatted(there, Files.getOwner(there), System.getProperty("user.name")));
    }
  }

  /** The text of a file; one that cannot be read is, for its learner, not there. */
  public static String textOf(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** Waits; an interrupt cuts it short and stays set. */
  public static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void createPrivately(Path folder) throws IOException {
    Files.createDirectory(folder);
    if (isPosix(folder)) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private static boolean isPosix(Path path) throws IOException {
    return Files.getFileStore(path).supportsFileAttributeView("posix");
  }

  private static AclEntry everythingFor(AclFileAttributeView acl) throws IOException {
    return AclEntry.newBuilder()
        .setType(AclEntryType.ALLOW)
        .setPrincipal(acl.getOwner())
        .setPermissions(EnumSet.allOf(AclEntryPermission.class))
        .build();
  }

  private static final class Deleter extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
