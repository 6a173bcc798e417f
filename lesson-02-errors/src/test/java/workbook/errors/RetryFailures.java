package workbook.errors;

import java.io.EOFException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jdbi.v3.core.ConnectionException;
import workbook.errors.Troubleshooter.Problem;

/** What a source throws that is tried again, or not. */
final class RetryFailures {
  private RetryFailures() {}

  /** What is no SQLException, though one that may pass is among its causes. */
  static List<Throwable> wrapping() {
    List<Throwable> failures = new ArrayList<>();
    for (Throwable passing : passing(3)) {
      failures.add(new IllegalStateException("a bug", passing));
      failures.add(new RuntimeException(passing));
      failures.add(new CompletionException(passing));
      failures.add(new ConnectionException(passing));
      failures.add(new LinkageError("a bug", passing));
    }
    failures.add(new UncheckedIOException(new ConnectException("refused")));
    return failures;
  }

  /** Failures that may pass, of three kinds in turn, of several classes. */
  static List<Throwable> passing(int number) {
    List<Throwable> failures = new ArrayList<>();
    for (int one = 1; one <= number; one++) {
      int kind = 7 * one % FailureParts.TYPES.size();
      FailureParts.Type type = FailureParts.TYPES.get(kind);
      String message = "call " + one + " failed";
      failures.add(
          switch (one % 3) {
            case 1 -> type.make(message, "57P03", null);
            case 2 -> type.make(message, "53300", null);
            default -> type.make(message, "08001", new ConnectException());
          });
    }
    return failures;
  }

  /** The same, each with a next exception of that state. */
  static List<Throwable> chained(String next, List<Throwable> failures) {
    for (Throwable failure : failures) {
      if (failure instanceof SQLException first) {
        first.setNextException(new SQLException("next", next));
      }
    }
    return failures;
  }

  /** Each other problem, and what only sounds as if it passed. */
  static List<Throwable> lasting() {
    List<Throwable> failures = new ArrayList<>();
    FailureParts.STATES.forEach(
        (state, problem) -> {
          if (problem != Problem.TOO_MANY_CONNECTIONS
              && problem != Problem.NOT_READY) {
            failures.add(new SQLException("no", state));
            failures.add(new SQLTransientConnectionException("no", state));
          }
        });
    String[] others = {
      null, "08000", "08003", "53000", "53200", "53400", "57P01", "57014",
      "40001"
    };
    for (String state : others) {
      failures.add(new SQLException("no", state));
      failures.add(
          new SQLTransientException("no", state, new ConnectException()));
    }
    failures.add(new SQLException("no", "08001"));
    failures.add(new SQLException("no", "08001", new UnknownHostException()));
    failures.add(new SQLException("no", "08001", new SocketTimeoutException()));
    failures.add(new SQLException("no", "08001", new EOFException()));
    failures.add(new SQLException("no", "08001", new NoRouteToHostException()));
    for (String message : FailureParts.MESSAGES) {
      failures.add(new SQLException(message, "28P01"));
      failures.add(new SQLException(message, "08006"));
    }
    SQLException passing = new SQLException("passes", "57P03");
    failures.add(new SQLException("no", "42P01", passing));
    failures.add(new IllegalStateException("a bug"));
    return failures;
  }
}
