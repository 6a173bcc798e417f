package workbook.errors.mistakes;

import java.sql.SQLException;
import java.util.Locale;
import org.postgresql.util.PSQLException;
import workbook.errors.reference.ReferenceTroubleshooter;
import workbook.grading.proofs.Mistake;

/** Exercise 2.1: is it exactly this state, and this class? */
final class DiagnoseExactMistakes {
  private DiagnoseExactMistakes() {}

  @Mistake(
      exercise = "2.1",
      violates = "States are compared as they are",
      idea = "Upper and lower case are one",
      because = "A state in lower case is not one that PostgreSQL sends. It comes from something "
          + "else.",
      instead = "Compare with `equals`.",
      rejectedBy = "diagnoses_nothing_into_other_failures",
      says = "listed with exactly this state",
      earns = 4,
      detail = true)
  static class AnyCase extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      String state = failure.getSQLState();
      boolean isLower = state != null && !state.equals(state.toUpperCase(Locale.ROOT));
      return super.diagnose(
          isLower ? new SQLException("", state.toUpperCase(Locale.ROOT), null) : failure);
    }
  }

  @Mistake(
      exercise = "2.1",
      violates = "or 3D000 with a blank before or behind it, is none of those listed",
      idea = "Take blanks away first",
      because = "A state has five characters. With a blank it has six, and is another one.",
      instead = "Compare with `equals`.",
      rejectedBy = "diagnoses_nothing_into_other_failures",
      says = "listed with exactly this state",
      earns = 4,
      detail = true)
  static class TrimsTheState extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      String state = failure.getSQLState();
      boolean isPadded = state != null && !state.equals(state.strip());
      return super.diagnose(isPadded ? new SQLException("", state.strip(), null) : failure);
    }
  }

  @Mistake(
      exercise = "2.1",
      violates = "A subclass of PSQLException is a PSQLException, too.",
      idea = "`getClass() ==` for the driver's exception",
      because = "A library may extend the driver's class, as it may extend every other.",
      instead = "`instanceof`.",
      rejectedBy = "diagnoses_what_the_server_refuses",
      says = "class of the exception itself decides",
      earns = 2)
  static class ExactDriverClass extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      return "08001".equals(failure.getSQLState())
              && failure.getCause() == null
              && failure.getClass() != PSQLException.class
          ? Problem.NO_DRIVER
          : super.diagnose(failure);
    }
  }

  @Mistake(
      exercise = "2.1",
      violates = "with 08001 and no cause",
      idea = "The driver's exception may be the cause, too",
      because = "With a cause, the class of the cause decides, and this one is not listed.",
      instead = "Ask for the class of the failure, and only if there is no cause.",
      rejectedBy = "diagnoses_nothing_into_other_failures",
      says = "The diagnosis of",
      earns = 4,
      detail = true)
  static class DriverAsCause extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      return "08001".equals(failure.getSQLState()) && failure.getCause() instanceof PSQLException
          ? Problem.TIMED_OUT
          : super.diagnose(failure);
    }
  }

  @Mistake(
      exercise = "2.1",
      violates = "neither do SQLException.getNextException() and the suppressed exceptions",
      idea = "Without a cause, take what was suppressed",
      because = "It failed later, while something was closed.",
      instead = "`getCause()`, and nothing else.",
      rejectedBy = "diagnoses_what_the_server_refuses",
      says = "class of the exception itself decides",
      earns = 2)
  static class SuppressedAsCause extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      Throwable[] suppressed = failure.getSuppressed();
      return failure.getCause() == null && suppressed.length > 0
          ? super.diagnose(
              new SQLException(failure.getMessage(), failure.getSQLState(), suppressed[0]))
          : super.diagnose(failure);
    }
  }
}
