package workbook.classroom.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import workbook.cli.terminal.UsageException;
import workbook.engine.programs.SystemRoot;
import workbook.engine.runner.WorkerSource;

/** What keeps a graded process from everything but its checks and its database. */
public final class Sandbox {
  /** From the weakest to the strongest. */
  public enum Level {
    process,
    container,
    bubblewrap
  }

  private static final String MAIN = "workbook.grading.worker.Worker";
  private static final int MEGABYTES = 256;
  private static final int MOST_THREADS = 300;
  private static final long ADDRESSES = 6L << 30;
  private static final long LONGEST_FILE = 64L << 20;
  private static final Set<String> ENVIRONMENT = Set.of("PATH", "SystemRoot");
  // What finds Docker's engine; it does not get into the sandbox.
  private static final Set<String> ENGINE =
      Set.of("PATH", "HOME", "DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_CONFIG");
  private static final List<String> LIMITS =
      List.of(
          "prlimit", "--core=0", "--nofile=1024", "--as=" + ADDRESSES, "--fsize=" + LONGEST_FILE);

  // User ids that no account of this computer has, so that no file belongs to them.
  private static final int FIRST_USER = 61_000;
  private static final int USERS = 1_000;
  private static final AtomicInteger USER = new AtomicInteger();

  private final Level level;
  private final Isolation isolation;
  private final boolean limitsProcesses;
  private final boolean changesUser;
  private final boolean limitsThreads;
  private final Path out;

  private Sandbox(
      Level level,
      Isolation isolation,
      boolean limitsProcesses,
      boolean changesUser,
      boolean limitsThreads,
      Path out) {
    this.level = level;
    this.isolation = isolation;
    this.limitsProcesses = limitsProcesses;
    this.changesUser = changesUser;
    this.limitsThreads = limitsThreads;
    this.out = out;
  }

  /** A process to start, and the command that ends what outlives it; empty if nothing does. */
  public record Command(ProcessBuilder process, List<String> end) {}

  /** The same for a process that is trusted, and may write to a folder; it finds it as /out. */
  public Sandbox writing(Path folder) {
    return new Sandbox(level, isolation, limitsProcesses, changesUser, limitsThreads, folder);
  }

  /**
   * Finds out what this machine can do.
   *
   * @param demanded the level to use; null for the strongest there is
   * @throws UsageException if the demanded level cannot be had
   */
  public static Sandbox find(Level demanded) {
    Map<Level, String> refusals = new LinkedHashMap<>();
    for (Sandbox candidate : candidates()) {
      if (demanded == null || demanded == candidate.level) {
        String refusal = isLinux() ? candidate.refusal() : "this is not Linux";
        if (refusal == null) {
          return candidate;
        }
        refusals.put(candidate.level, refusal);
      }
    }
    if (demanded != null && demanded != Level.process) {
      throw new UsageException(
          "--isolation %s cannot be had: %s. See docs/teaching.md."
              .formatted(demanded, refusals.get(demanded).lines().findFirst().orElse("")));
    }
    boolean limits = isLinux() && refusal(List.of("prlimit", "--version")) == null;
    return new Sandbox(Level.process, null, limits, false, false, null);
  }

  private static List<Sandbox> candidates() {
    Level bubblewrap = Level.bubblewrap;
    boolean isRoot = SystemRoot.isRootOnLinux();
    return List.of(
        new Sandbox(bubblewrap, new Bubblewrap(isRoot), true, isRoot, true, null),
        new Sandbox(bubblewrap, new Bubblewrap(false), true, false, false, null),
        new Sandbox(Level.container, new Container(), true, false, false, null));
  }

  public Level isolation() {
    return level;
  }

  /** What this level promises, in one line. */
  public String description() {
    if (isolation != null) {
      boolean limits = limitsThreads || level == Level.container;
      return "Isolation: "
          + level
          + ". Hand-ins see no files but their own, no network but their"
          + " database, no other process; memory, time"
          + (limits ? ", threads" : "")
          + " and output are limited."
          + (limits ? "" : " Threads are not, on this system.");
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
  public Command process(
      CheckBundle bundle, Path answers, Path scratch, Path sockets, List<String> options) {
    boolean inside = isolation != null;
    Isolation.Start start = new Isolation.Start(List.of(), List.of());
    if (inside) {
      Map<String, Path> readable = new LinkedHashMap<>();
      readable.put("/bundle", bundle.folder());
      readable.put("/answers", answers);
      readable.put("/sockets", sockets);
      start = isolation.start(readable, out);
    }
    List<String> command = new ArrayList<>(start.command());
    command.addAll(limits());
    command.add(JavaHome.executable());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ActiveProcessorCount=2",
            "-Xshare:auto",
            "-Xmx" + MEGABYTES + "m",
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
    String place = inside ? "/bundle" : bundle.folder().toString();
    List<String> path =
        new ArrayList<>(bundle.jars().stream().map(jar -> place + "/" + jar).toList());
    path.add(inside ? "/answers" : answers.toString());
    command.addAll(List.of("-cp", String.join(java.io.File.pathSeparator, path), MAIN));
    ProcessBuilder builder = new ProcessBuilder(command).directory(scratch.toFile());
    builder.environment().keySet().retainAll(inside ? ENGINE : ENVIRONMENT);
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().putAll(WorkerSource.DECOYS);
    return new Command(builder, start.end());
  }

  /** Whether files and network are kept out: inside, folders have other names. */
  public boolean isIsolated() {
    return isolation != null;
  }

  /** Where a graded process finds a file of its socket folder. */
  public String socket(Path socket) {
    return isIsolated() ? "/sockets/" + socket.getFileName() : null;
  }

  /** The number of a user of its own for a process; trusted ones, which write, share theirs. */
  static int stranger(Path out) {
    return FIRST_USER + (out == null ? 1 + USER.getAndIncrement() % USERS : 0);
  }

  private List<String> limits() {
    List<String> command = new ArrayList<>();
    if (changesUser) {
      // Root is free of limits on processes.
      String user = String.valueOf(stranger(out));
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

  private String refusal() {
    List<String> command = new ArrayList<>(isolation.start(Map.of(), null).command());
    command.addAll(limits());
    command.addAll(List.of(JavaHome.executable(), "-XX:+UseSerialGC", "-Xmx32m", "-version"));
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

  private static boolean isLinux() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).equals("linux");
  }
}
