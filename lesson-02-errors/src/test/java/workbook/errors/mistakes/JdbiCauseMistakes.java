package workbook.errors.mistakes;

import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import workbook.errors.reference.ReferenceTroubleshooter;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;

/** Exercise 2.4: which exceptions are unwrapped, and what else happens? */
final class JdbiCauseMistakes {
  private JdbiCauseMistakes() {}

  @Mistake(
      exercise = "2.4",
      violates = "throw the first one you meet",
      idea = "The deepest `SQLException` is the real one",
      because = "The first one you meet says what Jdbi asked for and did not get. One below it may "
          + "have another state.",
      instead = "Stop at the first.",
      rejectedBy = "brings_out_what_jdbi_wrapped",
      says = "what came out of Jdbi was",
      earns = 1)
  static class DeepestCause extends ReferenceTroubleshooter {
    @Override
    public <T> T withHandle(Jdbi jdbi, HandleCallback<T, SQLException> work) throws SQLException {
      try {
        return jdbi.withHandle(work);
      } catch (JdbiException e) {
        SQLException found = null;
        for (Throwable c = e; c != null; c = c.getCause()) {
          found = c instanceof SQLException failure ? failure : found;
        }
        if (found == null) {
          throw e;
        }
        throw found;
      }
    }
  }

  @Mistake(
      exercise = "2.4",
      violates = "There is no transaction around the work",
      idea = "`inTransaction` does the same, and is safer",
      because = "A statement that fails, and whose failure the work handles, makes the server "
          + "refuse the rest.",
      instead = "`withHandle`.",
      rejectedBy = "closes_the_handle",
      says = "as it does in a transaction that has failed",
      earns = 1)
  static class InTransaction extends ReferenceTroubleshooter {
    @Override
    public <T> T withHandle(Jdbi jdbi, HandleCallback<T, SQLException> work) throws SQLException {
      try {
        return jdbi.inTransaction(work);
      } catch (JdbiException e) {
        for (Throwable c = e.getCause(); c != null; c = c.getCause()) {
          if (c instanceof SQLException failure) {
            throw failure;
          }
        }
        throw e;
      }
    }
  }

  @Mistake(
      exercise = "2.4",
      violates = "When any org.jdbi.v3.core.JdbiException comes out",
      idea = "Connecting and executing are what can fail",
      because = "Reading a row, a commit, closing: each has its own exception.",
      instead = "Catch `JdbiException`.",
      rejectedBy = "brings_out_what_jdbi_wrapped",
      says = "what came out of Jdbi was",
      earns = 1)
  static class TwoTypes extends ReferenceTroubleshooter {
    @Override
    public <T> T withHandle(Jdbi jdbi, HandleCallback<T, SQLException> work) throws SQLException {
      try {
        return jdbi.withHandle(work);
      } catch (ConnectionException | UnableToExecuteStatementException e) {
        for (Throwable c = e.getCause(); c != null; c = c.getCause()) {
          if (c instanceof SQLException failure) {
            throw failure;
          }
        }
        throw e;
      }
    }
  }

  @Mistake(
      exercise = "2.4",
      violates = "Any other exception comes out unchanged, whatever its causes are",
      idea = "Search every exception for an `SQLException`",
      because = "An `IllegalStateException` of the work is the work's own message. Its cause is "
          + "not what it threw.",
      instead = "Catch `JdbiException`, and nothing wider.",
      rejectedBy = "brings_out_what_jdbi_wrapped",
      says = "caused by SQLException",
      earns = 1)
  static class AnyRuntimeException extends ReferenceTroubleshooter {
    @Override
    public <T> T withHandle(Jdbi jdbi, HandleCallback<T, SQLException> work) throws SQLException {
      try {
        return jdbi.withHandle(work);
      } catch (RuntimeException e) {
        for (Throwable c = e.getCause(); c != null; c = c.getCause()) {
          if (c instanceof SQLException failure) {
            throw failure;
          }
        }
        throw e;
      }
    }
  }

  @Mistake(
      exercise = "2.4",
      violates = "the very object that was thrown",
      idea = "An `SQLException` is searched, too",
      because = "What the work threw is the answer already.",
      instead = "Leave it alone: only `JdbiException`.",
      rejectedBy = "brings_out_what_jdbi_wrapped",
      says = "the work threw SQLException",
      earns = 1)
  static class UnwrapsSqlExceptions extends ReferenceTroubleshooter {
    @Override
    public <T> T withHandle(Jdbi jdbi, HandleCallback<T, SQLException> work) throws SQLException {
      try {
        return jdbi.withHandle(work);
      } catch (SQLException | JdbiException e) {
        for (Throwable c = e.getCause(); c != null; c = c.getCause()) {
          if (c instanceof SQLException failure) {
            throw failure;
          }
        }
        throw e;
      }
    }
  }

  @Mistake(
      exercise = "2.4",
      violates = "throw the first one you meet",
      idea = "A new `SQLException` with the same state",
      because = "Its message, its cause and what is attached to it are not the same.",
      instead = "Throw the object that you found.",
      rejectedBy = "brings_out_what_jdbi_wrapped",
      says = "a new one",
      earns = 1)
  static class CopiesTheFailure extends ReferenceTroubleshooter {
    @Override
    public <T> T withHandle(Jdbi jdbi, HandleCallback<T, SQLException> work) throws SQLException {
      try {
        return jdbi.withHandle(work);
      } catch (JdbiException e) {
        for (Throwable c = e.getCause(); c != null; c = c.getCause()) {
          if (c instanceof SQLException failure) {
            throw new SQLException(failure.getMessage(), failure.getSQLState(), e);
          }
        }
        throw e;
      }
    }
  }

