package workbook.errors.mistakes;

import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import workbook.errors.reference.ReferenceTroubleshooter;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;

/** Exercise 2.4: how deep, which exception, and what of the transaction? */
final class JdbiRuleMistakes {
  private JdbiRuleMistakes() {}

  @Mistake(
      exercise = "2.4",
      violates = "Where the work has left a transaction open, it is not committed.",
      idea = "Commit what the work left open",
      because = "The work has not committed it, and Jdbi would have said so.",
      instead = "Leave transactions to the work.",
      rejectedBy = "closes_the_handle",
      says = "left it open",
      earns = 1)
  static class CommitsWhatIsOpen extends ReferenceTroubleshooter {
    @Override
    public <T> T withHandle(Jdbi jdbi, HandleCallback<T, SQLException> work) throws SQLException {
      return super.withHandle(
          jdbi,
          handle -> {
            T result = work.withHandle(handle);
            if (handle.isInTransaction()) {
              handle.commit();
            }
            return result;
          });
    }
  }

  @Mistake(
      exercise = "2.4",
      violates = "its cause's cause and so on",
      idea = "Three levels are enough",
      because = "Every layer between the driver and Jdbi adds one: a pool, a proxy, a plugin.",
      instead = "Go on until there is no cause.",
      rejectedBy = "brings_out_what_jdbi_wrapped",
      says = "what came out of Jdbi was",
      earns = 1)
  static class ThreeLevels extends ReferenceTroubleshooter {
    @Override
    public <T> T withHandle(Jdbi jdbi, HandleCallback<T, SQLException> work) throws SQLException {
      try {
        return jdbi.withHandle(work);
      } catch (JdbiException e) {
        Throwable cause = e.getCause();
        for (int level = 1; level <= 3 && cause != null; level++, cause = cause.getCause()) {
          if (cause instanceof SQLException failure) {
            throw failure;
          }
        }
        throw e;
      }
    }
  }

  @Mistake(
      exercise = "2.4",
      violates = "Next exceptions and suppressed ones are no causes.",
      idea = "The next exception knows more",
      because = "After a batch it does. But the caller can ask for it, and here loses the first "
          + "one.",
      instead = "Throw the one that is a cause.",
      rejectedBy = "brings_out_what_jdbi_wrapped",
      says = "what came out of Jdbi was",
      earns = 1)
  static class PrefersTheNext extends ReferenceTroubleshooter {
    @Override
    public <T> T withHandle(Jdbi jdbi, HandleCallback<T, SQLException> work) throws SQLException {
      try {
        return jdbi.withHandle(work);
      } catch (JdbiException e) {
        for (Throwable c = e.getCause(); c != null; c = c.getCause()) {
          if (c instanceof SQLException failure) {
            throw failure.getNextException() == null ? failure : failure.getNextException();
          }
        }
        throw e;
      }
    }
  }

  @Mistake(
      exercise = "2.4",
      violates = "the first failure comes out, and not a failure to close after it",
      idea = "Close the handle in `finally`",
      because = "What closing throws takes the place of what the work threw.",
      instead = "try-with-resources, or `jdbi.withHandle`.",
      rejectedBy = "brings_out_what_jdbi_wrapped",
      says = "and then closing threw",
      earns = 1)
  static class PlainFinally extends ReferenceTroubleshooter {
    @Override
    public <T> T withHandle(Jdbi jdbi, HandleCallback<T, SQLException> work) throws SQLException {
      return unwrapped(
          () -> {
            Handle handle = jdbi.open();
            try {
              return work.withHandle(handle);
            } finally {
              handle.close();
            }
          });
    }
  }

  @Mistake(
      exercise = "2.4",
      violates = "When any JdbiException comes out",
      idea = "Catch what opening and the work throw",
      because = "Jdbi wraps the failure to close, too.",
      instead = "One `try` around all of it.",
      rejectedBy = "brings_out_what_jdbi_wrapped",
      says = "a CloseException",
      earns = 1)
  static class ClosesOutside extends ReferenceTroubleshooter {
    @Override
    public <T> T withHandle(Jdbi jdbi, HandleCallback<T, SQLException> work) throws SQLException {
      try (Handle handle = unwrapped(jdbi::open)) {
        return unwrapped(() -> work.withHandle(handle));
      }
    }
  }

  @Alternative(
      exercise = "2.4",
      idea = "`open()` in try-with-resources.")
  static class OpensInTry extends ReferenceTroubleshooter {
    @Override
    public <T> T withHandle(Jdbi jdbi, HandleCallback<T, SQLException> work) throws SQLException {
      return unwrapped(
          () -> {
            try (Handle handle = jdbi.open()) {
              return work.withHandle(handle);
            }
          });
    }
  }

  private static <T> T unwrapped(Step<T> step) throws SQLException {
    try {
      return step.take();
    } catch (JdbiException e) {
      Throwable cause = e.getCause();
      while (cause != null && !(cause instanceof SQLException)) {
        cause = cause.getCause();
      }
      if (cause != null) {
        throw (SQLException) cause;
      }
      throw e;
    }
  }

  /** A part of the answer. */
  private interface Step<T> {
    T take() throws SQLException;
  }
}
