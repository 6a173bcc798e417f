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
      says = "Another exception came out",
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
}
