package workbook.support.database;

/** A server for one run, in a container. */
final class DockerServer {
  private DockerServer() {}

  static boolean removeContainersOf(String run) {
    return run.isEmpty();
  }
}
