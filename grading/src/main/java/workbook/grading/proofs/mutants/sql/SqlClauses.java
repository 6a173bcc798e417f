package workbook.grading.proofs.mutants.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.Distinct;
import net.sf.jsqlparser.statement.select.Join;
import net.sf.jsqlparser.statement.select.Limit;
import net.sf.jsqlparser.statement.select.OrderByElement;
import net.sf.jsqlparser.statement.select.PlainSelect;

/** Changes of a statement's clauses. */
final class SqlClauses {
  private static final int[] ROUND_LIMITS = {100, 1_000};
  private static final Pattern FOR_UPDATE =
      Pattern.compile(" FOR (NO KEY )?UPDATE( NOWAIT| SKIP LOCKED)?");
  private static final Pattern COLUMN_LIST = Pattern.compile("(INSERT INTO \\w+ )\\(([^)]*)\\)");

  private SqlClauses() {}

  static Stream<String> distinct(ParsedSql sql) {
    return edited(
        sql, select -> select.setDistinct(select.getDistinct() == null ? new Distinct() : null));
  }

  static Stream<String> orderByDropped(ParsedSql sql) {
    return edited(sql, select -> select.setOrderByElements(null));
  }

  static Stream<String> orderKeyDropped(ParsedSql sql) {
    return each(
        sql,
        PlainSelect::getOrderByElements,
        (keys, number) -> {
          if (keys.size() > 1) {
            keys.remove(number.intValue());
          }
        });
  }

  static Stream<String> orderReversed(ParsedSql sql) {
    return each(
        sql,
        PlainSelect::getOrderByElements,
        (keys, number) -> {
          OrderByElement key = keys.get(number);
          key.setAscDescPresent(true);
          key.setAsc(!key.isAsc());
        });
  }

  static Stream<String> joinType(ParsedSql sql) {
    BiConsumer<List<Join>, Integer> left =
        (joins, number) -> {
          Join join = joins.get(number);
          join.setInner(false);
          join.setLeft(!join.isLeft());
        };
    BiConsumer<List<Join>, Integer> right =
        (joins, number) -> {
          Join join = joins.get(number);
          join.setInner(false);
          join.setLeft(false);
          join.setRight(true);
        };
    return Stream.concat(
        each(sql, PlainSelect::getJoins, left), each(sql, PlainSelect::getJoins, right));
  }

  static Stream<String> groupBy(ParsedSql sql) {
    if (sql.select().map(PlainSelect::getGroupBy).isEmpty()) {
      return Stream.empty();
    }
    // A number would be a column's position, and an id parts every group.
    return Stream.concat(
        edited(sql, select -> select.setGroupByElement(null)),
        edited(sql, select -> groups(select).add(new Column("id"))));
  }

  // The parser's own list has a raw type.
  @SuppressWarnings("unchecked")
  private static List<Expression> groups(PlainSelect select) {
    return (List<Expression>) select.getGroupBy().getGroupByExpressionList();
  }

  static Stream<String> havingDropped(ParsedSql sql) {
    return edited(sql, select -> select.setHaving(null));
  }

  static Stream<String> whereDropped(ParsedSql sql) {
    Expression where = sql.where();
    return where == null ? Stream.empty() : sql.replacing("WHERE " + where, "").stream();
  }

  static Stream<String> limit(ParsedSql sql) {
    return IntStream.of(ROUND_LIMITS)
        .boxed()
        .flatMap(
            count ->
                edited(
                    sql,
                    select -> {
                      // What aggregates everything has one row.
                      boolean oneRow =
                          select.getGroupBy() == null
                              && select.getSelectItems().stream()
                                  .anyMatch(
                                      item -> SqlExpressions.isAggregate(item.getExpression()));
                      if (!oneRow && select.getLimit() == null) {
                        select.setLimit(new Limit().withRowCount(new LongValue(count)));
                      }
                    }));
  }

  static Stream<String> forUpdateDropped(ParsedSql sql) {
    return Stream.of(FOR_UPDATE.matcher(sql.text()).replaceFirst(""));
  }

  static Stream<String> onConflict(ParsedSql sql) {
    if (sql.insert().filter(insert -> insert.getConflictAction() == null).isEmpty()) {
      return Stream.empty();
    }
    int returning = sql.text().indexOf(" RETURNING ");
    int end = returning < 0 ? sql.text().length() : returning;
    return Stream.of(
        sql.text().substring(0, end) + " ON CONFLICT DO NOTHING" + sql.text().substring(end));
  }

  static Stream<String> columns(ParsedSql sql) {
    Matcher insert = COLUMN_LIST.matcher(sql.text());
    if (!insert.find()) {
      return Stream.empty();
    }
    List<String> columns = List.of(insert.group(2).split(", "));
    return IntStream.range(1, columns.size())
        .mapToObj(
            number -> {
              List<String> exchanged = new ArrayList<>(columns);
              Collections.swap(exchanged, number - 1, number);
              return insert.replaceFirst(
                  Matcher.quoteReplacement(
                      insert.group(1) + "(" + String.join(", ", exchanged) + ")"));
            });
  }

  private static Stream<String> edited(ParsedSql sql, Consumer<PlainSelect> change) {
    return sql.select().stream().flatMap(select -> sql.withSelect(change).stream());
  }

  private static <T> Stream<String> each(
      ParsedSql sql, Function<PlainSelect, List<T>> list, BiConsumer<List<T>, Integer> change) {
    List<T> all = sql.select().map(list).orElse(null);
    return all == null
        ? Stream.empty()
        : IntStream.range(0, all.size())
            .boxed()
            .flatMap(number -> edited(sql, select -> change.accept(list.apply(select), number)));
  }
}
