package workbook.classroom.marking;

import java.util.List;
import java.util.stream.IntStream;
import workbook.cli.terminal.UsageException;

/**
 * One of the parts in which several machines grade a class.
 *
 * @param number which one, from 1
 * @param parts how many there are
 */
record Shard(int number, int parts) {

  /**
   * Reads what the user has given, such as {@code 2/5}.
   *
   * @throws UsageException if that is no part
   */
  static Shard of(String text) {
    if (!text.matches("[1-9][0-9]{0,3}/[1-9][0-9]{0,3}")) {
      throw new UsageException("--shard %s is no part. It looks like this: 2/5.".formatted(text));
    }
    int number = Integer.parseInt(text.replaceFirst("/.*", ""));
    int parts = Integer.parseInt(text.replaceFirst(".*/", ""));
    if (number > parts) {
      throw new UsageException("--shard %s: there are only %s parts.".formatted(text, parts));
    }
    return new Shard(number, parts);
  }

  /** Those that belong to this part. */
  <T> List<T> part(List<T> all) {
    return IntStream.range(0, all.size())
        .filter(i -> i % parts == number - 1)
        .mapToObj(all::get)
        .toList();
  }
}
