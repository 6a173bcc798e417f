package workbook.queries;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.extension.ExtensionMethod;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import workbook.grading.jdbc.WatchedConnection;

/** Sees the connections of a SQL Object, and where its statements come from. */
final class DaoWatch {
  private static final Pattern VERB =
      Pattern.compile(
          "(?i)\\b(insert|select|delete|with|merge|values|table|call)\\s");

  private final List<Connection> opened = new ArrayList<>();
  private final List<String> elsewhere = new ArrayList<>();
  private final Set<String> annotated = new HashSet<>();
  private final Jdbi jdbi;

  DaoWatch(DataSource dataSource) {
    jdbi =
        Jdbi.create(
            () -> {
              Connection connection =
                  WatchedConnection.of(dataSource.getConnection(), this::call);
              opened.add(connection);
              return connection;
            });
    jdbi.setSqlLogger(
        new SqlLogger() {
          @Override
          public void logBeforeExecution(StatementContext context) {
            if (isAnnotated(context.getExtensionMethod())) {
              annotated.add(context.getParsedSql().getSql());
            }
          }
        });
  }

  // Also what Jdbi did not send, or another Jdbi than this one.
  private Object call(WatchedConnection.Call call) throws Throwable {
    boolean sends =
        call.target() instanceof Statement
            && call.method().startsWith("execute");
    if ((sends || call.method().equals("startCopy"))
        && !annotated.contains(call.sql())) {
      elsewhere.add(call.sql());
    }
    return call.proceed();
  }

  /** What to hand to the code that is watched. */
  Jdbi jdbi() {
    return jdbi;
  }

  /** Calls a method, for which one connection has to be opened, and closed. */
  <T> T call(String name, Supplier<T> action) {
    int before = opened.size();
    T result = explained(action);
    long open = opened.stream().filter(DaoWatch::isOpen).count();
    int more = opened.size() - before;
    assertThat(more + " opened, " + open + " of them still open")
        .as("Connections that the call of %s opened", name)
        .isEqualTo("1 opened, 0 of them still open");
    return result;
  }

  /** Demands that all statements came from annotations. */
  void assertAnnotated() {
    assertThat(elsewhere.stream().distinct().toList())
        .as("Statements that came from elsewhere than an annotation of your"
            + " interface's methods")
        .isEqualTo(List.of());
  }

  /** Says what it means when Jdbi knows no SQL for a method. */
  static <T> T explained(Supplier<T> action) {
    try {
      return action.get();
    } catch (IllegalStateException e) {
      String message = String.valueOf(e.getMessage());
      if (message.contains("has no registered extension handler")) {
        throw new AssertionError(
            ("Your interface has a method of BookDao without SQL. Override it"
                    + " there, with the annotation of its statement."
                    + "%nJdbi says: %s")
                .formatted(message),
            e);
      }
      throw e;
    }
  }

  private static boolean isAnnotated(ExtensionMethod method) {
    return method != null
        && Arrays.stream(method.getMethod().getAnnotations())
            .anyMatch(DaoWatch::hasSql);
  }

  // A text such as "<sql>" leaves the statement to whoever calls.
  private static boolean hasSql(Annotation annotation) {
    Class<?> type = annotation.annotationType();
    return type.getPackage().equals(SqlUpdate.class.getPackage())
        && type.getSimpleName().startsWith("Sql")
        && VERB.matcher(annotation.toString()).find();
  }

  private static boolean isOpen(Connection connection) {
    try {
      return !connection.isClosed();
    } catch (SQLException e) {
      throw new IllegalStateException("isClosed() has failed.", e);
    }
  }
}
