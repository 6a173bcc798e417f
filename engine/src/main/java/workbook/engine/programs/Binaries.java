package workbook.engine.programs;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;
import workbook.engine.FileMutex;
import workbook.engine.Folders;
import workbook.support.EnvironmentException;

/**
 * PostgreSQL's own programs, unpacked from the class path.
 *
 * @param home the folder that holds {@code bin}, {@code lib} and {@code share}
 * @param version PostgreSQL's version, such as {@code 18.6}
 */
public record Binaries(Path home, String version) {
  // The artifact's version has a third number of its own: 18.6.0 packs PostgreSQL 18.6.
  private static final Pattern VERSION = Pattern.compile("-(\\d+\\.\\d+)(\\.\\d+)?\\.jar!");
  private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");

  /**
   * Unpacks the programs, unless an earlier run has.
   *
   * @param workFolder where to; two may unpack at once, and what a killed one left is removed
   * @throws EnvironmentException if there are none for this platform, or the disk is full
   */
  public static Binaries unpack(Path workFolder, Consumer<String> progress) {
    URL archive = archive();
    Binaries binaries = of(archive, workFolder);
    Path home = binaries.home();
    try {
      if (!Inventory.isWhole(home)) {
        FileMutex.holding(
            workFolder.resolve("postgresql.lock"),
            lock -> {
              if (!Inventory.isWhole(home)) {
                Folders.delete(home);
                progress.accept("Unpacking PostgreSQL " + binaries.version() + " (once)");
                unpack(archive, home);
              }
              return home;
            });
      }
      return binaries;
    } catch (IOException e) {
      throw new EnvironmentException(
          "PostgreSQL cannot be unpacked into %s: %s. Make that folder writable, with 200 MB free."
              .formatted(home, EnvironmentException.reason(e)),
          e);
    }
  }

  /** The programs, if an earlier run has unpacked them. */
  public static Optional<Binaries> ifUnpacked(Path workFolder) {
    return Optional.of(of(archive(), workFolder)).filter(found -> Inventory.isWhole(found.home()));
  }

  /** The version's first number, which a data folder must agree with. */
  public String major() {
    return version.split("\\.", 2)[0];
  }

  /** One of {@code initdb}, {@code pg_ctl} and {@code postgres}. */
  public Path program(String name) {
    return home.resolve("bin").resolve(WINDOWS ? name + ".exe" : name);
  }

  private static Binaries of(URL archive, Path workFolder) {
    Matcher found = VERSION.matcher(archive.toString());
    String version = found.find() ? found.group(1) : "unknown";
    String name = "postgresql-" + version + "-" + platform();
    return new Binaries(workFolder.resolve(name), version);
  }

  private static URL archive() {
    String name = "postgres-" + platform() + ".txz";
    URL archive = Binaries.class.getClassLoader().getResource(name);
    if (archive == null) {
      throw new EnvironmentException(
          "There is no PostgreSQL for this platform (%s is not on the class path). Use Docker or a server of your own: WORKBOOK_DATABASE=docker or a JDBC URL."
              .formatted(name));
    }
    return archive;
  }

  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String name = system.startsWith("mac") ? "darwin" : WINDOWS ? "windows" : system;
    boolean arm = System.getProperty("os.arch").equals("aarch64");
    // Windows on ARM runs the x86_64 server under emulation; there is no other.
    return name.replace(' ', '_') + (arm && !WINDOWS ? "-arm_64" : "-x86_64");
  }

  private static void unpack(URL archive, Path home) throws IOException {
    Path unfinished = home.resolveSibling("postgresql.unpacking");
    Folders.delete(unfinished);
    try (InputStream packed = new BufferedInputStream(archive.openStream());
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; ) {
        write(entry, tar, unfinished.resolve(entry.getName()).normalize());
        entry = tar.getNextEntry();
      }
      Inventory.take(unfinished);
      Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Folders.delete(unfinished);
      throw e;
    }
  }

  private static void write(TarArchiveEntry entry, InputStream content, Path target)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(content, target);
    if ((entry.getMode() & 0100) != 0 && !WINDOWS) {
      Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }
}
