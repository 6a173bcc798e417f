package workbook.queries;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.NoOpQueryExecutionListener;
import net.ttddyy.dsproxy.proxy.ParameterSetOperation;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;

/** Writes down each statement that is sent through a data source. */
final class StatementLog {
  private final List<String> sent =
      Collections.synchronizedList(new ArrayList<>());
  private final List<String> bound =
      Collections.synchronizedList(new ArrayList<>());
  private final List<Long> maxRows =
      Collections.synchronizedList(new ArrayList<>());
  private final DataSource dataSource;

  StatementLog(DataSource target) {
    this(target, sql -> {});
  }

  /**
   * @param before what to do before a statement is sent, such as a write of
   *     another session
   */
  StatementLog(DataSource target, Consumer<String> before) {
    dataSource =
        ProxyDataSourceBuilder.create(target)
            .listener(
                new NoOpQueryExecutionListener() {
                  @Override
                  public void beforeQuery(
                      ExecutionInfo execution, List<QueryInfo> queries) {
                    String sql = queries.isEmpty() ? "" : text(queries);
                    sent.add(sql);
                    queries.forEach(StatementLog.this::noteLimits);
                    before.accept(sql);
                  }
                })
            .beforeMethod(
                call -> {
                  if (RowLimits.isSetBy(call.getMethod().getName())) {
                    maxRows.add(((Number) call.getMethodArgs()[0]).longValue());
                  }
                })
            .build();
  }

  /** What to hand to the code that is watched. */
  DataSource dataSource() {
    return dataSource;
  }

  /** The SQL of each execution; a batch is one execution. */
  List<String> sent() {
    return List.copyOf(sent);
  }

  /** The SQL of each execution whose text has something in it. */
  List<String> sentWith(String text) {
    return sent().stream().filter(sql -> sql.contains(text)).toList();
  }

  /** Limits on a result that were asked for, beyond what the checks read. */
  List<String> limits() {
    List<String> all = new ArrayList<>(sent());
    all.addAll(List.copyOf(bound));
    return RowLimits.of(all, List.copyOf(maxRows));
  }

  private void noteLimits(QueryInfo query) {
    if (!RowLimits.isBound(query.getQuery())) {
      return;
    }
    for (List<ParameterSetOperation> set : query.getParametersList()) {
      Map<Integer, Object> values = new HashMap<>();
      for (ParameterSetOperation operation : set) {
        Object[] arguments = operation.getArgs();
        if (arguments.length > 1 && arguments[0] instanceof Integer number) {
          values.put(number, arguments[1]);
        }
      }
      bound.add(RowLimits.bound(query.getQuery(), values));
    }
  }

  private static String text(List<QueryInfo> queries) {
    return queries.get(0).getQuery().strip().replaceAll("\\s+", " ");
  }
}
