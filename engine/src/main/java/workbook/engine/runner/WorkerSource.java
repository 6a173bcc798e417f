package workbook.engine.runner;

import workbook.engine.databases.DatabaseBroker;
import workbook.engine.protocol.WorkerRequest;

/** Where a grading has its workers from, one at a time, each with the databases it may ask for. */
public interface WorkerSource {
  /** The worker that runs, or a new one. */
  WorkerProcess worker();

  /** What that worker may ask for. */
  DatabaseBroker broker();

  /** Ends that worker. */
  void discard();

  /**
   * That worker may soon be lost, as the one before it was.
   *
   * @param request has the next one compile the answer
   */
  default void expectLoss(WorkerRequest request) {}
}
