package workbook.grading;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import workbook.engine.Excerpt;
import workbook.engine.protocol.Status;
import workbook.grading.FreshDatabase.Session;
import workbook.grading.allowed.Refused;
import workbook.grading.messages.AssertionWords;
import workbook.grading.messages.FirstDifference;
import workbook.grading.messages.LibraryMessages;
import workbook.grading.messages.SqlStates;
import workbook.support.EnvironmentException;

/** Turns what a check ran into into words for the learner. */
final class Verdict {
  private static final int MOST_LINES = 40;
  private static final int LONGEST_LINE = 2_000;
  // Of a longer one, what is shown of either end.
  private static final int BEGINNING = 300;
  private static final int END = 100;
  private static final int MOST_CAUSES = 50;

  private static final String TOO_MANY = "53300";
  private static final Pattern OF_SERVER =
      Pattern.compile(
          "too many clients|slots are reserved|out of shared memory|No space left on device"
              + "|crash of another server process|in recovery mode");

  private final Class<?> checks;
  private final IntSupplier open;

  /**
   * @param checks the test class, whose package the answer shares
   * @param open counts the connections that are open now
   */
  Verdict(Class<?> checks, IntSupplier open) {
    this.checks = checks;
    this.open = open;
  }

  /**
   * @param certain whether the check has used the processor long enough to blame no busy machine
   */
  CheckFailure timedOut(CheckDeadline deadline, boolean certain, Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    StackTraceElement[] lines = learnersLines(stack);
    String where =
        lines.length == 0
            ? "."
            : ", in " + lines[0].getMethodName() + " at line " + lines[0].getLineNumber() + ".";
    String advice =
        Arrays.stream(stack).anyMatch(Verdict::waitsForServer)
            ? "It was waiting for a server: one that says nothing, or a statement that waits for a"
                + " lock that another session holds."
            : Arrays.stream(stack).anyMatch(Verdict::sleeps)
                ? "It was asleep in Thread.sleep. Look for a pause that is too long, or comes too"
                    + " often."
                : "Look for a loop that never ends, or a wait for something that never comes.";
    return new CheckFailure(
        certain,
        Status.TIMED_OUT,
        "Your code was still running " + deadline.inWords() + where + "\n" + advice,
        lines);
  }

  private static boolean waitsForServer(StackTraceElement line) {
    return line.getClassName().equals("sun.nio.ch.NioSocketImpl");
  }

  private static boolean sleeps(StackTraceElement line) {
    return line.getClassName().equals("java.lang.Thread") && line.getMethodName().equals("sleep");
  }

  CheckFailure notAllowed(Refused refused) {
    return new CheckFailure(Status.NOT_ALLOWED, refused.getMessage(), learnersLines(refused));
  }

  CheckFailure ended(Thread thread) {
    return new CheckFailure(
        Status.CRASHED,
        "Your code ended the whole Java process with System.exit."
            + "\nThrow an exception instead: the code that called yours decides what it means.",
        learnersLines(thread.getStackTrace()));
  }

  CheckFailure leaked(List<Session> sessions) {
    if (sessions.stream().anyMatch(Session::isOfAnotherPassword)) {
      return new CheckFailure(
          Status.FAILED,
          "Your code gave its role another password, which no exercise asks for."
              + "\nUse the connections of the DataSource, Jdbi or Handle that you are given.");
    }
    Map<String, Integer> lines = new LinkedHashMap<>();
    sessions.forEach(session -> lines.merge(line(session), 1, Integer::sum));
    String list =
        lines.entrySet().stream()
            .map(
                line ->
                    line.getKey()
                        + (line.getValue() == 1 ? "" : " (" + line.getValue() + " connections)"))
            .collect(Collectors.joining("\n"));
    long inTransaction = sessions.stream().filter(Session::inTransaction).count();
    boolean one = sessions.size() == 1;
    String subject =
        one ? "It was" : inTransaction + (inTransaction == 1 ? " of them was" : " of them were");
    return new CheckFailure(
        Status.FAILED,
        "Your code has ended, but the server still sees "
            + (one ? "1 open connection" : sessions.size() + " open connections")
            + ":\n"
            + list
            + "\n"
            + (inTransaction == 0 ? "" : subject + " left in the middle of a transaction. ")
            + "Close every Connection and Handle that you open, on every path:"
            + " try-with-resources does it. (The object that Jdbi.onDemand makes does it itself.)");
  }

  private static String line(Session session) {
    String application = session.application();
    String statement = session.query().strip();
    return "  - "
        + (application.isEmpty() ? "(no application name)" : application)
        + (session.state().isEmpty() ? "" : ", " + session.state())
        + (statement.isEmpty() ? "" : ", last statement: " + statement);
  }

  /** What cannot be read of an answer's exception, since its own methods throw. */
  CheckFailure unreadable(Throwable thrown) {
    return new CheckFailure(
        thrown instanceof VirtualMachineError ? Status.CRASHED : Status.FAILED,
        "Your code threw %s, and its message cannot be read.".formatted(name(thrown)));
  }

  // An answer's exception may be its own cause, or have a new one each time it is asked.
  private static List<Throwable> causes(Throwable thrown) {
    List<Throwable> causes = new ArrayList<>();
    Throwable cause = thrown;
    while (cause != null && causes.size() < MOST_CAUSES) {
      causes.add(cause);
      cause = cause.getCause();
    }
    return causes;
  }

