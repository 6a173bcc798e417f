package workbook.classroom.submissions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A class's hand-ins in one more folder: an archive was unpacked into it, or made of it. */
final class WrappedClass {
  private WrappedClass() {}

  /** Whether a folder holds hand-ins of several students, and is not one student's own. */
  static boolean isIn(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    Map<String, Set<String>> owners = new TreeMap<>();
    for (SubmissionFile file : SubmissionFiles.ofFolder(folder, new ArrayList<>())) {
      String top = file.path().split("/")[0];
      Optional<PlatformName> named = PlatformName.of(top);
      boolean own = top.matches("src|lesson-.*|.*\\.zip|[0-9]{4}(-[0-9]{2}){5}.*");
      if (!own && (named.isPresent() || file.path().matches("[^/]+/(.*/)?My[^/]*\\.java"))) {
        owners
            .computeIfAbsent(named.isPresent() ? "" : file.name(), it -> new HashSet<>())
            .add(top);
      }
    }
    return owners.values().stream().anyMatch(tops -> tops.size() > 1);
  }

  /** The files of a zip, without the folder that stands in front of all their names, if any. */
  static List<SubmissionFile> unwrapped(List<SubmissionFile> files) {
    Set<String> tops =
        files.stream().map(file -> file.path().split("/")[0]).collect(Collectors.toSet());
    boolean wrapped =
        tops.size() == 1
            && files.stream()
                .noneMatch(
                    file ->
                        file.path().matches("[^/]+(/My[^/]*\\.java)?|[^/]+/(src|lesson-[^/]*)/.*"));
    return wrapped
        ? files.stream().map(file -> file.named(file.path().split("/", 2)[1])).toList()
        : files;
  }
}
