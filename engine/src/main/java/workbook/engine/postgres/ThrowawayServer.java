package workbook.engine.postgres;

import java.nio.file.Path;
import java.util.function.Consumer;
import workbook.engine.ProjectRoot;
import workbook.support.DatabaseSettings;
import workbook.support.EnvironmentException;

/** A PostgreSQL server that checks may use up; it is never a learner's own. */
public interface ThrowawayServer extends AutoCloseable {

  /** What says which server to use: a system property, or else an environment variable. */
  String PROPERTY = "workbook.database";

  /** See {@link #PROPERTY}. */
  String VARIABLE = "WORKBOOK_DATABASE";

  /** The system property that says how many sessions a server has to bear; 300 if it is not set. */
  String SESSIONS = "workbook.sessions";

  /** See {@link #SESSIONS}. */
  static int sessions() {
    return Integer.getInteger(SESSIONS, 300);
  }

  /** How to connect as a role that may create databases and roles. */
  DatabaseSettings admin();

  /** Whether the workbook started it, so that no other databases are on it. */
  boolean isOurs();

  /** What it is and, where it was chosen, why; one line. */
  String description();

  /** Stops the server and removes what it left on disk, if this program started it. */
  @Override
  void close();

  /** The source that the property, or else the variable, names; {@code auto} if neither does. */
  static String configured() {
    String variable = System.getenv().getOrDefault(VARIABLE, "");
    String configured = System.getProperty(PROPERTY, variable).strip();
    return configured.isEmpty() ? "auto" : configured;
  }

  /** What names the source: the property where it is set, else the variable. */
  static String setting() {
    return System.getProperty(PROPERTY) == null ? VARIABLE : PROPERTY;
  }

  /**
   * Whether {@code auto} can use a Docker engine; takes seconds, but starts no server.
   *
   * @return the engine's version
   * @throws EnvironmentException with the reason, if it cannot
   */
  static String dockerDiagnosis(DockerEngine engine, Path workFolder) {
    return ServerSources.diagnosis(engine, workFolder);
  }

  /** The image of servers in Docker. */
  static String dockerImage() {
    return DockerServer.image();
  }

  /**
   * Gets a server.
   *
   * @param source {@code auto}, {@code docker}, {@code embedded} or the JDBC URL of a server, with
   *     user and password
   * @param progress is told, in a line each, of steps that take long
   * @throws EnvironmentException if it cannot be had
   */
  static ThrowawayServer open(String source, Consumer<String> progress) {
    if (source.startsWith("jdbc:")) {
      return UrlServer.open(source);
    }
    return switch (source) {
      case "auto" -> ServerSources.auto(DockerEngine.find(), ProjectRoot.workFolder(), progress);
      case "docker" ->
          ServerSources.docker(DockerEngine.find(), ProjectRoot.workFolder(), progress);
      case "embedded" -> EmbeddedServer.open(ProjectRoot.workFolder(), "", progress);
      default ->
          throw new EnvironmentException(
              "%s=%s is no database source. Use auto, docker, embedded, or the JDBC URL of a server."
                  .formatted(setting(), UrlServer.withoutSecrets(source)));
    };
  }
}
