package workbook.errors.mistakes;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Map;
import workbook.errors.reference.ReferenceTroubleshooter;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;

/** Exercise 2.1: what only looks like the class, the cause or the message? */
final class DiagnoseLookalikeMistakes {
  private DiagnoseLookalikeMistakes() {}

  @Mistake(
      exercise = "2.1",
      violates = "itself is of that class, or of a subclass of it",
      idea = "Compare classes with `equals`",
      because = "A library may have an `UnknownHostException` of its own that extends the "
          + "known one.",
      instead = "`instanceof`.",
      rejectedBy = "diagnoses_what_the_server_refuses",
      says = "expected: UNKNOWN_HOST",
      earns = 2)
  static class ExactlyThisClass extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      Throwable cause = failure.getCause();
      return "08001".equals(failure.getSQLState())
              && cause instanceof UnknownHostException
              && !cause.getClass().equals(UnknownHostException.class)
          ? Problem.OTHER
          : super.diagnose(failure);
    }
  }

  @Mistake(
      exercise = "2.1",
      violates = "A class of another package that has the same simple name does not count",
      idea = "Compare simple names",
      because = "`java.rmi` has a `ConnectException`, too, and it is not this one.",
      instead = "`instanceof`.",
      rejectedBy = "diagnoses_nothing_into_other_failures",
      says = "cause java.rmi.",
      earns = 4,
      detail = true)
  static class BySimpleName extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      Throwable cause = failure.getCause();
      return "08001".equals(failure.getSQLState())
              && cause != null
              && cause.getClass().getSimpleName().equals("ConnectException")
          ? Problem.REFUSED
          : super.diagnose(failure);
    }
  }

  @Mistake(
      exercise = "2.1",
      violates = "Never decide by the message",
      idea = "Only `DriverManager` says \"No suitable driver\"",
      because = "A driver may say it, too, or a library that quotes another failure.",
      instead = "The class of the exception tells whether it is the driver's.",
      rejectedBy = "diagnoses_what_the_server_refuses",
      says = "expected: TIMED_OUT",
      earns = 2)
  static class NoSuitableDriver extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      String message = String.valueOf(failure.getMessage());
      return "08001".equals(failure.getSQLState())
              && failure.getCause() == null
              && message.startsWith("No suitable driver")
          ? Problem.NO_DRIVER
          : super.diagnose(failure);
    }
  }

  @Mistake(
      exercise = "2.1",
      violates = "Never decide by the message",
      idea = "Every exception that says \"timed out\" is a time-out",
      because = "The words are in the message of another failure, or in the name of a database.",
      instead = "The state, and for 08001 the cause.",
      rejectedBy = "diagnoses_what_the_server_refuses",
      says = "expected:",
      earns = 1)
  static class TimedOutByMessage extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      String message = String.valueOf(failure.getMessage());
      return message.endsWith("timed out.") ? Problem.TIMED_OUT : super.diagnose(failure);
    }
  }

  @Mistake(
      exercise = "2.1",
      violates = "and neither do SQLException.getNextException()",
      idea = "Without a cause, the next exception has one",
      because = "It is another failure. What it was caused by says nothing about this one.",
      instead = "Only `getCause()` of the failure itself.",
      rejectedBy = "diagnoses_what_the_server_refuses",
      says = "cause none",
      earns = 2)
  static class CauseOfTheNext extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      SQLException next = failure.getNextException();
      return failure.getCause() == null && next != null && next.getCause() != null
          ? super.diagnose(
              new SQLException(failure.getMessage(), failure.getSQLState(), next.getCause()))
          : super.diagnose(failure);
    }
  }

  @Mistake(
      exercise = "2.1",
      violates = "by the exception's class, as Problem says",
      idea = "An `SQLTimeoutException` is a time-out",
      because = "Its class says so, and the state says something else. 08001 without a cause "
          + "is `TIMED_OUT` for the driver's class only.",
      instead = "The state first.",
      rejectedBy = "diagnoses_what_the_server_refuses",
      says = "SQLTimeoutException",
      earns = 1)
  static class TimeoutByClass extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      return failure instanceof SQLTimeoutException ? Problem.TIMED_OUT : super.diagnose(failure);
    }
  }

  @Alternative(
      exercise = "2.1",
      idea = "A table of states, and a ladder of classes from narrow to broad.")
  static class ATable extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      Problem known =
          Map.of("28P01", Problem.WRONG_PASSWORD, "08006", Problem.BROKEN_OFF)
              .get(String.valueOf(failure.getSQLState()));
      return known != null
          ? known
          : "08001".equals(failure.getSQLState())
                  && ConnectException.class.isInstance(failure.getCause())
              ? Problem.REFUSED
              : super.diagnose(failure);
    }
  }
}
