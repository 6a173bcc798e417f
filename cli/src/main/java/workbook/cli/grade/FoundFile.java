package workbook.cli.grade;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * A file of a hand-in; nothing in it is believed, and its path is only a name.
 *
 * @param path where it is in the hand-in, with slashes
 * @param content reads at most so many bytes
 */
record FoundFile(String path, Content content) {
  private static final int LONGEST_ANSWER = 1 << 20;
  private static final int LONGEST_ZIP = 64 << 20;
  private static final int MOST_FILES = 50_000;
  private static final int MOST_ZIPS = 20;
  private static final int DEEPEST = 2;
  private static final String DAMAGED = "it is damaged, or no zip";
  private static final Set<String> SKIPPED = Set.of(".git", ".workbook", "node_modules", "target");

  /** Reads the beginning of a file. */
  @FunctionalInterface
  interface Content {
    byte[] read(int most) throws IOException;
  }

  static FoundFile of(String path, Path file) {
    return new FoundFile(
        path,
        most -> {
          try (InputStream bytes = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return bytes.readNBytes(most);
          }
        });
  }

  /** The same, read now and kept. */
  FoundFile inMemory() throws IOException {
    byte[] bytes = read(LONGEST_ZIP);
    return new FoundFile(path, most -> bytes.length <= most ? bytes : Arrays.copyOf(bytes, most));
  }

  FoundFile named(String name) {
    return new FoundFile(name, content);
  }

  /** Its name, without where it is. */
  String name() {
    return path.replaceFirst(".*/", "");
  }

  boolean isZip() {
    return path.toLowerCase(Locale.ROOT).endsWith(".zip");
  }

  /** The text, whatever editor wrote it. */
  String text() throws IOException {
    byte[] bytes = read(LONGEST_ANSWER);
    for (Charset charset : List.of(StandardCharsets.UTF_8, Charset.forName("windows-1252"))) {
      Charset used = startsLikeUtf16(bytes) ? StandardCharsets.UTF_16 : charset;
      try {
        String text = used.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return text.startsWith("\ufeff") ? text.substring(1) : text;
      } catch (CharacterCodingException notThis) {
        // then it is the next one
      }
    }
    throw new IOException("it is no text");
  }

  /** The files in it, if it is a zip, and in the zips among them; a broken one is noted. */
  List<FoundFile> unzipped(List<Note> notes) {
    List<FoundFile> files = new ArrayList<>();
    Deque<FoundFile> zips = new ArrayDeque<>(List.of(this));
    for (int opened = 0; !zips.isEmpty(); opened++) {
      if (opened == MOST_ZIPS || files.size() > MOST_FILES) {
        notes.add(Note.of("there are too many files in zips; some were not looked at"));
        break;
      }
      FoundFile zip = zips.removeFirst();
      for (FoundFile entry : zip.entries(notes)) {
        FoundFile file = zip == this ? entry : entry.named(zip.path + "/" + entry.path);
        files.add(file);
        if (file.isZip() && file.zips() < DEEPEST) {
          zips.addLast(file);
        }
      }
    }
    return files;
  }

  /** This file, and what is in it if it is a zip. */
  List<FoundFile> withContent(List<Note> notes) {
    List<FoundFile> files = new ArrayList<>(List.of(this));
    if (isZip()) {
      unzipped(notes).forEach(file -> files.add(file.named(path + "/" + file.path)));
    }
    return files;
  }

  /** In how many zips it is, beside that of the hand-in itself. */
  int zips() {
    return path.toLowerCase(Locale.ROOT).split("\\.zip/", -1).length - 1;
  }

  /** The files in it, if it is a zip; a broken one is noted. */
  List<FoundFile> entries(List<Note> notes) {
    try {
      byte[] bytes = read(LONGEST_ZIP);
      List<FoundFile> files = new ArrayList<>();
      try (ZipFile zip = opened(bytes)) {
        int count = 0;
        for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
          if (++count > MOST_FILES) {
            throw new IOException("it has more than " + MOST_FILES + " files");
          }
          String name = entry.getName().replace('\\', '/');
          if (!entry.isDirectory() && !entry.isUnixSymlink() && !isOfAMac(name)) {
            files.add(new FoundFile(name, most -> entry(read(LONGEST_ZIP), entry.getName(), most)));
          }
        }
      }
      return files;
    } catch (IOException | RuntimeException e) {
      IOException broken = e instanceof IOException io ? io : new IOException(DAMAGED, e);
      notes.add(new Note("%s cannot be opened: " + Answers.reason(broken), path));
      return List.of();
    }
  }

  // What macOS adds to a zip.
  private static boolean isOfAMac(String name) {
    return name.matches("(.*/)?(__MACOSX/.*|\\._[^/]*|\\.DS_Store)");
  }

  /** The files in a folder, and in the zips in it; links are not followed. */
  static List<FoundFile> inFolder(Path folder, List<Note> notes) throws IOException {
    List<FoundFile> files = new ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
            return SKIPPED.contains(visited.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String path = folder.relativize(file).toString().replace('\\', '/');
            if (attributes.isSymbolicLink() && path.endsWith(".java")) {
              notes.add(new Note("%s is a symbolic link, which is not followed", path));
            }
            if (attributes.isRegularFile()) {
              files.addAll(of(path, file).withContent(notes));
            }
            return files.size() > MOST_FILES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            notes.add(new Note("%s cannot be read", folder.relativize(file).toString()));
            return FileVisitResult.CONTINUE;
          }
        });
    if (files.size() > MOST_FILES) {
      notes.add(Note.of("has more than " + MOST_FILES + " files; the rest was not looked at"));
    }
    return files;
  }

  private byte[] read(int longest) throws IOException {
    byte[] bytes = content.read(longest + 1);
    if (bytes.length > longest) {
      throw new IOException("it is larger than " + (longest >> 20) + " MB");
    }
    return bytes;
  }

  private static byte[] entry(byte[] bytes, String name, int most) throws IOException {
    try (ZipFile zip = zip(bytes);
        InputStream content = zip.getInputStream(zip.getEntry(name))) {
      return content.readNBytes(most);
    } catch (IOException | RuntimeException | LinkageError e) {
      // Some ways to pack need a library that is not here.
      throw new IOException(DAMAGED, e);
    }
  }

  private static ZipFile opened(byte[] bytes) throws IOException {
    try {
      return zip(bytes);
    } catch (IOException | RuntimeException e) {
      throw new IOException(DAMAGED, e);
    }
  }

  private static ZipFile zip(byte[] bytes) throws IOException {
    return ZipFile.builder().setSeekableByteChannel(new SeekableInMemoryByteChannel(bytes)).get();
  }

  private static boolean startsLikeUtf16(byte[] bytes) {
    return bytes.length > 1
        && (bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff
            || bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe);
  }
}
