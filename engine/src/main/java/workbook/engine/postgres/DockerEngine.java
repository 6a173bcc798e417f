package workbook.engine.postgres;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import workbook.engine.Deadline;
import workbook.support.EnvironmentException;

/**
 * A Docker engine that may be there, asked without a Docker client: that takes seconds to load.
 *
 * @param endpoint where it listens: a {@code unix}, {@code npipe} or {@code tcp} address
 * @param sign what says so, such as {@code DOCKER_HOST}
 */
public record DockerEngine(URI endpoint, String sign) {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Pattern VERSION = Pattern.compile("\"Version\":\\s*\"([^\"]+)\"");
  private static final String PIPE = "//./pipe/docker_engine";

  /** The first sign of an engine on this machine; looks for files only. */
  public static Optional<DockerEngine> find() {
    return find(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  static Optional<DockerEngine> find(Map<String, String> environment, Path home) {
    return Stream.of(
            named(environment.get("DOCKER_HOST"), "DOCKER_HOST"),
            named(property(home.resolve(".testcontainers.properties")), "docker.host"),
            socket(Path.of("/var/run/docker.sock")),
            socket(Path.of(environment.getOrDefault("XDG_RUNTIME_DIR", ""), "docker.sock")),
            socket(home.resolve(".docker/run/docker.sock")),
            socket(home.resolve(".docker/desktop/docker.sock")),
            pipe(),
            DockerContext.endpoint(environment, home)
                .flatMap(endpoint -> named(endpoint, DockerContext.SIGN)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /**
   * The engine's version; it has two seconds to answer.
   *
   * @throws EnvironmentException with a reason without a full stop, if it does not
   */
  public String version() {
    try {
      return Deadline.within(PATIENCE, this::ask);
    } catch (EnvironmentException e) {
      throw new EnvironmentException("%s: %s".formatted(endpoint, e.getMessage()), e);
    }
  }

  private String ask() throws IOException {
    // HTTP 1.0: the engine answers in one piece and hangs up.
    byte[] request = "GET /version HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    String answer = new String(exchange(request), StandardCharsets.UTF_8);
    Matcher version = VERSION.matcher(answer);
    if (version.find()) {
      return version.group(1);
    }
    // One that wants TLS refuses the question, but is there.
    if (endpoint.getScheme().equals("tcp")) {
      return "unknown";
    }
    throw new IOException("answers, but not like a Docker engine");
  }

  private byte[] exchange(byte[] request) throws IOException {
    switch (endpoint.getScheme()) {
      case "unix":
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
          channel.connect(UnixDomainSocketAddress.of(endpoint.getPath()));
          channel.write(ByteBuffer.wrap(request));
          return Channels.newInputStream(channel).readAllBytes();
        }
      case "npipe":
        try (RandomAccessFile pipe = new RandomAccessFile(PIPE, "rw")) {
          pipe.write(request);
          byte[] answer = new byte[8192];
          int length = pipe.read(answer);
          return Arrays.copyOf(answer, Math.max(length, 0));
        }
      case "tcp":
        try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort());
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream()) {
          out.write(request);
          return in.readAllBytes();
        }
      default:
        throw new IOException("an address of a kind that Testcontainers cannot use");
    }
  }

  private static Optional<DockerEngine> named(String endpoint, String sign) {
    return Optional.ofNullable(endpoint)
        .filter(text -> text.matches("[a-z]+:.+"))
        .map(text -> new DockerEngine(URI.create(text), sign));
  }

  private static Optional<DockerEngine> socket(Path path) {
    return path.isAbsolute() && Files.exists(path)
        ? named("unix://" + path, path.toString())
        : Optional.empty();
  }

  private static Optional<DockerEngine> pipe() {
    return File.separatorChar == '\\' && new File(PIPE).exists()
        ? named("npipe:" + PIPE, PIPE)
        : Optional.empty();
  }

  private static String property(Path file) {
    Properties properties = new Properties();
    if (Files.exists(file)) {
      try (InputStream in = Files.newInputStream(file)) {
        properties.load(in);
      } catch (IOException | IllegalArgumentException e) {
        return null;
      }
    }
    return properties.getProperty("docker.host");
  }
}
