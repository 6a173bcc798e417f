package workbook.engine.runner;

import workbook.engine.databases.DatabaseBroker;

/** Where a grading has its workers from, one at a time, each with the databases it may ask for. */
public interface WorkerSource {
  /** The worker that runs, or a new one. */
  WorkerProcess worker();

  /** What that worker may ask for. */
  DatabaseBroker broker();

  /** Ends that worker. */
  void discard();
}
