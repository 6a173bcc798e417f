package workbook.grading.worker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import workbook.engine.protocol.CompileError;

/** How answers are compiled: as Maven does it, and running nothing of theirs. */
final class Javac {
  /** The Java that the lessons are written in. */
  private static final int RELEASE = 17;

  static final List<String> OPTIONS = options();

  private Javac() {}

  private static List<String> options() {
    List<String> options =
        new ArrayList<>(List.of("-proc:none", "-parameters", "-g", "-nowarn", "-implicit:class"));
    // Else it looks for plug-ins on the whole class path, each time.
    options.addAll(List.of("--processor-path", ""));
    // On that very Java it would say nothing new, and takes a fifth of the time a compilation has.
    if (Runtime.version().feature() != RELEASE) {
      options.addAll(List.of("--release", String.valueOf(RELEASE)));
    }
    return List.copyOf(options);
  }

  /**
   * What a learner is told.
   *
   * @param file how to name the file
   */
  static CompileError error(Diagnostic<?> diagnostic, Function<Path, String> file) {
    return new CompileError(
        diagnostic.getSource() instanceof JavaFileObject source
            ? file.apply(Path.of(source.toUri()))
            : "",
        Math.max(1, diagnostic.getLineNumber()),
        Math.max(1, diagnostic.getColumnNumber()),
        diagnostic.getMessage(Locale.ENGLISH));
  }
}
