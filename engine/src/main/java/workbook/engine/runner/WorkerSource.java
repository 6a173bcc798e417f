package workbook.engine.runner;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workbook.engine.databases.DatabaseBroker;
import workbook.engine.protocol.WorkerRequest;

/** Where a grading has its workers from, one at a time, each with the databases it may ask for. */
public interface WorkerSource {
  /**
   * Variables that each worker's process has, by name: an answer that asks the process where a
   * contract says to ask what it is handed finds a wrong database here.
   */
  Map<String, String> DECOYS =
      Stream.of("PGHOST", "PGPORT", "PGDATABASE", "PGUSER", "PGPASSWORD")
          .collect(Collectors.toMap(name -> name, name -> "from System.getenv"));

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
