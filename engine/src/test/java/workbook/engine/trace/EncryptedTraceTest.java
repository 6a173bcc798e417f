package workbook.engine.trace;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import workbook.engine.postgres.ThrowawayServer;
import workbook.engine.trace.drawing.TraceText;
import workbook.engine.trace.wire.BytePump;
import workbook.support.DatabaseSettings;

/** A server that demands encryption, and a client that does. */
@TestInstance(Lifecycle.PER_CLASS)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the server's shell writes its key")
class EncryptedTraceTest {
  private static final String SECRET = "changeit";

  private final Trace trace = new Trace();
  private ThrowawayServer server;

  @BeforeAll
  void demand_encryption(@TempDir Path folder) throws Exception {
    server = ThrowawayServer.open(ThrowawayServer.configured(), System.err::println);
    assumeTrue(server.isOurs(), "another's server keeps its settings");
    KeyStore keys = keys(folder);
    try (Connection admin = server.admin().dataSource().getConnection();
        Statement statement = admin.createStatement()) {
      write(admin, "server.crt", pem("CERTIFICATE", keys.getCertificate("server").getEncoded()));
      byte[] key = keys.getKey("server", SECRET.toCharArray()).getEncoded();
      write(admin, "server.key", pem("PRIVATE KEY", key));
      write(admin, "pg_hba.conf", "hostnossl all all all reject\nhost all all all scram-sha-256");
      statement.execute("ALTER SYSTEM SET ssl = on");
      statement.execute("SELECT pg_reload_conf()");
    }
    awaitRefusalOfPlainText();
  }

  @AfterAll
  void close_the_server() {
    server.close();
  }

  @Test
  void towards_a_server_that_demands_encryption_the_relay_encrypts() throws Exception {
    try (ServerTrace traced = ServerTrace.start(server.admin(), trace, user -> true)) {
      try (Connection connection = connect(traced.port(), "prefer");
          Statement statement = connection.createStatement()) {
        statement.execute(
            "SELECT 'read along' FROM pg_stat_ssl WHERE ssl AND pid = pg_backend_pid()");
      }
    }

    assertThat(lines()).anyMatch(line -> line.endsWith("1 row: 'read along'"));
  }

  @Test
  void a_client_that_demands_encryption_is_told_of_in_the_trace() throws Exception {
    try (ServerTrace traced = ServerTrace.start(server.admin(), trace, user -> true)) {
      assertThatThrownBy(() -> connect(traced.port(), "require"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("SSL");
      await("sslmode=require");
    }
  }

  @Test
  void a_server_that_offers_encryption_and_cannot_do_it_is_named() throws Exception {
    try (ServerSocket broken = new ServerSocket(0, 9, InetAddress.getByName("127.0.0.1"));
        TraceRelay relay = TraceRelay.start(address(broken), trace, session -> true)) {
      BytePump.start(() -> offerAndHangUp(broken));

      assertThatThrownBy(() -> connect(relay.port(), "disable"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("The trace cannot agree with the server on encryption");
    }
  }

  private static InetSocketAddress address(ServerSocket socket) {
    return new InetSocketAddress("127.0.0.1", socket.getLocalPort());
  }

  private static void offerAndHangUp(ServerSocket server) {
    try (Socket client = server.accept()) {
      client.getInputStream().readNBytes(8);
      client.getOutputStream().write("Sorry, no TLS here".getBytes(US_ASCII));
      client.getInputStream().read();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Connection connect(int port, String mode) throws SQLException {
    DatabaseSettings admin = server.admin();
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%s/%s?sslmode=%s".formatted(port, admin.dbname(), mode),
        admin.user(),
        admin.password());
  }

  private void awaitRefusalOfPlainText() throws InterruptedException {
    long end = System.nanoTime() + 20_000_000_000L;
    while (System.nanoTime() < end) {
      try {
        connect(server.admin().port(), "disable").close();
        Thread.sleep(20);
      } catch (SQLException refused) {
        return;
      }
    }
    throw new AssertionError("The server still takes plain text.");
  }

  private void await(String text) throws InterruptedException {
    long end = System.nanoTime() + 20_000_000_000L;
    while (lines().stream().noneMatch(line -> line.contains(text)) && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    assertThat(lines()).anyMatch(line -> line.contains(text));
  }

  private List<String> lines() {
    return TraceText.of(trace.all(), 400, UnaryOperator.identity());
  }

  private static KeyStore keys(Path folder) throws Exception {
    Path file = folder.resolve("keys.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> command =
        List.of(
            keytool,
            "-genkeypair",
            "-alias",
            "server",
            "-keyalg",
            "EC",
            "-dname",
            "CN=localhost",
            "-storetype",
            "PKCS12",
            "-keystore",
            file.toString(),
            "-storepass",
            SECRET);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), US_ASCII);
    assertThat(process.waitFor()).as(said).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream stream = Files.newInputStream(file)) {
      keys.load(stream, SECRET.toCharArray());
    }
    return keys;
  }

  private static String pem(String what, byte[] bytes) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN %s-----\n%s\n-----END %s-----".formatted(what, lines, what);
  }

  // The server writes it itself: it may run as another user, or in a container.
  private static void write(Connection admin, String file, String text) throws SQLException {
    try (PreparedStatement lines =
            admin.prepareStatement("CREATE TEMP TABLE lines AS SELECT string_to_table(?, ?) AS l");
        Statement statement = admin.createStatement()) {
      lines.setString(1, text);
      lines.setString(2, "\n");
      lines.execute();
      statement.execute("COPY lines TO PROGRAM 'umask 077 && cat > " + file + "'");
      statement.execute("DROP TABLE lines");
    }
  }
}
