package workbook.engine.runner;

import java.util.Set;
import workbook.engine.protocol.HostCall;
import workbook.engine.protocol.WorkerEvent;

/** What the command hears of a worker. */
public sealed interface WorkerMessage {
  /**
   * The worker reports something.
   *
   * @param givenBack the databases that it has given back since it last reported the end of a check
   */
  record Event(WorkerEvent event, Set<String> givenBack) implements WorkerMessage {
    Event(WorkerEvent event) {
      this(event, Set.of());
    }
  }

  /** The worker asks for something. */
  record Call(HostCall call) implements WorkerMessage {}

  /** A line that looks like the worker's, and is not. */
  record Forged(String line) implements WorkerMessage {}

  /** A line of the worker's was lost: something else wrote into it. */
  record Lost() implements WorkerMessage {}

  /** It has written more than anyone could read, and was ended. */
  record Flooded() implements WorkerMessage {}

  /** It has ended. */
  record Ended(int exitCode, String lastWords) implements WorkerMessage {}
}
