package workbook.classroom.marking;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import workbook.classroom.report.ClassResult.CheckOutcome;
import workbook.classroom.report.ClassResult.LessonResult;
import workbook.cli.terminal.UsageException;
import workbook.engine.Sha256;
import workbook.support.EnvironmentException;

/**
 * What is graded already, so that a run that was killed goes on where it was.
 *
 * <p>Lines are only ever added, each at once and whole; one that was cut off by a kill is ignored.
 * An answer that changed, or checks that did, have another key.
 */
final class Journal implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, LessonResult> known = new ConcurrentHashMap<>();
  private final FileChannel file;
  private final String versions;
  private final Set<String> again;

  private record Entry(String key, LessonResult result, Map<String, List<String>> traces) {
    static Entry of(String key, LessonResult result) {
      return new Entry(
          key,
          result,
          result.checks().stream()
              .filter(check -> !check.trace().isEmpty())
              .collect(Collectors.toMap(CheckOutcome::name, CheckOutcome::trace)));
    }

    LessonResult traced() {
      List<CheckOutcome> checks =
          result.checks().stream()
              .map(check -> traces == null ? check : check.tracedAs(traces.get(check.name())))
              .toList();
      return new LessonResult(result.lesson(), result.file(), result.notes(), checks);
    }
  }

  /**
   * Opens the journal of a report, for this run alone.
   *
   * @param versions of everything that a result depends on, but for the answer
   * @param again students whose results do not count any more
   */
  Journal(Path journal, String versions, Set<String> again) {
    this.again = again;
    this.versions = versions;
    try {
      Files.createDirectories(journal.getParent());
      file = new RandomAccessFile(journal.toFile(), "rw").getChannel();
      lock(journal);
      boolean whole = true;
      for (String line : Files.readString(journal).split("\n")) {
        whole = line.isEmpty() || read(line);
      }
      file.position(file.size());
      if (!whole) {
        file.write(ByteBuffer.wrap(new byte[] {'\n'}));
      }
    } catch (IOException e) {
      throw broken(journal, e);
    }
  }

  /** The key of a student's answer. */
  String key(String student, int lesson, String text) {
    String key = Sha256.of(String.join("\0", versions, student, String.valueOf(lesson), text));
    if (again.contains(student)) {
      known.remove(key);
    }
    return key;
  }

  Optional<LessonResult> find(String key) {
    return Optional.ofNullable(known.get(key));
  }

  synchronized void add(String key, LessonResult result) {
    try {
      String line = JSON.writeValueAsString(Entry.of(key, result)) + "\n";
      ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      known.put(key, result);
    } catch (IOException e) {
      throw broken(Path.of("journal"), e);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw broken(Path.of("journal"), e);
    }
  }

  private boolean read(String line) {
    try {
      Entry entry = JSON.readValue(line, Entry.class);
      known.put(entry.key(), entry.traced());
      return true;
    } catch (JsonProcessingException cutOff) {
      return false;
    }
  }

  private void lock(Path journal) throws IOException {
    try {
      if (file.tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      // by this very process
    }
    throw new UsageException(
        "Another run is grading into %s. Wait for it, or name another --out."
            .formatted(journal.getParent()));
  }

  private static EnvironmentException broken(Path journal, IOException e) {
    return new EnvironmentException(
        "%s cannot be written: %s. Is there room on the disk, and may you write there?"
            .formatted(journal, e),
        e);
  }
}
