package workbook.engine.protocol;

import java.util.List;

/**
 * What the command asks a worker for.
 *
 * @param folder the lesson's module, whose answer is to be compiled; null if the class path has it
 * @param testClass the name of the class that runs the checks on an answer
 * @param checks the names of the checks to run; null if another request will name them
 * @param hurried those of them that have a short deadline
 */
public record WorkerRequest(
    String folder, String testClass, List<String> checks, List<String> hurried) {
  /** So many times its deadline may a check take that gets on, on a machine that is busy. */
  public static final int PATIENCE = 3;

  /** Has the worker compile an answer, for the request to check it that comes next. */
  public static WorkerRequest compile(String folder, String testClass) {
    return new WorkerRequest(folder, testClass, null, null);
  }

  /** Asks the worker to check an answer, and first to compile it unless that has just been done. */
  public static WorkerRequest check(
      String folder, String testClass, List<String> checks, List<String> hurried) {
    return new WorkerRequest(folder, testClass, checks, hurried);
  }
}