  CheckFailure failed(Throwable thrown) {
    StackTraceElement[] lines = learnersLines(thrown);
    if (thrown instanceof EnvironmentException) {
      return new CheckFailure(Status.ENVIRONMENT, thrown.getMessage());
    }
    for (Throwable cause : causes(thrown)) {
      Optional<String> refused = Refused.atFirstUse(cause);
      if (refused.isPresent()) {
        return new CheckFailure(Status.NOT_ALLOWED, refused.get(), lines);
      }
      if (cause instanceof StackOverflowError) {
        return new CheckFailure(
            Status.CRASHED, "Your code called itself until the stack was full.", lines);
      }
      if (cause instanceof OutOfMemoryError) {
        return new CheckFailure(Status.CRASHED, "Your code used up all memory.", lines);
      }
      if (isServers(cause)) {
        return new CheckFailure(
            Status.ENVIRONMENT, "The server cannot go on: " + cause.getMessage());
      }
    }
    if (thrown instanceof AssertionError) {
      String message =
          cut(
              LibraryMessages.reworded(
                  AssertionWords.reworded(String.valueOf(thrown.getMessage()))));
      return new CheckFailure(
          Status.FAILED, message + FirstDifference.in(thrown) + sqlState(thrown), lines);
    }
    String message =
        thrown.getMessage() == null
            ? "."
            : ": " + cut(LibraryMessages.reworded(thrown.getMessage()));
    return new CheckFailure(
        Status.FAILED, "Your code threw " + name(thrown) + message + sqlState(thrown), lines);
  }

  // An anonymous class has no name of its own.
  private static String name(Throwable thrown) {
    Class<?> type = thrown.getClass();
    return type.isAnonymousClass() ? type.getSuperclass().getSimpleName() : type.getSimpleName();
  }

  // Others may have taken all of it, or broken it; an answer's own limit is its role's.
  private static boolean isServers(Throwable cause) {
    return cause instanceof SQLException e
        && String.valueOf(e.getSQLState()).matches("53[123]00|57P0[23]")
        && OF_SERVER.matcher(String.valueOf(e.getMessage())).find();
  }

  // A learner who expects a row and gets a whole table should not have to read that.
  private static String cut(String message) {
    List<String> lines = message.lines().toList();
    if (lines.size() <= MOST_LINES
        && lines.stream().allMatch(line -> line.length() <= LONGEST_LINE)) {
      return message;
    }
    String shown =
        lines.stream().limit(MOST_LINES).map(Verdict::cutLine).collect(Collectors.joining("\n"));
    return lines.size() <= MOST_LINES
        ? shown
        : shown + "\n... (%s lines in all)".formatted(lines.size());
  }

  private static String cutLine(String line) {
    int characters = line.codePointCount(0, line.length());
    return characters <= LONGEST_LINE
        ? line
        : "%s... (%s characters in all) ...%s"
            .formatted(
                Excerpt.of(line, BEGINNING),
                characters,
                line.substring(line.offsetByCodePoints(line.length(), -END)));
  }

  private String leftOpen() {
    int left = open.getAsInt();
    return left < 2
        ? ""
        : "\n%s connections have been opened and not closed. try-with-resources closes each."
            .formatted(left);
  }

  // What the server said last, and what it had said first: an aborted transaction has both.
  private String sqlState(Throwable thrown) {
    String text = String.valueOf(thrown.getMessage());
    Map<String, String> states = new LinkedHashMap<>();
    for (Throwable cause : causes(thrown)) {
      if (cause instanceof SQLException e && e.getSQLState() != null) {
        states.putIfAbsent(e.getSQLState(), String.valueOf(e.getMessage()));
      }
    }
    return states.entrySet().stream()
        .filter(state -> !text.contains("SQLSTATE " + state.getKey()))
        .map(
            state ->
                SqlStates.explain(state.getKey())
                    + (state.getKey().equals(TOO_MANY) ? leftOpen() : "")
                    // A library may keep what the driver said to itself.
                    + (text.contains(state.getValue())
                        ? ""
                        : "\nthe driver said: " + state.getValue()))
        .collect(Collectors.joining("\nbefore that, ", states.isEmpty() ? "" : "\n", ""))
        .stripTrailing();
  }

  private StackTraceElement[] learnersLines(Throwable thrown) {
    List<StackTraceElement> lines = new ArrayList<>();
    for (Throwable cause : causes(thrown)) {
      lines.addAll(0, Arrays.asList(learnersLines(cause.getStackTrace())));
    }
    return lines.toArray(StackTraceElement[]::new);
  }

  private StackTraceElement[] learnersLines(StackTraceElement... stack) {
    return Arrays.stream(stack).filter(this::isLearners).toArray(StackTraceElement[]::new);
  }

  private boolean isLearners(StackTraceElement line) {
    String file = String.valueOf(line.getFileName());
    return line.getLineNumber() > 0
        && line.getClassName().startsWith(checks.getPackageName() + ".")
        && !file.endsWith("Checks.java")
        && !file.endsWith("Test.java");
  }
}
