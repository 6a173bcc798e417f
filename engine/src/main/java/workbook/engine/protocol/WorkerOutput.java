package workbook.engine.protocol;

/**
 * A line that a worker writes, as JSON: an event or a call.
 *
 * @param seal proves that the worker wrote it, and not the answer
 * @param number counts the lines, from 1
 */
public record WorkerOutput(String seal, int number, WorkerEvent event, HostCall call) {}
