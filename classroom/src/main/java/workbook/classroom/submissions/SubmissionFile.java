package workbook.classroom.submissions;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A file of a hand-in; nothing in it is believed, and its path is only a name.
 *
 * @param path where it is in the hand-in, with slashes
 * @param content reads at most so many bytes
 */
record SubmissionFile(String path, Content content) {
  private static final int LONGEST_ANSWER = 1 << 20;

  /** Reads the beginning of a file. */
  @FunctionalInterface
  interface Content {
    byte[] read(int most) throws IOException;
  }

  static SubmissionFile of(String path, Path file) {
    return new SubmissionFile(
        path,
        most -> {
          try (InputStream bytes = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return bytes.readNBytes(most);
          }
        });
  }

  /** A symbolic link, which is named and never followed. */
  static SubmissionFile ofLink(String path) {
    return new SubmissionFile(
        path,
        most -> {
          throw new IOException("it is a symbolic link, which is not followed");
        });
  }

  /** The same, read now and kept. */
  SubmissionFile inMemory(int longest) throws IOException {
    byte[] bytes = read(longest);
    return new SubmissionFile(
        path, most -> bytes.length <= most ? bytes : Arrays.copyOf(bytes, most));
  }

  SubmissionFile named(String name) {
    return new SubmissionFile(name, content);
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

  /** In how many zips it is, beside that of the hand-in itself. */
  int zips() {
    return path.toLowerCase(Locale.ROOT).split("\\.zip/", -1).length - 1;
  }

  /**
   * The whole of it.
   *
   * @throws IOException if it is longer than that many bytes, which are whole megabytes
   */
  byte[] read(int longest) throws IOException {
    byte[] bytes = content.read(longest + 1);
    if (bytes.length > longest) {
      throw new IOException("it is larger than " + (longest >> 20) + " MB");
    }
    return bytes;
  }

  private static boolean startsLikeUtf16(byte[] bytes) {
    return bytes.length > 1
        && (bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff
            || bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe);
  }
}
