package workbook.engine.protocol;

/**
 * A line that a worker reads, as JSON; of its fields one says something.
 *
 * @param start comes first, before any answer runs
 * @param request what to compile or to check
 * @param reply the answer to a call
 */
public record WorkerInput(WorkerStart start, WorkerRequest request, HostReply reply) {

  public static WorkerInput of(WorkerStart start) {
    return new WorkerInput(start, null, null);
  }

  public static WorkerInput of(WorkerRequest request) {
    return new WorkerInput(null, request, null);
  }

  public static WorkerInput of(HostReply reply) {
    return new WorkerInput(null, null, reply);
  }
}
