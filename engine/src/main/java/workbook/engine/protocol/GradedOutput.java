package workbook.engine.protocol;

/**
 * A line that a graded process writes, as JSON: an event or a call.
 *
 * @param seal proves that the grader wrote it, and not the answer
 * @param number counts the lines, from 1
 */
public record GradedOutput(String seal, int number, WorkerEvent event, HostCall call) {}
