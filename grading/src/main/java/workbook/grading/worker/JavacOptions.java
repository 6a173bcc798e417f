package workbook.grading.worker;

import java.util.ArrayList;
import java.util.List;

/** How answers are compiled: as Maven does it, and running nothing of theirs. */
final class JavacOptions {
  /** The Java that the lessons are written in. */
  private static final int RELEASE = 17;

  static final List<String> ALL = all();

  private JavacOptions() {}

  private static List<String> all() {
    List<String> options =
        new ArrayList<>(List.of("-proc:none", "-parameters", "-g", "-nowarn", "-implicit:class"));
    // On that very Java it would say nothing new, and takes a fifth of the time a compilation has.
    if (Runtime.version().feature() != RELEASE) {
      options.addAll(List.of("--release", String.valueOf(RELEASE)));
    }
    return List.copyOf(options);
  }
}
