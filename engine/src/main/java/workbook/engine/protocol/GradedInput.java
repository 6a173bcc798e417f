package workbook.engine.protocol;

/**
 * A line that a graded process reads, as JSON; a null field says nothing.
 *
 * @param seal what each line of the process's own has to carry; comes first, before any answer runs
 * @param socket the Unix socket that leads to the database server, where there is no network
 * @param port the port of this machine that leads there
 * @param request what to run
 * @param reply the answer to a call
 */
public record GradedInput(
    String seal, String socket, int port, WorkerRequest request, HostReply reply) {

  public static GradedInput start(String seal, String socket, int port) {
    return new GradedInput(seal, socket, port, null, null);
  }

  public static GradedInput of(WorkerRequest request) {
    return new GradedInput(null, null, 0, request, null);
  }

  public static GradedInput of(HostReply reply) {
    return new GradedInput(null, null, 0, null, reply);
  }
}
