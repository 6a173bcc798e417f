package workbook.classroom.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import workbook.engine.runner.WorkerSource;

/**
 * A sandbox of Linux's namespaces, made by {@code bwrap}.
 *
 * @param changesUser whether the process inside may become another user, which takes root
 */
record Bubblewrap(boolean changesUser) implements Isolation {
  // Where a JDK and the system's C library may be.
  private static final List<String> SYSTEM =
      List.of("/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/etc/ld.so.conf.d");

  @Override
  public Start start(Map<String, Path> readable, Path out) {
    List<String> command =
        new ArrayList<>(List.of("bwrap", "--die-with-parent", "--new-session", "--clearenv"));
    command.addAll(List.of("--setenv", "LC_ALL", "C.UTF-8", "--cap-drop", "ALL"));
    command.addAll(List.of("--setenv", "PATH", "/usr/bin:/bin", "--unshare-uts"));
    command.addAll(List.of("--unshare-net", "--unshare-ipc", "--unshare-pid"));
    command.addAll(List.of("--unshare-cgroup-try", "--hostname", "workbook"));
    WorkerSource.DECOYS.forEach((name, value) -> command.addAll(List.of("--setenv", name, value)));
    if (changesUser) {
      command.addAll(List.of("--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"));
      command.addAll(List.of("--cap-add", "CAP_SETPCAP"));
    } else {
      command.addAll(List.of("--unshare-user", "--uid", "65534", "--gid", "65534"));
    }
    SYSTEM.stream()
        .map(Path::of)
        .filter(Files::exists)
        .forEach(path -> command.addAll(visible(path)));
    JavaHome.folders().forEach(path -> command.addAll(visible(path)));
    // Java asks /proc for nothing but its own place; a process's memory is in there, too.
    command.addAll(
        List.of("--dir", "/proc/self", "--symlink", JavaHome.executable(), "/proc/self/exe"));
    command.addAll(List.of("--dev", "/dev"));
    for (String place : List.of("/dev/shm", "/tmp")) {
      command.addAll(List.of("--perms", "1777", "--size", "67108864", "--tmpfs", place));
    }
    command.addAll(List.of("--chdir", "/tmp"));
    readable.forEach((name, folder) -> command.addAll(bind(folder.toString(), name)));
    if (out != null) {
      command.addAll(List.of("--bind", out.toString(), "/out"));
    }
    // Its root and /dev are in memory, without a limit, and belong to the user who made them.
    command.addAll(List.of("--remount-ro", "/dev", "--remount-ro", "/", "--"));
    return new Start(command, List.of());
  }

  // The process inside has to get through the folders above, too.
  private static List<String> visible(Path path) {
    List<String> command = new ArrayList<>();
    boolean seen = SYSTEM.stream().anyMatch(path.getParent()::startsWith);
    for (int depth = 1; !seen && depth < path.getNameCount(); depth++) {
      String above = "/" + path.subpath(0, depth);
      command.addAll(List.of("--perms", "0755", "--dir", above));
    }
    command.addAll(bind(path.toString(), path.toString()));
    return command;
  }

  private static List<String> bind(String from, String to) {
    return List.of("--ro-bind", from, to);
  }
}
