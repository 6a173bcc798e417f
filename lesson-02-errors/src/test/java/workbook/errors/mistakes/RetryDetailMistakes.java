package workbook.errors.mistakes;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.Iterator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import workbook.errors.Troubleshooter.Problem;
import workbook.errors.reference.ReferenceTroubleshooter;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;

/** Exercise 2.6: which pauses, which failures, and which one comes out? */
final class RetryDetailMistakes {
  private RetryDetailMistakes() {}

  @Mistake(
      exercise = "2.6",
      violates = "then twice as long each time, however many there are",
      idea = "No pause is longer than a second",
      because = "A common choice, and not the contract's: it has no upper limit.",
      instead = "Double it each time.",
      rejectedBy = "tries_again_only_where_it_may_help",
      says = "the pauses, in milliseconds",
      earns = 2)
  static class CappedPause extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      for (int attempt = 1; ; attempt++) {
        try {
          return source.getConnection();
        } catch (SQLException e) {
          if (attempt == attempts || !(mayPass(diagnose(e)))) {
            throw e;
          }
        }
        pause.pause(Duration.ofMillis(Math.min(1000, 100L << (attempt - 1))));
      }
    }
  }

  @Mistake(
      exercise = "2.6",
      violates = "then twice as long each time, however many there are",
      idea = "`100 << attempt` in an `int`",
      because = "After 24 doublings it is negative.",
      instead = "`Duration`, or `long`.",
      rejectedBy = "tries_again_only_where_it_may_help",
      says = "the pauses, in milliseconds",
      earns = 2)
  static class IntPause extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      for (int attempt = 1; ; attempt++) {
        try {
          return source.getConnection();
        } catch (SQLException e) {
          if (attempt == attempts || !(mayPass(diagnose(e)))) {
            throw e;
          }
        }
        pause.pause(Duration.ofMillis(100 << (attempt - 1)));
      }
    }
  }

  @Mistake(
      exercise = "2.6",
      violates = "With 4 attempts that all fail, the pauses are 100, 200 and 400 milliseconds.",
      idea = "100, 200, 300: it grows",
      because = "By the same step each time. Doubling takes the pressure off sooner.",
      instead = "Twice as long as the pause before.",
      rejectedBy = "tries_again_only_where_it_may_help",
      says = "the pauses, in milliseconds",
      earns = 2)
  static class SlowGrowth extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      for (int attempt = 1; ; attempt++) {
        try {
          return source.getConnection();
        } catch (SQLException e) {
          if (attempt == attempts || !(mayPass(diagnose(e)))) {
            throw e;
          }
        }
        pause.pause(Duration.ofMillis(100L * attempt));
      }
    }
  }

  @Mistake(
      exercise = "2.6",
      violates = "the failure of the last attempt",
      idea = "The first failure is the real one",
      because = "The server was starting up then. What it says now is what helps.",
      instead = "Throw what the last attempt threw.",
      rejectedBy = "tries_again_only_where_it_may_help",
      says = "Which failure comes out?",
      earns = 2)
  static class FirstFailure extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      SQLException first = null;
      for (int attempt = 1; attempt <= attempts; attempt++) {
        if (attempt > 1) {
          pause.pause(Duration.ofMillis(100L << (attempt - 2)));
        }
        try {
          return source.getConnection();
        } catch (SQLException e) {
          if (!mayPass(diagnose(e))) {
            throw e;
          }
          first = first == null ? e : first;
        }
      }
      throw first;
    }
  }

  @Mistake(
      exercise = "2.6",
      violates = "the very object that was thrown",
      idea = "`Gave up after 4 attempts` is a better message",
      because = "The state and the cause are one level deeper now, and 2.1 does not look there.",
      instead = "Throw what you caught.",
      rejectedBy = "tries_again_only_where_it_may_help",
      says = "Which failure comes out?",
      earns = 2)
  static class WrapsTheLast extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      for (int attempt = 1; ; attempt++) {
        try {
          return source.getConnection();
        } catch (SQLException e) {
          if (attempt == attempts || !(mayPass(diagnose(e)))) {
            throw new SQLException("Gave up after " + attempt + " attempts", e);
          }
        }
        pause.pause(Duration.ofMillis(100L << (attempt - 1)));
      }
    }
  }

  @Mistake(
      exercise = "2.6",
      violates = "Three problems may, as 2.1 diagnoses them",
      idea = "Classes 08 and 53 pass, and `SQLTransientException`",
      because = "An unknown host is of class 08, a full disk of class 53. pgjdbc never throws that "
          + "class.",
      instead = "Decide by 2.1, not by the class of the state.",
      rejectedBy = "tries_again_only_where_it_may_help",
      says = "can waiting help?",
      earns = 2)
  static class TransientClasses extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      for (int attempt = 1; ; attempt++) {
        try {
          return source.getConnection();
        } catch (SQLException e) {
          if (attempt == attempts || !(e instanceof SQLTransientException
              || String.valueOf(e.getSQLState()).matches("08...|53...|57P03"))) {
            throw e;
          }
        }
        pause.pause(Duration.ofMillis(100L << (attempt - 1)));
      }
    }
  }

  @Mistake(
      exercise = "2.6",
      violates = "also one that is no SQLException",
      idea = "`catch (Exception e)`: something went wrong",
      because = "A mistake in the program stays one.",
      instead = "Catch `SQLException`.",
      rejectedBy = "tries_again_only_where_it_may_help",
      says = "IllegalStateException",
      earns = 2)
  static class RetriesBugs extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      for (int attempt = 1; ; attempt++) {
        try {
          return source.getConnection();
        } catch (SQLException | RuntimeException e) {
          if (attempt == attempts || !(!(e instanceof SQLException f) || mayPass(diagnose(f)))) {
            throw e;
          }
        }
        pause.pause(Duration.ofMillis(100L << (attempt - 1)));
      }
    }
  }

  @Mistake(
      exercise = "2.6",
      violates = "and also after attempts that failed for one of the three",
      idea = "The first failure tells what kind of trouble it is",
      because = "The server comes up, and refuses the password: that will not pass.",
      instead = "Diagnose each failure.",
      rejectedBy = "tries_again_only_where_it_may_help",
      says = "can waiting help?",
      earns = 2)
  static class DecidesOnce extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      boolean again = true;
      for (int attempt = 1; ; attempt++) {
        try {
          return source.getConnection();
        } catch (SQLException e) {
          again = attempt == 1 ? mayPass(diagnose(e)) : again;
          if (attempt == attempts || !again) {
            throw e;
          }
        }
        pause.pause(Duration.ofMillis(100L << (attempt - 1)));
      }
    }
  }

  @Mistake(
      exercise = "2.6",
      violates = "Between two attempts there is one pause",
      idea = "Wait first, then try",
      because = "Most of the time the server is there, and everyone waits for nothing.",
      instead = "Try first.",
      rejectedBy = "tries_again_only_where_it_may_help",
      says = "the pauses, in milliseconds",
      earns = 1)
  static class PausesBeforehand extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      pause.pause(Duration.ofMillis(100));
      return super.connectWithRetry(source, attempts, pause);
    }
  }

  @Mistake(
      exercise = "2.6",
      violates = "call it to wait; do not sleep by yourself",
      idea = "`Thread.sleep` is how Java waits",
      because = "A test that has to wait for it takes as long as the pauses.",
      instead = "Call `pause.pause(...)`.",
      rejectedBy = "tries_again_only_where_it_may_help",
      says = "no pause was called",
      earns = 0)
  static class SleepsByItself extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      for (int attempt = 1; ; attempt++) {
        try {
          return source.getConnection();
        } catch (SQLException e) {
          if (attempt == attempts || !(mayPass(diagnose(e)))) {
            throw e;
          }
        }
        Thread.sleep(1L << (attempt - 1));
      }
    }
  }

  @Mistake(
      exercise = "2.6",
      violates = "InterruptedException if a pause was interrupted",
      idea = "An interrupt is one more reason to fail",
      because = "The caller has asked for an end, and is told that the server is starting up.",
      instead = "Declare `InterruptedException`, and let it out.",
      rejectedBy = "stops_when_interrupted",
      says = "expected: InterruptedException",
      earns = 4,
      detail = true)
  static class InterruptIsAFailure extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      try {
        return super.connectWithRetry(source, attempts, pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SQLException("Interrupted", "08001", e);
      }
    }
  }

  @Mistake(
      exercise = "2.6",
      violates = "REFUSED",
      idea = "A refusal is final",
      because = "While a server starts, nothing listens on its port yet.",
      instead = "`REFUSED` may pass.",
      rejectedBy = "tries_again_only_where_it_may_help",
      says = "can waiting help?",
      earns = 0)
  static class LooksOnce extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      for (int attempt = 1; ; attempt++) {
        try {
          return source.getConnection();
        } catch (SQLException e) {
          if (attempt == attempts || !(mayPass(diagnose(e)) && diagnose(e) != Problem.REFUSED)) {
            throw e;
          }
        }
        pause.pause(Duration.ofMillis(100L << (attempt - 1)));
      }
    }
  }

  @Alternative(exercise = "2.6", idea = "The pauses as an iterator, made before the first attempt.")
  static class StreamOfPauses extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      Iterator<Duration> waits =
          Stream.iterate(Duration.ofMillis(100), wait -> wait.plus(wait))
              .limit(attempts - 1)
              .iterator();
      while (true) {
        try {
          return source.getConnection();
        } catch (SQLException e) {
          if (!waits.hasNext() || !mayPass(diagnose(e))) {
            throw e;
          }
          pause.pause(waits.next());
        }
      }
    }
  }

  @Alternative(
      exercise = "2.6",
      idea = "All attempts but the last in a loop; the last one behind it, without a `catch`.")
  static class CountsDown extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      long millis = 100;
      for (int left = attempts; left > 1; left--) {
        try {
          return source.getConnection();
        } catch (SQLException e) {
          Problem problem = diagnose(e);
          if (problem != Problem.REFUSED
              && problem != Problem.NOT_READY
              && problem != Problem.TOO_MANY_CONNECTIONS) {
            throw e;
          }
        }
        pause.pause(Duration.ofMillis(millis));
        millis += millis;
      }
      return source.getConnection();
    }
  }

  private static boolean mayPass(Problem problem) {
    return switch (problem) {
      case REFUSED, TOO_MANY_CONNECTIONS, NOT_READY -> true;
      default -> false;
    };
  }
}
