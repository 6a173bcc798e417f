package workbook.errors.mistakes;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.postgresql.util.PSQLException;
import workbook.errors.reference.ReferenceTroubleshooter;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;

/** Exercise 2.1: does the cause count, and which one? */
final class DiagnoseCauseMistakes {
  private DiagnoseCauseMistakes() {}

  @Mistake(
      exercise = "2.1",
      violates = "With every other state the cause makes no difference.",
      idea = "The cause says more than the state",
      because = "A connection that breaks later is 08006, and its cause may be a time-out: it is "
          + "still `BROKEN_OFF`. The cause counts for 08001 alone.",
      instead = "Look at the state first, and at the cause only where the state is 08001.",
      rejectedBy = "diagnoses_what_the_server_refuses",
      says = "Does this state need a look at the cause",
      earns = 1)
  static class CauseFirst extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      Throwable cause = failure.getCause();
      if (cause instanceof SocketTimeoutException) {
        return Problem.TIMED_OUT;
      }
      return cause instanceof ConnectException ? Problem.REFUSED : super.diagnose(failure);
    }
  }

  @Mistake(
      exercise = "2.1",
      violates = "The cause's own cause does not count",
      idea = "The root of all causes decides",
      because = "Where the refusal has a cause itself, the class that tells it is passed over.",
      instead = "`getCause()` once.",
      rejectedBy = "diagnoses_what_the_server_refuses",
      says = "which has the cause",
      earns = 1)
  static class RootCause extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      Throwable root = failure;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      boolean refused = root instanceof ConnectException;
      return "08001".equals(failure.getSQLState()) && root != failure && failure.getCause() != root
          ? refused ? Problem.REFUSED : Problem.OTHER
          : super.diagnose(failure);
    }
  }

  @Mistake(
      exercise = "2.1",
      violates = "Anything else, also a failure without a state.",
      idea = "A `ConnectException` somewhere among the causes",
      because = "A cause that is no network exception may have one below it, from an earlier "
          + "attempt.",
      instead = "Look at `getCause()` itself.",
      rejectedBy = "diagnoses_nothing_into_other_failures",
      says = "expected: OTHER",
      earns = 1)
  static class AnyDepth extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      for (Throwable c = failure.getCause(); c != null; c = c.getCause()) {
        if ("08001".equals(failure.getSQLState()) && c instanceof ConnectException) {
          return Problem.REFUSED;
        }
      }
      return super.diagnose(failure);
    }
  }

  @Mistake(
      exercise = "2.1",
      violates = "or of a subclass of it",
      idea = "`getClass() ==` is the strictest test",
      because = "Libraries throw subclasses of `ConnectException`. They are refusals, too.",
      instead = "`instanceof` is true of subclasses.",
      rejectedBy = "diagnoses_what_the_server_refuses",
      says = "a subclass of ConnectException",
      earns = 2)
  static class ExactClass extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      Throwable cause = failure.getCause();
      return "08001".equals(failure.getSQLState())
              && cause instanceof ConnectException
              && cause.getClass() != ConnectException.class
          ? Problem.BROKEN_OFF
          : super.diagnose(failure);
    }
  }

  @Mistake(
      exercise = "2.1",
      violates = "and neither do SQLException.getNextException() and the suppressed exceptions",
      idea = "The chain of `getNextException` belongs to the failure",
      because = "It holds further failures, of a batch for instance. What went wrong first is in "
          + "the exception itself.",
      instead = "Ask the failure that you were given, and no other.",
      rejectedBy = "diagnoses_what_the_server_refuses",
      says = "The diagnosis of",
      earns = 1)
  static class NextExceptions extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      SQLException last = failure;
      while (last.getNextException() != null) {
        last = last.getNextException();
      }
      return super.diagnose(last);
    }
  }

  @Mistake(
      exercise = "2.1",
      violates = "08001 caused by a java.net.SocketTimeoutException",
      idea = "`InterruptedIOException` means a time-out",
      because = "It is the superclass of `SocketTimeoutException`, and it also stands for a thread "
          + "that was interrupted.",
      instead = "Ask for the class that the contract names.",
      rejectedBy = "diagnoses_nothing_into_other_failures",
      says = "cause InterruptedIOException",
      earns = 4,
      detail = true)
  static class InterruptedIo extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      return "08001".equals(failure.getSQLState())
              && failure.getCause() instanceof InterruptedIOException
          ? Problem.TIMED_OUT
          : super.diagnose(failure);
    }
  }

  @Mistake(
      exercise = "2.1",
      violates = "08001 caused by an java.io.EOFException or by a java.net.SocketException",
      idea = "Every `IOException` is a broken connection",
      because = "A TLS handshake that fails is an `IOException`, and so is a missing key file. No "
          + "network broke.",
      instead = "Two classes are named. The rest is `OTHER`.",
      rejectedBy = "diagnoses_nothing_into_other_failures",
      says = "expected: OTHER",
      earns = 4,
      detail = true)
  static class EveryIoException extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      Problem problem = super.diagnose(failure);
      boolean io = failure.getCause() instanceof IOException;
      return "08001".equals(failure.getSQLState()) && problem == Problem.OTHER && io
          ? Problem.BROKEN_OFF
          : problem;
    }
  }

  @Mistake(
      exercise = "2.1",
      violates = "08001 without a cause, and no PSQLException.",
      idea = "08001 without a cause is a time-out",
      because = "It is one if the driver threw it. If no driver knows the URL, `DriverManager` "
          + "throws a plain `SQLException`.",
      instead = "Ask for the class of the exception, too.",
      rejectedBy = "diagnoses_why_nobody_answered",
      says = "expected: NO_DRIVER",
      earns = 1)
  static class NeverNoDriver extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      return "08001".equals(failure.getSQLState()) && failure.getCause() == null
          ? Problem.TIMED_OUT
          : super.diagnose(failure);
    }
  }

  @Mistake(
      exercise = "2.1",
      violates = "what a driver, or DriverManager, threw",
      idea = "Only a `PSQLException` can be diagnosed",
      because = "A pool, or `DriverManager`, throws exceptions of its own classes, with the same "
          + "states.",
      instead = "The state is in every `SQLException`.",
      rejectedBy = "diagnoses_what_the_server_refuses",
      says = "expected",
      earns = 1)
  static class OnlyTheDrivers extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      return failure instanceof PSQLException ? super.diagnose(failure) : Problem.OTHER;
    }
  }

  @Mistake(
      exercise = "2.1",
      violates = "28P01: the password is wrong, or there is no such user.",
      idea = "JDBC has a class for each kind of failure",
      because = "It has: `SQLInvalidAuthorizationSpecException`, for example. pgjdbc throws "
          + "`PSQLException` for everything.",
      instead = "Decide by the state.",
      rejectedBy = "diagnoses_what_the_server_refuses",
      says = "SQLSTATE 28P01",
      earns = 1)
  static class ByTheExceptionsClass extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      if (failure instanceof SQLInvalidAuthorizationSpecException) {
        return Problem.WRONG_PASSWORD;
      }
      Problem problem = super.diagnose(failure);
      return problem == Problem.WRONG_PASSWORD ? Problem.OTHER : problem;
    }
  }

  @Alternative(
      exercise = "2.1",
      idea = "A list of rules, each a condition and a problem; the first that holds.")
  static class Rules extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      return rules()
          .filter(rule -> failure.getSQLState() != null && rule.holds().test(failure))
          .map(Rule::problem)
          .findFirst()
          .orElse(Problem.OTHER);
    }

    private static Stream<Rule> rules() {
      return Stream.of(
          state("28P01", Problem.WRONG_PASSWORD),
          state("28000", Problem.NOT_ADMITTED),
          state("08004", Problem.REJECTED),
          state("3D000", Problem.NO_SUCH_DATABASE),
          state("42501", Problem.NO_PRIVILEGE),
          state("55000", Problem.DATABASE_CLOSED),
          state("53300", Problem.TOO_MANY_CONNECTIONS),
          state("57P03", Problem.NOT_READY),
          state("08006", Problem.BROKEN_OFF),
          state("08P01", Problem.NOT_POSTGRESQL),
          state("99999", Problem.BAD_URL),
          cause(ConnectException.class, Problem.REFUSED),
          cause(UnknownHostException.class, Problem.UNKNOWN_HOST),
          cause(SocketTimeoutException.class, Problem.TIMED_OUT),
          cause(EOFException.class, Problem.BROKEN_OFF),
          cause(SocketException.class, Problem.BROKEN_OFF),
          new Rule(e -> none(e) && e instanceof PSQLException, Problem.TIMED_OUT),
          new Rule(DiagnoseCauseMistakes::none, Problem.NO_DRIVER));
    }

    private static Rule state(String state, Problem problem) {
      return new Rule(e -> e.getSQLState().equals(state), problem);
    }

    private static Rule cause(Class<?> type, Problem problem) {
      return new Rule(
          e -> e.getSQLState().equals("08001") && type.isInstance(e.getCause()), problem);
    }

    private record Rule(Predicate<SQLException> holds, Problem problem) {}
  }

  @Alternative(
      exercise = "2.1",
      idea = "The states in one string, in the enum's order; the names of the cause's classes.")
  static class SwitchOnTheName extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      String state = failure.getSQLState();
      if (!"08001".equals(state)) {
        int at = ("28P01 28000 08004 3D000 42501 55000 53300 57P03").indexOf(state + "");
        if (state != null && state.length() == 5 && at % 6 == 0 && at >= 0) {
          return Problem.values()[at / 6];
        }
        if ("08P01".equals(state)) {
          return Problem.NOT_POSTGRESQL;
        }
        Problem rest = "99999".equals(state) ? Problem.BAD_URL : Problem.OTHER;
        return "08006".equals(state) ? Problem.BROKEN_OFF : rest;
      }
      return byCause(failure);
    }

    private static Problem byCause(SQLException failure) {
      if (failure.getCause() == null) {
        return failure instanceof PSQLException ? Problem.TIMED_OUT : Problem.NO_DRIVER;
      }
      for (Class<?> type = failure.getCause().getClass();
          type != null;
          type = type.getSuperclass()) {
        switch (type.getName()) {
          case "java.net.ConnectException":
            return Problem.REFUSED;
          case "java.net.UnknownHostException":
            return Problem.UNKNOWN_HOST;
          case "java.net.SocketTimeoutException":
            return Problem.TIMED_OUT;
          case "java.net.SocketException", "java.io.EOFException":
            return Problem.BROKEN_OFF;
          default:
            break;
        }
      }
      return Problem.OTHER;
    }
  }

  private static boolean none(SQLException failure) {
    return "08001".equals(failure.getSQLState()) && failure.getCause() == null;
  }
}
