package workbook.classroom.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import workbook.engine.ProjectRoot;
import workbook.engine.RandomHex;
import workbook.engine.postgres.ThrowawayServer;
import workbook.support.EnvironmentException;

/**
 * A Docker container for each process, with this computer's Java in it.
 *
 * <p>Its image is the one that databases come from: it lends no more than its folders' names.
 */
final class Container implements Isolation {
  @Override
  public Start start(Map<String, Path> readable, Path out) {
    String name = "workbook-graded-" + RandomHex.of(6);
    int user = Sandbox.stranger(out);
    List<String> command = new ArrayList<>(List.of("docker", "run", "--rm", "--interactive"));
    command.addAll(List.of("--pull", "never", "--name", name, "--hostname", "workbook"));
    command.addAll(List.of("--network", "none", "--ipc", "none", "--log-driver", "none"));
    command.addAll(List.of("--cap-drop", "ALL", "--security-opt", "no-new-privileges"));
    command.addAll(List.of("--user", user + ":" + user, "--read-only"));
    command.addAll(List.of("--pids-limit", "300", "--memory", "768m"));
    command.addAll(List.of("--tmpfs", "/tmp:rw,mode=1777,size=64m", "--workdir", "/tmp"));
    command.addAll(List.of("--tmpfs", "/etc:ro,mode=755,size=64k"));
    command.addAll(mount(Path.of("/usr"), "/usr"));
    for (Path folder : JavaHome.folders()) {
      if (!folder.startsWith("/usr")) {
        command.addAll(mount(folder, folder.toString()));
      }
    }
    readable.forEach((inside, folder) -> command.addAll(mount(folder, inside)));
    if (out != null) {
      command.addAll(List.of("--mount", "type=bind," + quoted("source=" + out) + ",target=/out"));
    }
    command.addAll(mount(launcher(), JavaHome.executable()));
    command.addAll(List.of("--entrypoint", "env", ThrowawayServer.dockerImage()));
    // Not what the image says.
    command.addAll(List.of("-i", "LC_ALL=C.UTF-8", "PATH=/usr/bin:/bin"));
    return new Start(command, List.of("docker", "rm", "--force", name));
  }

  private static List<String> mount(Path folder, String inside) {
    String paths = quoted("source=" + folder) + "," + quoted("target=" + inside);
    return List.of("--mount", "type=bind," + paths + ",readonly");
  }

  // Docker reads this as a line of CSV, and a path may have a comma in it.
  private static String quoted(String field) {
    return '"' + field.replace("\"", "\"\"") + '"';
  }

  // Linux lets no process read its own memory whose program it may run, but not read: the seal of
  // this run is in there.
  private static Path launcher() {
    Path java = Path.of(JavaHome.executable());
    Path copy = ProjectRoot.workFolder().resolve("java-" + Runtime.version());
    try {
      if (!Files.exists(copy)) {
        Files.createDirectories(copy.getParent());
        Path unfinished = Files.createTempFile(copy.getParent(), "java", ".unfinished");
        Files.copy(java, unfinished, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwx--x--x"));
        Files.move(unfinished, copy, StandardCopyOption.ATOMIC_MOVE);
      }
      return copy;
    } catch (IOException e) {
      throw new EnvironmentException("%s cannot be copied to %s: %s".formatted(java, copy, e), e);
    }
  }
}