  @Mistake(
      exercise = "2.4",
      violates = "So does a JdbiException without an SQLException among its causes.",
      idea = "The method throws `SQLException`, so everything becomes one",
      because = "Diagnosed, it is `OTHER`. A forgotten parameter is the program's mistake, not the "
          + "database's.",
      instead = "Throw what you caught.",
      rejectedBy = "brings_out_what_jdbi_wrapped",
      says = "without an SQLException among the causes",
      earns = 0)
  static class WrapsTheRest extends ReferenceTroubleshooter {
    @Override
    public <T> T withHandle(Jdbi jdbi, HandleCallback<T, SQLException> work) throws SQLException {
      try {
        return super.withHandle(jdbi, work);
      } catch (JdbiException e) {
        throw new SQLException(e);
      }
    }
  }

  @Mistake(
      exercise = "2.4",
      violates = "look for an SQLException among its causes",
      idea = "Suppressed exceptions are causes as well",
      because = "They came later, when something was closed.",
      instead = "`getCause()`, again and again.",
      rejectedBy = "brings_out_what_jdbi_wrapped",
      says = "the work threw ConnectionException, caused by IOException",
      earns = 1)
  static class LooksAtSuppressed extends ReferenceTroubleshooter {
    @Override
    public <T> T withHandle(Jdbi jdbi, HandleCallback<T, SQLException> work) throws SQLException {
      try {
        return super.withHandle(jdbi, work);
      } catch (JdbiException e) {
        for (Throwable suppressed : e.getSuppressed()) {
          if (suppressed instanceof SQLException failure) {
            throw failure;
          }
        }
        throw e;
      }
    }
  }

  @Mistake(
      exercise = "2.4",
      violates = "one connection is opened",
      idea = "Open once to see whether it works",
      because = "Two connections for one piece of work; and the second may fail although the first "
          + "did not.",
      instead = "`withHandle` alone.",
      rejectedBy = "closes_the_handle",
      says = "How often your method asked for a connection",
      earns = 0)
  static class TriesTheConnection extends ReferenceTroubleshooter {
    @Override
    public <T> T withHandle(Jdbi jdbi, HandleCallback<T, SQLException> work) throws SQLException {
      return super.withHandle(
          jdbi,
          handle -> {
            try (Handle test = jdbi.open()) {
              test.execute("SELECT 1");
              return work.withHandle(handle);
            }
          });
    }
  }

  @Mistake(
      exercise = "2.4",
      violates = "and the work is done once",
      idea = "A statement that fails is worth a second try",
      because = "What it wrote before it failed is written twice.",
      instead = "Hand the failure on.",
      rejectedBy = "brings_out_what_jdbi_wrapped",
      says = "How often your method asked for a connection",
      earns = 0)
  static class WorksTwice extends ReferenceTroubleshooter {
    @Override
    public <T> T withHandle(Jdbi jdbi, HandleCallback<T, SQLException> work) throws SQLException {
      try {
        return super.withHandle(jdbi, work);
      } catch (SQLException e) {
        return super.withHandle(jdbi, work);
      }
    }
  }

  @Mistake(
      exercise = "2.4",
      violates = "The handle is closed on every path",
      idea = "`handle.close()` at the end",
      because = "Work that throws never gets there.",
      instead = "`withHandle`, or `open()` in a `try (...)`.",
      rejectedBy = "closes_the_handle",
      says = "closed after the work had thrown",
      earns = 0)
  static class ClosesTheHandleOnSuccess extends ReferenceTroubleshooter {
    @Override
    public <T> T withHandle(Jdbi jdbi, HandleCallback<T, SQLException> work) throws SQLException {
      Handle handle = jdbi.open();
      T result = work.withHandle(handle);
      handle.close();
      return result;
    }
  }

  @Alternative(
      exercise = "2.4",
      idea = "`useHandle` with a variable for the result, and a stream of causes.")
  static class StreamOfCauses extends ReferenceTroubleshooter {
    @Override
    public <T> T withHandle(Jdbi jdbi, HandleCallback<T, SQLException> work) throws SQLException {
      AtomicReference<T> result = new AtomicReference<>();
      try {
        jdbi.useHandle(handle -> result.set(work.withHandle(handle)));
      } catch (JdbiException e) {
        Optional<SQLException> found =
            Stream.<Throwable>iterate(e, cause -> cause != null, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .findFirst();
        throw found.orElseThrow(() -> e);
      }
      return result.get();
    }
  }

  @Alternative(exercise = "2.4", idea = "A `catch` of `Exception` that sorts by `instanceof`.")
  static class CatchesEverything extends ReferenceTroubleshooter {
    @Override
    public <T> T withHandle(Jdbi jdbi, HandleCallback<T, SQLException> work) throws SQLException {
      try (Handle handle = jdbi.open()) {
        return work.withHandle(handle);
      } catch (Exception e) {
        Throwable cause = e;
        while (e instanceof JdbiException && cause != null) {
          if (cause instanceof SQLException failure) {
            throw failure;
          }
          cause = cause.getCause();
        }
        throw e;
      }
    }
  }
}
