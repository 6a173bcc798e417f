package workbook.errors.mistakes;

import java.net.UnknownHostException;
import java.sql.SQLException;
import workbook.errors.reference.ReferenceTroubleshooter;
import workbook.grading.proofs.Mistake;

/** Exercise 2.1: is the whole state looked at? */
final class DiagnoseStateMistakes {
  private DiagnoseStateMistakes() {}

  @Mistake(
      exercise = "2.1",
      violates = "08004: no password was given, or SSL was asked for in vain.",
      idea = "A connection that is rejected has a wrong password",
      because = "It has none, or it asked for SSL. No other password helps.",
      instead = "08004 is a problem of its own.",
      rejectedBy = "diagnoses_what_the_server_refuses",
      says = "SQLSTATE 08004",
      earns = 2)
  static class RejectedIsThePassword extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      return "08004".equals(failure.getSQLState())
          ? Problem.WRONG_PASSWORD
          : super.diagnose(failure);
    }
  }

  @Mistake(
      exercise = "2.1",
      violates = "3D000: the server has no database of that name.",
      idea = "Class 3 is about names that are not there",
      because = "3F000 is a missing schema.",
      instead = "Compare all five characters.",
      rejectedBy = "diagnoses_nothing_into_other_failures",
      says = "exactly this state",
      earns = 4,
      detail = true)
  static class AllOfClass3 extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      return String.valueOf(failure.getSQLState()).startsWith("3")
          ? Problem.NO_SUCH_DATABASE
          : super.diagnose(failure);
    }
  }

  @Mistake(
      exercise = "2.1",
      violates = "42501: the user lacks the CONNECT privilege on the database.",
      idea = "Class 42 is about rights",
      because = "Its name is `Syntax Error or Access Rule Violation`: 42P01 is a missing table.",
      instead = "Compare all five characters.",
      rejectedBy = "diagnoses_nothing_into_other_failures",
      says = "exactly this state",
      earns = 4,
      detail = true)
  static class AllOfClass42 extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      return String.valueOf(failure.getSQLState()).startsWith("42")
          ? Problem.NO_PRIVILEGE
          : super.diagnose(failure);
    }
  }

  @Mistake(
      exercise = "2.1",
      violates = "55000: the database is closed to connections.",
      idea = "Class 55 means that something is closed",
      because = "55P03 is a lock that could not be had.",
      instead = "Compare all five characters.",
      rejectedBy = "diagnoses_nothing_into_other_failures",
      says = "exactly this state",
      earns = 4,
      detail = true)
  static class AllOfClass55 extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      return String.valueOf(failure.getSQLState()).startsWith("55")
          ? Problem.DATABASE_CLOSED
          : super.diagnose(failure);
    }
  }

  @Mistake(
      exercise = "2.1",
      violates = "53300: the server, the database or the user has too many.",
      idea = "Class 53 means that the server is full",
      because = "53100 is a full disk, 53200 a lack of memory.",
      instead = "Compare all five characters.",
      rejectedBy = "diagnoses_nothing_into_other_failures",
      says = "exactly this state",
      earns = 4,
      detail = true)
  static class AllOfClass53 extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      return String.valueOf(failure.getSQLState()).startsWith("53")
          ? Problem.TOO_MANY_CONNECTIONS
          : super.diagnose(failure);
    }
  }

  @Mistake(
      exercise = "2.1",
      violates = "57P03: the server is starting up or shutting down.",
      idea = "Class 57 means that an operator is at work",
      because = "57014 is a statement that was cancelled, 57P01 a connection that was ended.",
      instead = "Compare all five characters.",
      rejectedBy = "diagnoses_nothing_into_other_failures",
      says = "exactly this state",
      earns = 4,
      detail = true)
  static class AllOfClass57 extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      return String.valueOf(failure.getSQLState()).startsWith("57")
          ? Problem.NOT_READY
          : super.diagnose(failure);
    }
  }

  @Mistake(
      exercise = "2.1",
      violates = "08P01: what answers there does not speak PostgreSQL's protocol.",
      idea = "Class 08 without a cause is a broken connection",
      because = "The connection is fine. A web server is at its other end.",
      instead = "08P01 is a problem of its own.",
      rejectedBy = "diagnoses_what_the_server_refuses",
      says = "SQLSTATE 08P01",
      earns = 1)
  static class ProtocolErrorIsABreak extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      return "08P01".equals(failure.getSQLState()) ? Problem.BROKEN_OFF : super.diagnose(failure);
    }
  }

  @Mistake(
      exercise = "2.1",
      violates = "99999: the driver cannot make sense of the URL.",
      idea = "A URL that cannot be read has no driver",
      because = "It has one: the driver knows the beginning and cannot read the rest.",
      instead = "99999 is a problem of its own.",
      rejectedBy = "diagnoses_what_the_server_refuses",
      says = "SQLSTATE 99999",
      earns = 1)
  static class BadUrlIsNoDriver extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      return "99999".equals(failure.getSQLState()) ? Problem.NO_DRIVER : super.diagnose(failure);
    }
  }

  @Mistake(
      exercise = "2.1",
      violates = "08001 caused by a java.net.UnknownHostException.",
      idea = "Where no host is, nothing listens",
      because = "True, and it does not help: the host has to be corrected, not the port.",
      instead = "Look at the class of the cause.",
      rejectedBy = "diagnoses_what_the_server_refuses",
      says = "cause UnknownHostException",
      earns = 0)
  static class UnknownHostIsRefused extends ReferenceTroubleshooter {
    @Override
    public Problem diagnose(SQLException failure) {
      return failure.getCause() instanceof UnknownHostException
          ? Problem.REFUSED
          : super.diagnose(failure);
    }
  }
}
