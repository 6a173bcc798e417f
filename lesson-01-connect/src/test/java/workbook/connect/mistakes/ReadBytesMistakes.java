package workbook.connect.mistakes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import workbook.connect.reference.ReferenceConnector;
import workbook.grading.proofs.Mistake;

/** Exercise 1.1: from bytes to characters, and keys that come again. */
final class ReadBytesMistakes {
  private ReadBytesMistakes() {}

  /** An answer whose reader has another way from a file to its lines. */
  private abstract static class OwnLines extends ReferenceConnector {
    abstract String decoded(Path file) throws IOException;

    @Override
    public Map<String, String> readSection(Path file, String section) throws IOException {
      IniReader reader =
          new IniReader() {
            @Override
            List<String> lines(Path file) throws IOException {
              return decoded(file).lines().toList();
            }
          };
      return reader.read(file, section);
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "if a key comes again in a section, the last value counts",
      idea = "Keys in lower case, at the end",
      because = """
          Until then, `host` and `Host` are two keys. With `host=a`, `Host=b` and `host=c`, the
          map has `host=c` first and `Host=b` second, and in lower case `b` comes last.""",
      instead = "Put each key into the map in lower case.",
      rejectedBy = "one_section_is_read_and_no_other",
      says = "the keys host Host host in this order",
      earns = 3)
  static class LowerAtTheEnd extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section) throws IOException {
      IniReader reader =
          new IniReader() {
            @Override
            Map<String, String> begun(Map<String, String> before) {
              return before == null ? new LinkedHashMap<>() : before;
            }

            @Override
            String key(String key) {
              return key;
            }
          };
      Map<String, String> lower = new LinkedHashMap<>();
      reader
          .read(file, section)
          .forEach((key, value) -> lower.put(key.toLowerCase(Locale.ROOT), value));
      return lower;
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "all that follows is the value, whatever characters it holds",
      idea = "`\\uFFFD` shows that a file is not in UTF-8",
      because = """
          A decoder may put it where bytes are not UTF-8. But it is a character of its own, too, and
          a file may have it.""",
      instead = "Use a reader that throws when bytes are not UTF-8.",
      rejectedBy = "one_section_is_read_and_no_other",
      says = "but was: java.io.IOException",
      earns = 3)
  static class RefusesACharacter extends OwnLines {
    @Override
    String decoded(Path file) throws IOException {
      String text = new String(Files.readAllBytes(file), UTF_8);
      if (text.contains("\uFFFD")) {
        throw new IOException(file + " is not in UTF-8");
      }
      return text;
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "it is not in UTF-8, wherever in the file that is",
      idea = "A decoder that waits for more",
      because = """
          A character whose last byte is missing at the end of the file is lost, and with it the
          end of a password.""",
      instead = "Tell the decoder that this was the end, or use `Files.readAllLines`.",
      rejectedBy = "a_missing_file_or_section_is_an_error",
      says = "a file that is not in UTF-8",
      earns = 5,
      detail = true)
  static class WaitsForMore extends OwnLines {
    @Override
    String decoded(Path file) throws IOException {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      CharBuffer text = CharBuffer.allocate(bytes.remaining());
      CoderResult result = UTF_8.newDecoder().decode(bytes, text, false);
      if (result.isError()) {
        result.throwException();
      }
      return text.flip().toString();
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "all that follows is the value, whatever characters it holds",
      idea = "Read and decode 8192 bytes at a time",
      because = """
          The last character of one buffer may have its last byte in the next. Neither half is
          UTF-8.""",
      instead = "Decode the whole, or use a `Reader`.",
      rejectedBy = "one_section_is_read_and_no_other",
      says = "a file of 150 kB",
      earns = 3)
  static class BufferByBuffer extends OwnLines {
    @Override
    String decoded(Path file) throws IOException {
      StringBuilder text = new StringBuilder();
      try (InputStream in = Files.newInputStream(file)) {
        for (byte[] some = in.readNBytes(8192); some.length > 0; some = in.readNBytes(8192)) {
          text.append(UTF_8.newDecoder().decode(ByteBuffer.wrap(some)));
        }
      }
      return text.toString();
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "the keys and values of that section and of no other",
      idea = "A settings file is short",
      because = """
          What comes after the first 8192 bytes is not read.""",
      instead = "Read the whole file.",
      rejectedBy = "one_section_is_read_and_no_other",
      says = "a file of 150 kB",
      earns = 2)
  static class OneBuffer extends OwnLines {
    @Override
    String decoded(Path file) throws IOException {
      try (InputStream in = Files.newInputStream(file)) {
        return UTF_8.newDecoder().decode(ByteBuffer.wrap(in.readNBytes(8192))).toString();
      }
    }
  }
}
