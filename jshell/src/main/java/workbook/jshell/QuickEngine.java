package workbook.jshell;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.jshell.execution.JdiInitiator;
import jdk.jshell.execution.Util;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * Runs snippets in a JVM of their own, as JShell's own engine does, and does not dawdle.
 *
 * <p>Both send a request or an answer in several small packets. The system keeps a small packet
 * back until the one before is acknowledged, which takes 40 ms; JShell's engine lets it, and a
 * lesson has hundreds of them.
 */
public final class QuickEngine implements ExecutionControlProvider {
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final List<String> ENCODINGS =
      List.of("stdin.encoding", "stdout.encoding", "stderr.encoding");

  private static final AtomicBoolean LOADING = new AtomicBoolean(true);

  /** For JShell, which finds it as a service. */
  public QuickEngine() {}

  @Override
  public String name() {
    return "quick";
  }

  @Override
  public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters)
      throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (ServerSocket door = new ServerSocket(0, 1, here)) {
      door.setSoTimeout(TIMEOUT_MILLIS);
      JdiInitiator remote =
          new JdiInitiator(
              door.getLocalPort(),
              options(env),
              QuickAgent.class.getName(),
              false,
              here.getHostAddress(),
              TIMEOUT_MILLIS,
              Map.of());
      CompletableFuture<QuickControl> control = new CompletableFuture<>();
      Util.detectJdiExitEvent(remote.vm(), reason -> control.thenAccept(it -> it.ended(env)));
      Socket socket = door.accept();
      socket.setTcpNoDelay(true);
      return Util.remoteInputOutput(
          socket.getInputStream(),
          socket.getOutputStream(),
          Map.of("out", env.userOut(), "err", env.userErr()),
          Map.of("in", env.userIn()),
          (in, out) -> {
            control.complete(new QuickControl(out, in, remote.vm(), remote.process()));
            return control.join();
          });
    }
  }

  private static List<String> options(ExecutionEnv env) {
    List<String> options = new ArrayList<>();
    for (String encoding : ENCODINGS) {
      String name = System.getProperty(encoding);
      if (name != null) {
        options.add("-D" + encoding + "=" + name);
      }
    }
    // Who has left a JVM with System.exit gets another one, in which no lesson is loaded.
    options.add("-D" + QuietLoading.PROPERTY + "=" + LOADING.getAndSet(false));
    options.addAll(env.extraRemoteVMOptions());
    return options;
  }
}
