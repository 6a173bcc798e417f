package workbook.engine.protocol;

/**
 * The verdict on one check.
 *
 * @param name the check's name: its method
 * @param status the verdict
 * @param message the verdict in the learner's terms; null if passed
 * @param at the line of the answer that it came through, such as {@code MyConnector.java:41}; null
 *     if none is known
 * @param millis how long the check ran, in milliseconds
 * @param output what the answer printed meanwhile
 */
public record CheckResult(
    String name, Status status, String message, String at, long millis, String output) {}
