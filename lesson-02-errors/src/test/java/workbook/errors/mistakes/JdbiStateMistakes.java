package workbook.errors.mistakes;

import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import workbook.errors.reference.ReferenceTroubleshooter;
import workbook.grading.proofs.Mistake;

/** Exercise 2.4: which of the causes, and which handle? */
final class JdbiStateMistakes {
  private JdbiStateMistakes() {}

  @Mistake(
      exercise = "2.4",
      violates = "throw the first one you meet, also if it has no state",
      idea = "Look for one that has a state",
      because = "2.1 has an answer to a failure without a state. The one below it is another "
          + "failure.",
      instead = "The first one.",
      rejectedBy = "brings_out_what_jdbi_wrapped",
      says = "The first failure has to come out",
      earns = 1)
  static class WithAState extends ReferenceTroubleshooter {
    @Override
    public <T> T withHandle(Jdbi jdbi, HandleCallback<T, SQLException> work) throws SQLException {
      try {
        return jdbi.withHandle(work);
      } catch (JdbiException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
          if (cause instanceof SQLException failure && failure.getSQLState() != null) {
            throw failure;
          }
        }
        throw e;
      }
    }
  }

  @Mistake(
      exercise = "2.4",
      violates = "jdbi where the handle comes from",
      idea = "Any handle on a connection will do",
      because = "It has none of the settings and plugins of the `Jdbi` that it was asked of.",
      instead = "`jdbi.withHandle`, or `jdbi.open()`.",
      rejectedBy = "closes_the_handle",
      says = "an attribute",
      earns = 1)
  static class AHandleOfItsOwn extends ReferenceTroubleshooter {
    @Override
    public <T> T withHandle(Jdbi jdbi, HandleCallback<T, SQLException> work) throws SQLException {
      return super.withHandle(
          jdbi,
          outer -> {
            try (Handle inner = Jdbi.open(outer.getConnection())) {
              return work.withHandle(inner);
            }
          });
    }
  }

  @Mistake(
      exercise = "2.4",
      violates = "jdbi where the handle comes from",
      idea = "One handle for each thread",
      because = "A call within the work gets the handle of another database.",
      instead = "Ask the `Jdbi` that was given.",
      rejectedBy = "closes_the_handle",
      says = "How often your method asked for a connection",
      earns = 1)
  static class OneForTheThread extends ReferenceTroubleshooter {
    private static final ThreadLocal<Handle> CURRENT = new ThreadLocal<>();

    @Override
    public <T> T withHandle(Jdbi jdbi, HandleCallback<T, SQLException> work) throws SQLException {
      Handle current = CURRENT.get();
      if (current != null) {
        return work.withHandle(current);
      }
      return super.withHandle(
          jdbi,
          handle -> {
            CURRENT.set(handle);
            try {
              return work.withHandle(handle);
            } finally {
              CURRENT.remove();
            }
          });
    }
  }

  @Mistake(
      exercise = "2.4",
      violates = "Where the work has left a transaction open, it is not committed.",
      idea = "Keep what was done before the failure",
      because = "The work has not said that it is complete. It threw an exception instead.",
      instead = "Leave the transaction alone.",
      rejectedBy = "brings_out_what_jdbi_wrapped",
      says = "before it threw",
      earns = 1)
  static class CommitsAfterAFailure extends ReferenceTroubleshooter {
    @Override
    public <T> T withHandle(Jdbi jdbi, HandleCallback<T, SQLException> work) throws SQLException {
      return super.withHandle(
          jdbi,
          handle -> {
            try {
              return work.withHandle(handle);
            } catch (SQLException | RuntimeException e) {
              if (handle.isInTransaction()) {
                handle.commit();
              }
              throw e;
            }
          });
    }
  }

  @Mistake(
      exercise = "2.4",
      violates = "Any other exception comes out unchanged, whatever its causes are",
      idea = "An SQLException without a state is only a wrapper",
      because = "The work threw it, and its caller waits for this one.",
      instead = "Look only into what Jdbi threw.",
      rejectedBy = "brings_out_what_jdbi_wrapped",
      says = "The first failure has to come out",
      earns = 1)
  static class LooksIntoOnesWithoutAState extends ReferenceTroubleshooter {
    @Override
    public <T> T withHandle(Jdbi jdbi, HandleCallback<T, SQLException> work) throws SQLException {
      try {
        return super.withHandle(jdbi, work);
      } catch (SQLException e) {
        if (e.getSQLState() == null) {
          for (Throwable c = e.getCause(); c != null; c = c.getCause()) {
            if (c instanceof SQLException below) {
              throw below;
            }
          }
        }
        throw e;
      }
    }
  }
}
