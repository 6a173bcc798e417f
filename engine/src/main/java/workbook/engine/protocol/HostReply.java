package workbook.engine.protocol;

import java.util.List;
import workbook.support.DatabaseSettings;

/**
 * The answer to a {@link HostCall}.
 *
 * @param id the call's
 * @param settings for {@code TAKE}, the learner's
 * @param rows for {@code SESSIONS}
 * @param text for {@code MAKE_SIBLING}; for {@code TAKE}, the password of the check's own role
 * @param error what went wrong; null if nothing did
 */
public record HostReply(
    int id, DatabaseSettings settings, List<List<String>> rows, String text, String error) {

  public static HostReply refused(int id, String error) {
    return new HostReply(id, null, null, null, error);
  }
}
