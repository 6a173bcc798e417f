package workbook.engine.postgres;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.PullResponseItem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.PostgreSQLContainer;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.TransportConfig;
import org.testcontainers.utility.DockerImageName;
import workbook.engine.Deadline;
import workbook.engine.RandomHex;
import workbook.support.DatabaseSettings;
import workbook.support.EnvironmentException;

/** A server for one run in a container, through Testcontainers. */
final class DockerServer implements ThrowawayServer {
  /** The system property, and then the environment variable, that names the image. */
  static final String IMAGE = "workbook.postgres.image";

  private static final String IMAGE_VARIABLE = "WORKBOOK_POSTGRES_IMAGE";

  private static final String LABEL = "workbook.run";
  private static final int PORT = 5432;
  private static final Duration REMOVAL = Duration.ofSeconds(10);
  private static final long REPORT_NANOS = Duration.ofSeconds(3).toNanos();

  private final RunFolder run;
  private final DatabaseSettings admin;
  private final String description;

  private DockerServer(RunFolder run, DatabaseSettings admin, String description) {
    this.run = run;
    this.admin = admin;
    this.description = description;
  }

  static String image() {
    String variable = System.getenv().getOrDefault(IMAGE_VARIABLE, "postgres:18");
    return System.getProperty(IMAGE, variable);
  }

  /**
   * Makes sure of the image.
   *
   * @return the image
   * @throws RuntimeException whose message says why not
   */
  static String pull(String image, Consumer<String> progress)
      throws InterruptedException, IOException {
    // A client of our own: Testcontainers' first gets its helper Ryuk, image and all.
    TransportConfig engine = DockerClientFactory.instance().getTransportConfig();
    try (DockerClient client = DockerClientProviderStrategy.getClientForConfig(engine)) {
      client.inspectImageCmd(image).exec();
    } catch (NotFoundException missing) {
      progress.accept("Pulling " + image + " (once)");
      try (DockerClient client = DockerClientProviderStrategy.getClientForConfig(engine)) {
        client.pullImageCmd(image).exec(new Puller(image, progress)).awaitCompletion();
      }
    }
    return image;
  }

  /** Lets Testcontainers make itself ready, which may take it another container. */
  static DockerClient prepare() {
    return DockerClientFactory.instance().client();
  }

  /** Starts a container of an image that is there. */
  @SuppressWarnings("resource") // the run removes the container
  static DockerServer open(Path workFolder, String image, String why) throws IOException {
    RunFolder run = RunFolder.create(workFolder);
    try {
      synchronized (run) {
        DockerImageName name = DockerImageName.parse(image).asCompatibleSubstituteFor("postgres");
        PostgreSQLContainer<?> container =
            new PostgreSQLContainer<>(name)
                .withUsername("postgres")
                .withPassword(RandomHex.of(16))
                .withDatabaseName("postgres")
                .withLabel(LABEL, run.expectContainer())
                .withTmpFs(Map.of("/var/lib/postgresql", "rw"))
                .withEnv("POSTGRES_INITDB_ARGS", "--no-sync")
                .withCommand(
                    "postgres -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
                        + " -c shared_buffers=32MB -c autovacuum=off -c max_connections="
                        + ThrowawayServer.sessions()
                        + " -c client_connection_check_interval=1s"
                        + " -c temp_file_limit=128MB");
        container.start();
        DatabaseSettings admin =
            new DatabaseSettings(
                container.getHost(),
                container.getMappedPort(PORT),
                "postgres",
                "postgres",
                container.getPassword());
        return new DockerServer(run, admin, image + " in Docker" + why);
      }
    } catch (IOException | RuntimeException e) {
      run.close();
      throw e;
    }
  }

  /**
   * Removes the containers that carry a run's label.
   *
   * @return whether none is left; false if no engine answers that could tell
   */
  static boolean removeContainersOf(String run) {
    Optional<DockerEngine> engine = DockerEngine.find();
    if (engine.isEmpty()) {
      return false;
    }
    try {
      engine.get().version();
      return Deadline.within(
          REMOVAL,
          () -> {
            DockerClient client = prepare();
            for (Container container :
                client
                    .listContainersCmd()
                    .withShowAll(true)
                    .withLabelFilter(Map.of(LABEL, run))
                    .exec()) {
              client
                  .removeContainerCmd(container.getId())
                  .withForce(true)
                  .withRemoveVolumes(true)
                  .exec();
            }
            return true;
          });
    } catch (EnvironmentException noAnswer) {
      return false;
    }
  }

  @Override
  public DatabaseSettings admin() {
    return admin;
  }

  @Override
  public boolean isOurs() {
    return true;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public void close() {
    run.close();
  }

  /** Waits for an image and tells how far it is. */
  private static final class Puller extends PullImageResultCallback {
    private final String image;
    private final Consumer<String> progress;
    private long reported = System.nanoTime();

    Puller(String image, Consumer<String> progress) {
      this.image = image;
      this.progress = progress;
    }

    @Override
    public void onNext(PullResponseItem item) {
      super.onNext(item);
      if (System.nanoTime() - reported > REPORT_NANOS && item.getStatus() != null) {
        reported = System.nanoTime();
        progress.accept("Pulling %s: %s".formatted(image, item.getStatus()));
      }
    }
  }
}
