package workbook.errors;

import static workbook.errors.DiagnosisChecks.name;

import java.io.IOException;
import java.net.ConnectException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.CloseException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.mapper.MappingException;
import org.jdbi.v3.core.mapper.NoSuchMapperException;
import org.jdbi.v3.core.result.ResultSetException;
import org.jdbi.v3.core.result.UnableToProduceResultException;
import org.jdbi.v3.core.statement.UnableToCreateStatementException;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jdbi.v3.core.transaction.UnableToRestoreAutoCommitStateException;

/**
 * Exceptions as they come out of Jdbi, with and without an {@code SQLException}
 * in them.
 */
final class JdbiFailures {
  private static final List<Function<Exception, JdbiException>> TYPES =
      List.of(
          ConnectionException::new,
          cause -> new UnableToExecuteStatementException(cause, null),
          UnableToCreateStatementException::new,
          UnableToProduceResultException::new,
          cause -> new ResultSetException("no next row", cause, null),
          MappingException::new,
          NoSuchMapperException::new,
          cause -> new TransactionException("no commit", cause),
          UnableToRestoreAutoCommitStateException::new,
          cause -> new CloseException("not closed", cause),
          PluginException::new);
  // From the SQLException that has to come out to the cause of Jdbi's
  // exception.
  private static final List<Function<SQLException, Exception>> PATHS =
      List.of(
          failure -> failure,
          failure ->
              new IllegalStateException("no connection in the pool", failure),
          failure -> new IOException(new LinkageError("no plugin", failure)),
          failure ->
              new MappingException("column 1",
                  new IllegalStateException(failure)),
          failure -> {
            Exception cause = failure;
            for (int depth = 1; depth <= 100; depth++) {
              cause = new IllegalStateException("layer " + depth, cause);
            }
            return cause;
          });

  private JdbiFailures() {}

  /**
   * Jdbi's exceptions, and the {@code SQLException} that has to come out of
   * each.
   */
  static List<Case> with() {
    List<Case> cases = new ArrayList<>();
    List<SQLException> failures = failures();
    for (int type = 0; type < TYPES.size(); type++) {
      for (int path = 0; path < PATHS.size(); path++) {
        SQLException failure = failures.get((type + path) % failures.size());
        cases.add(
            new Case(failure,
            TYPES.get(type).apply(PATHS.get(path).apply(failure))));
      }
    }
    return cases;
  }

  /** What has to come out as it is. */
  static List<Throwable> without() {
    SQLException below = new SQLException("below", "42P01");
    List<Throwable> thrown = new ArrayList<>();
    for (Function<Exception, JdbiException> type : TYPES) {
      thrown.add(type.apply(null));
      thrown.add(
          type.apply(new IOException("no file", new IllegalStateException())));
    }
    JdbiException suppressing = new ConnectionException(new IOException());
    suppressing.addSuppressed(below);
    thrown.add(suppressing);
    thrown.addAll(Thrown.notByJdbi());
    thrown.add(new IllegalStateException("the work failed"));
    thrown.add(new IllegalArgumentException(new ConnectionException(below)));
    thrown.add(new SQLException("the work failed", "23505", below));
    thrown.add(
        new SQLException("the work failed", "23505",
            new ConnectionException(below)));
    return thrown;
  }

  /** The classes of an exception and of its causes; many alike in one word. */
  static String told(Throwable thrown) {
    StringBuilder told = new StringBuilder(one(thrown));
    int alike = 0;
    for (Throwable at = thrown; at.getCause() != null; at = at.getCause()) {
      Throwable cause = at.getCause();
      boolean more = one(at).equals(one(cause));
      alike = more ? alike + 1 : 0;
      boolean last =
          cause.getCause() == null || !one(cause).equals(one(cause.getCause()));
      if (!more || last) {
        told.append(", caused by ")
            .append(alike > 1 ? alike + " more such" : one(cause));
      }
    }
    return told.toString();
  }

  private static String one(Throwable thrown) {
    return thrown instanceof SQLException failure
        ? name(thrown) + DiagnosisChecks.state(failure)
        : name(thrown);
  }

  private static List<SQLException> failures() {
    SQLException lower =
        new SQLException("refused", "08001", new ConnectException());
    SQLException upper =
        new SQLTimeoutException("no connection in time", "57014", lower);
    SQLException between =
        new BatchUpdateException(
            "the batch failed", "23505", new int[0],
                new IllegalStateException(lower));
    lower.setNextException(new SQLException("a next one", "23503"));
    upper.setNextException(new SQLException("a next one", "23503"));
    between.setNextException(new SQLException("a next one", "23503"));
    return List.of(
        new SQLException("refused", "28P01"), lower, upper, between,
        new SQLException("without a state", lower),
        new SQLException((String) null));
  }

  /** What came out of Jdbi, and what has to come out of the answer. */
  record Case(SQLException expected, JdbiException thrown) {}

  /** A plugin's own kind of {@code JdbiException}. */
  private static final class PluginException extends JdbiException {
    private static final long serialVersionUID = 1;

    private PluginException(Throwable cause) {
      super("a plugin failed", cause);
    }
  }
}
