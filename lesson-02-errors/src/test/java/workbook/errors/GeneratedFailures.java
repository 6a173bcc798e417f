package workbook.errors;

import static workbook.errors.FailureParts.CAUSES;
import static workbook.errors.FailureParts.MESSAGES;
import static workbook.errors.FailureParts.STATES;
import static workbook.errors.FailureParts.TYPES;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.postgresql.util.PSQLException;
import workbook.errors.FailureParts.Type;
import workbook.errors.Troubleshooter.Problem;

/**
 * Failures to diagnose: every state with every cause, message and class, their
 * diagnosis chosen first.
 */
final class GeneratedFailures {
  private final Random random;
  private final List<Case> cases = new ArrayList<>();

  private GeneratedFailures(long seed) {
    random = random(seed);
  }

  /** Failures of the problems that are listed. */
  static List<Case> listed(long seed) {
    GeneratedFailures made = new GeneratedFailures(seed);
    STATES.forEach((state, problem) -> made.addEveryPart(problem, state));
    CAUSES.forEach(
        (problem, causes) -> {
          if (problem != Problem.OTHER) {
            made.addUnreachable(problem, causes);
          }
        });
    for (Type type : TYPES) {
      boolean ofTheDriver =
          type.make("", "08001", null) instanceof PSQLException;
      made.addWithoutCause(
          ofTheDriver ? Problem.TIMED_OUT : Problem.NO_DRIVER, type);
    }
    return made.cases;
  }

  /** Failures of no listed problem. */
  static List<Case> others(long seed) {
    GeneratedFailures made = new GeneratedFailures(seed);
    made.addEveryPart(Problem.OTHER, null);
    for (String state : FailureParts.unlisted()) {
      for (List<Supplier<Throwable>> causes : CAUSES.values()) {
        made.add(Problem.OTHER, made.pick(TYPES), state,
            made.pick(causes).get());
      }
      made.add(Problem.OTHER, made.pick(TYPES), state, null);
    }
    // The driver itself cannot have this one.
    made.add(Problem.OTHER, SQLException::new, "3D000\0", null);
    made.addUnreachable(Problem.OTHER, CAUSES.get(Problem.OTHER));
    return made.cases;
  }

  /** Numbers whose beginnings differ, also for seeds that hardly do. */
  static Random random(long seed) {
    return new Random(seed * 0x9E3779B97F4A7C15L);
  }

  private void addEveryPart(Problem expected, String state) {
    for (List<Supplier<Throwable>> causes : CAUSES.values()) {
      causes.forEach(cause -> add(expected, pick(TYPES), state, cause.get()));
    }
    for (Type type : TYPES) {
      add(expected, type, state, null);
      add(expected, type, state, anyCause());
    }
    for (String message : MESSAGES) {
      cases.add(new Case(expected, pick(TYPES).make(message, state, null)));
    }
  }

  private void addUnreachable(Problem expected,
      List<Supplier<Throwable>> causes) {
    for (Supplier<Throwable> cause : causes) {
      for (Type type : TYPES) {
        add(expected, type, "08001", cause.get());
      }
      // What is below the cause says something else each time.
      for (List<Supplier<Throwable>> deeper : CAUSES.values()) {
        for (Supplier<Throwable> below : deeper) {
          add(expected, pick(TYPES), "08001",
              withCause(cause.get(), below.get()));
        }
      }
    }
    for (String message : MESSAGES) {
      SQLException failure =
          pick(TYPES).make(message, "08001", pick(causes).get());
      cases.add(new Case(expected, failure));
    }
  }

  // Neither the message nor what is attached makes up for the cause.
  private void addWithoutCause(Problem expected, Type type) {
    for (String message : MESSAGES) {
      cases.add(new Case(expected, type.make(message, "08001", null)));
    }
    for (List<Supplier<Throwable>> causes : CAUSES.values()) {
      SQLException failure = type.make("no", "08001", null);
      failure.setNextException(
          new SQLException("the next one", "08001", pick(causes).get()));
      failure.addSuppressed(pick(causes).get());
      cases.add(new Case(expected, failure));
    }
    for (String state : STATES.keySet()) {
      SQLException failure = type.make("no", "08001", null);
      failure.setNextException(new SQLException("the next one", state));
      failure.addSuppressed(new SQLException("a suppressed one", state));
      cases.add(new Case(expected, failure));
    }
  }

  private void add(Problem expected, Type type, String state, Throwable cause) {
    SQLException failure = type.make(pick(MESSAGES), state, cause);
    if (random.nextInt(3) == 0) {
      String other = pick(List.copyOf(STATES.keySet()));
      failure.setNextException(
          new SQLException("the next one", other, anyCause()));
      failure.addSuppressed(anyCause());
    }
    cases.add(new Case(expected, failure));
  }

  private Throwable anyCause() {
    return pick(pick(List.copyOf(CAUSES.values()))).get();
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static Throwable withCause(Throwable thrown, Throwable cause) {
    try {
      return thrown.initCause(cause);
    } catch (IllegalStateException e) {
      return thrown; // its class has settled that it has none
    }
  }

  /** A failure, and what it has to be diagnosed as. */
  record Case(Problem expected, SQLException failure) {}
}
