package workbook.classroom.submissions;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** What is in folders and zips that were handed in; there are limits to all that is read. */
final class SubmissionFiles {
  private static final int LONGEST_ZIP = 64 << 20;
  private static final int MOST_FILES = 50_000;
  private static final int MOST_ZIPS = 20;
  private static final int DEEPEST = 2;
  private static final String DAMAGED = "it is damaged, or no zip";
  private static final Charset WINDOWS = Charset.forName("IBM850");
  private static final Set<String> SKIPPED = Set.of(".git", ".workbook", "node_modules", "target");

  private SubmissionFiles() {}

  /** The files in a folder, and in the zips in it; links are not followed. */
  static List<SubmissionFile> ofFolder(Path folder, List<Note> notes) throws IOException {
    List<SubmissionFile> files = new ArrayList<>();
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
            if (attributes.isSymbolicLink()) {
              files.add(SubmissionFile.ofLink(path));
            }
            if (attributes.isRegularFile()) {
              files.addAll(with(SubmissionFile.of(path, file), notes));
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

  /** The files in the zip of a class; those that are zips are not opened. */
  static List<SubmissionFile> ofClass(SubmissionFile zip, List<Note> notes) throws IOException {
    // Each hand-in is read out of it again.
    return entries(zip.inMemory(LONGEST_ZIP), notes);
  }

  /** The files in it, if it is a zip, and in the zips among them; a broken one is noted. */
  static List<SubmissionFile> ofZip(SubmissionFile submission, List<Note> notes) {
    List<SubmissionFile> files = new ArrayList<>();
    Deque<SubmissionFile> zips = new ArrayDeque<>(List.of(submission));
    for (int opened = 0; !zips.isEmpty(); opened++) {
      if (opened == MOST_ZIPS || files.size() > MOST_FILES) {
        notes.add(Note.of("there are too many files in zips; some were not looked at"));
        break;
      }
      SubmissionFile zip = zips.removeFirst();
      for (SubmissionFile entry : entries(zip, notes)) {
        SubmissionFile file =
            zip == submission ? entry : entry.named(zip.path() + "/" + entry.path());
        files.add(file);
        if (file.isZip() && file.zips() < DEEPEST) {
          zips.addLast(file);
        }
      }
    }
    return files;
  }

  /** A file, and what is in it if it is a zip. */
  static List<SubmissionFile> with(SubmissionFile file, List<Note> notes) {
    List<SubmissionFile> files = new ArrayList<>(List.of(file));
    if (file.isZip()) {
      ofZip(file, notes).forEach(each -> files.add(each.named(file.path() + "/" + each.path())));
    }
    return files;
  }

  private static List<SubmissionFile> entries(SubmissionFile file, List<Note> notes) {
    try {
      byte[] bytes = file.read(LONGEST_ZIP);
      List<SubmissionFile> files = new ArrayList<>();
      try (ZipFile zip = opened(bytes)) {
        List<ZipArchiveEntry> entries = Collections.list(zip.getEntries());
        if (entries.size() > MOST_FILES) {
          throw new IOException("it has more than " + MOST_FILES + " files");
        }
        for (int i = 0; i < entries.size(); i++) {
          ZipArchiveEntry entry = entries.get(i);
          String name = name(entry).replace('\\', '/');
          if (!entry.isDirectory() && !isOfAMac(name)) {
            int index = i;
            files.add(
                entry.isUnixSymlink()
                    ? SubmissionFile.ofLink(name)
                    : new SubmissionFile(name, most -> entry(file.read(LONGEST_ZIP), index, most)));
          }
        }
      }
      return files;
    } catch (IOException | RuntimeException e) {
      IOException broken = e instanceof IOException io ? io : new IOException(DAMAGED, e);
      notes.add(new Note("%s cannot be opened: " + AnswerSelector.reason(broken), file.path()));
      return List.of();
    }
  }

  // What macOS adds to a zip.
  private static boolean isOfAMac(String name) {
    return name.matches("(.*/)?(__MACOSX/.*|\\._[^/]*|\\.DS_Store)");
  }

  // Windows names files in the code page of its command line, and does not say so.
  private static String name(ZipArchiveEntry entry) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(entry.getRawName()))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      return new String(entry.getRawName(), WINDOWS);
    }
  }

  // By its place: two entries may have one name.
  private static byte[] entry(byte[] bytes, int index, int most) throws IOException {
    try (ZipFile zip = zip(bytes)) {
      ZipArchiveEntry entry = Collections.list(zip.getEntries()).get(index);
      if (entry.getGeneralPurposeBit().usesEncryption()) {
        throw new LockedException();
      }
      try (InputStream content = zip.getInputStream(entry)) {
        return content.readNBytes(most);
      }
    } catch (LockedException e) {
      throw e;
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

  /** An entry that only a password opens. */
  private static final class LockedException extends IOException {
    private static final long serialVersionUID = 1;

    LockedException() {
      super("it is locked with a password");
    }
  }
}
