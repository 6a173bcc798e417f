package workbook.cli.grade;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import workbook.cli.Java;
import workbook.cli.UsageException;

/** What keeps a graded process from everything but its checks and its database. */
final class Sandbox {
  /** From the weakest to the strongest. */
  enum Isolation {
    process,
    bubblewrap
  }

  private static final String MAIN = "workbook.grading.worker.GradedWorker";
  private static final int MEGABYTES = 256;
  private static final int MOST_THREADS = 300;
  private static final long ADDRESSES = 6L << 30;
  private static final long LONGEST_FILE = 64L << 20;
  private static final List<String> LIMITS =
      List.of(
          "prlimit", "--core=0", "--nofile=1024", "--as=" + ADDRESSES, "--fsize=" + LONGEST_FILE);
  // Where a JDK and the system's C library may be.
  private static final List<String> SYSTEM =
      List.of("/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/etc/ld.so.conf.d");

  // Root is free of limits on processes, so root's hand-ins run as somebody without a name each.
  private static final int FIRST_USER = 61_000;
  private static final int USERS = 1_000;
  private static final AtomicInteger USER = new AtomicInteger();

  private final Isolation isolation;
  private final boolean limitsProcesses;
  private final boolean changesUser;
  private final boolean limitsThreads;
  private final Path out;

  private Sandbox(
      Isolation isolation,
      boolean limitsProcesses,
      boolean changesUser,
      boolean limitsThreads,
      Path out) {
    this.isolation = isolation;
    this.limitsProcesses = limitsProcesses;
    this.changesUser = changesUser;
    this.limitsThreads = limitsThreads;
    this.out = out;
  }

  /** The same for a process that is trusted, and may write to a folder; it finds it as /out. */
  Sandbox writing(Path folder) {
    return new Sandbox(isolation, limitsProcesses, changesUser, limitsThreads, folder);
  }

  /**
   * Finds out what this machine can do.
   *
   * @param demanded the level to use; null for the strongest there is
   * @throws UsageException if the demanded level cannot be had
   */
  static Sandbox find(Isolation demanded) {
    String refusal = "this is not Linux";
    if (demanded != Isolation.process && isLinux()) {
      List<Sandbox> candidates =
          List.of(
              new Sandbox(Isolation.bubblewrap, true, isRoot(), true, null),
              new Sandbox(Isolation.bubblewrap, true, false, false, null));
      for (Sandbox candidate : candidates) {
        refusal = candidate.refusal();
        if (refusal == null) {
          return candidate;
        }
      }
    }
    if (demanded == Isolation.bubblewrap) {
      throw new UsageException(
          "--isolation bubblewrap cannot be had: %s. Install bubblewrap 0.7 or newer, or see docs/teaching.md."
              .formatted(refusal));
    }
    boolean limits = isLinux() && refusal(List.of("prlimit", "--version")) == null;
    return new Sandbox(Isolation.process, limits, false, false, null);
  }

  Isolation isolation() {
    return isolation;
  }

  /** What this level promises, in one line. */
  String description() {
    if (isolation == Isolation.bubblewrap) {
      return "Isolation: bubblewrap. Hand-ins see no files but their own, no network but their"
          + " database, no other process; memory, time"
          + (limitsThreads ? ", threads" : "")
          + " and output are limited."
          + (limitsThreads ? "" : " Threads are not, on this system.");
    }
    return "Isolation: process. WARNING: hand-ins run as you, and can read your files and use your"
        + " network. Install bubblewrap (Linux) if you do not trust every one of them.";
  }

