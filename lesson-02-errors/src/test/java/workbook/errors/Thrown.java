package workbook.errors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;

/** What a data source or the work may throw, which has to come out as it is. */
final class Thrown {
  private static final List<String> MORE_STATES =
      Arrays.asList(
          null, "08001", "08003", "08007", "23505", "25P02", "40001", "40P01",
          "55P03", "57014", "57P01", "57P02", "58030", "XX000");

  private Thrown() {}

  /** Exceptions of many states, classes and causes, each of them new. */
  static List<Throwable> all() {
    List<Throwable> thrown = new ArrayList<>();
    List<String> states = new ArrayList<>(MORE_STATES);
    states.addAll(FailureParts.STATES.keySet());
    for (String state : states) {
      thrown.add(new SQLException("it failed", state));
      thrown.add(
          FailureParts.TYPES.get(thrown.size() % FailureParts.TYPES.size())
              .make("it failed", state, new ConnectException()));
      thrown.add(new IllegalStateException(new SQLException("no", state)));
      thrown.add(
          new SQLException("it failed", state,
              new IOException(new SQLException("below", "53300"))));
    }
    SQLException below = new SQLException("below", "53300");
    SQLException upper = new SQLException("it failed", "42P01", below);
    upper.setNextException(new SQLException("a next one", "40001"));
    SQLException suppressing = new SQLException((String) null);
    suppressing.addSuppressed(new SQLException("suppressed before"));
    thrown.addAll(
        List.of(
            upper,
            suppressing,
            new RuntimeException(below),
            new CompletionException(below),
            new CancellationException("it was cancelled"),
            new UndeclaredThrowableException(below),
            new UncheckedIOException(new IOException(below)),
            new ConnectionException(below),
            new LinkageError("it failed", below),
            new AssertionError("it failed", below),
            new StackOverflowError("it failed")));
    return thrown;
  }

  /** Those that do not come from Jdbi. */
  static List<Throwable> notByJdbi() {
    return all().stream()
        .filter(one -> !(one instanceof JdbiException))
        .toList();
  }
}
