package workbook.errors.mistakes;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import workbook.errors.reference.ReferenceTroubleshooter;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;

/** Exercise 2.1: which failure was it? */
final class DiagnoseMistakes {
  private DiagnoseMistakes() {}

  @Mistake(
      exercise = "2.1",
      violates = "Decide by all five characters of SQLException.getSQLState()",
      idea = "What keeps one from connecting has a state of class 08",
      because = """
          Class 08 is called "connection exception". But a wrong password is 28P01, a
          missing database 3D000, a full server 53300: the server could be reached, and said
          no.""",
      instead = "Look at the whole state, and know the classes 28, 3D, 42, 53, 55 and 57 too.",
      rejectedBy = "diagnoses_what_the_server_refuses",
      says = "SQLSTATE 28P01",
      earns = 1)
  static class ClassZeroEight extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      String state = failure.getSQLState();
      return state != null && state.startsWith("08") ? super.diagnose(failure) : Problem.OTHER;
    }
  }

  @Mistake(
      exercise = "2.1",
      violates = "Never decide by the message: servers speak many languages",
      idea = "The message says what it was",
      because = """
          In English it does. A server speaks the language that `lc_messages` names, and a database
          may be called anything, also `password authentication failed`.""",
      instead = "Decide by `getSQLState()`: it is the same in every language.",
      rejectedBy = "diagnoses_what_the_server_refuses",
      says = "Passwort-Authentifizierung",
      earns = 0)
  static class ReadsTheMessage extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      String message = failure.getMessage();
      if (message.contains("password authentication failed")) {
        return Problem.WRONG_PASSWORD;
      }
      if (message.contains("refused")) {
        return Problem.REFUSED;
      }
      if (message.contains("does not exist")) {
        return Problem.NO_SUCH_DATABASE;
      }
      return Problem.OTHER;
    }
  }

  @Mistake(
      exercise = "2.1",
      violates = "28000: the server does not let this user in, or not from here.",
      idea = "The first two characters are enough",
      because = """
          They are the class. Class 28 has two members, and their remedies differ: with 28P01 the
          password is wrong; with 28000 no password will help.""",
      instead = "Compare all five characters.",
      rejectedBy = "diagnoses_what_the_server_refuses",
      says = "SQLSTATE 28000",
      earns = 1)
  static class FirstTwoCharacters extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      String state = failure.getSQLState();
      return state != null && state.startsWith("28")
          ? Problem.WRONG_PASSWORD
          : super.diagnose(failure);
    }
  }

  @Mistake(
      exercise = "2.1",
      violates = "its state and its message may be null",
      idea = "Every `SQLException` has a state",
      because = "Drivers and pools make some without one, and a `switch` over `null` throws.",
      instead = "Treat `null` first: it is none of the listed problems.",
      rejectedBy = "diagnoses_nothing_into_other_failures",
      says = "which has no SQLSTATE (null)",
      earns = 4,
      detail = true)
  static class ForgetsNull extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      return switch (failure.getSQLState()) {
        case "28P01" -> Problem.WRONG_PASSWORD;
        default -> super.diagnose(failure);
      };
    }
  }

  @Mistake(
      exercise = "2.1",
      violates = "for 08001 only, by SQLException.getCause() and by the exception's class",
      idea = "08001 means that nothing listens there",
      because = """
          08001 is all that the driver can say when no server has spoken. Nobody listening, no such
          host, a server that hangs up: each has its own cause, and its own remedy.""",
      instead = "Look at `getCause()`: the operating system told the driver more.",
      rejectedBy = "diagnoses_why_nobody_answered",
      says = "SQLSTATE 08001",
      earns = 0)
  static class AlwaysRefused extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      return "08001".equals(failure.getSQLState()) ? Problem.REFUSED : super.diagnose(failure);
    }
  }

  @Mistake(
      exercise = "2.1",
      violates = "08001 caused by a java.net.ConnectException",
      idea = "Ask for `SocketException` first",
      because = """
          A `ConnectException` is a `SocketException`, too. If that is asked for first, the answer
          never gets to the special type.""",
      instead = "Ask for the special type before the general one, as with `catch`.",
      rejectedBy = "diagnoses_why_nobody_answered",
      says = "cause ConnectException",
      earns = 0)
  static class GeneralTypeFirst extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      return failure.getCause() instanceof SocketException
          ? Problem.BROKEN_OFF
          : super.diagnose(failure);
    }
  }

  @Mistake(
      exercise = "2.1",
      violates = "OTHER for a failure that is none of those listed",
      idea = "Whatever is not known is a broken connection",
      because = """
          A query that names a missing table has nothing to do with connections. A diagnosis that is
          always sure sends people to look at their network.""",
      instead = "Admit what you do not know: `OTHER`.",
      rejectedBy = "diagnoses_nothing_into_other_failures",
      says = "expected: OTHER",
      earns = 4,
      detail = true)
  static class NeverOther extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      Problem problem = super.diagnose(failure);
      return problem == Problem.OTHER ? Problem.BROKEN_OFF : problem;
    }
  }

  @Alternative(
      exercise = "2.1",
      idea = "A map from state to problem; the driver's own constants (`PSQLState`); causes by "
          + "`catch`.")
  static class WithAMap extends ReferenceTroubleshooter {
    private static final Map<String, Problem> PROBLEMS =
        Map.ofEntries(
            Map.entry(PSQLState.INVALID_PASSWORD.getState(), Problem.WRONG_PASSWORD),
            Map.entry("28000", Problem.NOT_ADMITTED),
            Map.entry(PSQLState.CONNECTION_REJECTED.getState(), Problem.REJECTED),
            Map.entry("3D000", Problem.NO_SUCH_DATABASE),
            Map.entry("42501", Problem.NO_PRIVILEGE),
            Map.entry("55000", Problem.DATABASE_CLOSED),
            Map.entry("53300", Problem.TOO_MANY_CONNECTIONS),
            Map.entry("57P03", Problem.NOT_READY),
            Map.entry(PSQLState.CONNECTION_FAILURE.getState(), Problem.BROKEN_OFF),
            Map.entry(PSQLState.PROTOCOL_VIOLATION.getState(), Problem.NOT_POSTGRESQL),
            Map.entry("99999", Problem.BAD_URL));

    @Override
    public Problem diagnose(SQLException failure) {
      if (PSQLState.CONNECTION_UNABLE_TO_CONNECT.getState().equals(failure.getSQLState())) {
        return unreachable(failure);
      }
      return Optional.ofNullable(failure.getSQLState()).map(PROBLEMS::get).orElse(Problem.OTHER);
    }

    private static Problem unreachable(SQLException failure) {
      try {
        if (failure.getCause() != null) {
          throw failure.getCause();
        }
        return failure instanceof PSQLException ? Problem.TIMED_OUT : Problem.NO_DRIVER;
      } catch (ConnectException e) {
        return Problem.REFUSED;
      } catch (UnknownHostException e) {
        return Problem.UNKNOWN_HOST;
      } catch (SocketTimeoutException e) {
        return Problem.TIMED_OUT;
      } catch (EOFException | SocketException e) {
        return Problem.BROKEN_OFF;
      } catch (Throwable e) {
        return Problem.OTHER;
      }
    }
  }
}