  /**
   * How to start a graded process.
   *
   * @param answers the folder with the compiled answers
   * @param scratch an empty folder for the process to work in
   * @param sockets the folder of the socket that leads to the database
   * @param options further ones for Java
   */
  ProcessBuilder process(Kit kit, Path answers, Path scratch, Path sockets, List<String> options) {
    List<String> command = new ArrayList<>();
    boolean inside = isolation == Isolation.bubblewrap;
    if (inside) {
      command.addAll(bubblewrap());
      command.addAll(bind(kit.folder().toString(), "/kit"));
      command.addAll(bind(answers.toString(), "/answers"));
      command.addAll(bind(sockets.toString(), "/sockets"));
      if (out != null) {
        command.addAll(List.of("--bind", out.toString(), "/out"));
      }
      command.add("--");
    }
    command.addAll(limits());
    command.add(java());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ActiveProcessorCount=2",
            "-Xshare:auto",
            "-Xmx" + MEGABYTES + "m",
            // A collection closes connections that nobody holds: then no check sees the leak.
            "-Xmn96m",
            "-XX:MetaspaceSize=128m",
            "-XX:MaxMetaspaceSize=128m",
            "-XX:CompressedClassSpaceSize=64m",
            "-XX:ReservedCodeCacheSize=64m",
            "-XX:MaxDirectMemorySize=64m",
            "-XX:-UsePerfData",
            "-XX:+DisableAttachMechanism",
            "-XX:+DisplayVMOutputToStderr",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=" + (inside ? "/tmp" : scratch.toString()) + "/hs_err.log",
            "-Djava.io.tmpdir=" + (inside ? "/tmp" : scratch.toString()),
            "-Dfile.encoding=UTF-8"));
    command.addAll(options);
    String place = inside ? "/kit" : kit.folder().toString();
    List<String> path = new ArrayList<>(kit.jars().stream().map(jar -> place + "/" + jar).toList());
    path.add(inside ? "/answers" : answers.toString());
    command.addAll(List.of("-cp", String.join(java.io.File.pathSeparator, path), MAIN));
    ProcessBuilder builder = new ProcessBuilder(command).directory(scratch.toFile());
    Map<String, String> environment = builder.environment();
    String system = environment.get("SystemRoot");
    String path2 = environment.get("PATH");
    environment.clear();
    environment.put("LC_ALL", "C.UTF-8");
    if (system != null) {
      environment.put("SystemRoot", system);
    }
    if (path2 != null) {
      environment.put("PATH", path2);
    }
    return builder;
  }

  /** Where a graded process finds a file of its socket folder. */
  String socket(Path socket) {
    return isolation == Isolation.bubblewrap ? "/sockets/" + socket.getFileName() : null;
  }

  private List<String> limits() {
    List<String> command = new ArrayList<>();
    if (changesUser) {
      // Trusted processes share their files.
      int other = out == null ? 1 + USER.getAndIncrement() % USERS : 0;
      String user = String.valueOf(FIRST_USER + other);
      command.addAll(List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups"));
      command.addAll(List.of("--bounding-set=-all", "--inh-caps=-all", "--no-new-privs"));
    }
    if (limitsProcesses) {
      command.addAll(LIMITS);
      if (limitsThreads) {
        command.add("--nproc=" + MOST_THREADS);
      }
    }
    return command;
  }

  private List<String> bubblewrap() {
    List<String> command =
        new ArrayList<>(List.of("bwrap", "--die-with-parent", "--new-session", "--clearenv"));
    command.addAll(List.of("--setenv", "LC_ALL", "C.UTF-8", "--cap-drop", "ALL"));
    command.addAll(List.of("--setenv", "PATH", "/usr/bin:/bin", "--unshare-uts"));
    command.addAll(List.of("--unshare-net", "--unshare-ipc", "--unshare-pid"));
    command.addAll(List.of("--unshare-cgroup-try", "--hostname", "workbook"));
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
    Path home = Path.of(java()).getParent().getParent();
    command.addAll(visible(home));
    // Debian keeps the JDK's own settings elsewhere.
    for (String conf : List.of("conf/security/java.security", "lib/security/default.policy")) {
      Path linked = home.resolve(conf);
      if (Files.isSymbolicLink(linked)) {
        command.addAll(visible(real(linked).getParent().getParent()));
      }
    }
    // Java asks /proc for nothing but its own place; a process's memory is in there, too.
    command.addAll(List.of("--dir", "/proc/self", "--symlink", java(), "/proc/self/exe"));
    command.addAll(List.of("--dev", "/dev"));
    for (String place : List.of("/dev/shm", "/tmp")) {
      command.addAll(List.of("--perms", "1777", "--size", "67108864", "--tmpfs", place));
    }
    command.addAll(List.of("--chdir", "/tmp"));
    return command;
  }

  private String refusal() {
    List<String> command = new ArrayList<>(bubblewrap());
    command.add("--");
    command.addAll(limits());
    command.addAll(List.of(java(), "-XX:+UseSerialGC", "-Xmx32m", "-version"));
    return refusal(command);
  }

  // What speaks against running a command; null if nothing does.
  private static String refusal(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      byte[] said = process.getInputStream().readAllBytes();
      if (process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0) {
        return null;
      }
      process.destroyForcibly();
      return new String(said, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  // Whoever is in there has to get through the folders above, too.
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

  private static String java() {
    return real(Path.of(Java.executable())).toString();
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path;
    }
  }

  private static boolean isLinux() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).equals("linux");
  }

  private static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }
}
