package workbook.engine.protocol;

import java.util.List;

/**
 * A line that the command sends to a worker, as JSON; a null field says nothing.
 *
 * @param database the JDBC URL of the throwaway server, once it is known
 * @param folder the lesson's module
 * @param testClass the name of the class that runs the checks on an answer
 * @param checks the names of the checks to run; null if another request will name them
 */
public record WorkerRequest(String database, String folder, String testClass, List<String> checks) {

  /** Tells the worker where the throwaway server is. */
  public static WorkerRequest database(String url) {
    return new WorkerRequest(url, null, null, null);
  }

  /** Has the worker compile an answer, for the request to check it that comes next. */
  public static WorkerRequest compile(String folder, String testClass) {
    return new WorkerRequest(null, folder, testClass, null);
  }

  /** Asks the worker to compile an answer, unless it has just been asked to, and to check it. */
  public static WorkerRequest check(String folder, String testClass, List<String> checks) {
    return new WorkerRequest(null, folder, testClass, checks);
  }
}
