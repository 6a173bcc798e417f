package workbook.grading.proofs.mutants.sql;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.operators.arithmetic.Addition;
import net.sf.jsqlparser.expression.operators.arithmetic.Subtraction;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.conditional.OrExpression;
import net.sf.jsqlparser.expression.operators.relational.ComparisonOperator;
import net.sf.jsqlparser.expression.operators.relational.EqualsTo;
import net.sf.jsqlparser.expression.operators.relational.IsNullExpression;
import net.sf.jsqlparser.expression.operators.relational.LikeExpression;

/** Changes of a statement's conditions and values. */
final class SqlExpressions {
  private static final Set<String> AGGREGATES = Set.of("count", "sum", "min", "max", "avg");
  private static final Map<String, List<String>> COMPARISONS =
      Map.of(
          "=", List.of("<>"),
          "<>", List.of("="),
          "!=", List.of("="),
          ">", List.of(">=", "<"),
          ">=", List.of(">", "<="),
          "<", List.of("<=", ">"),
          "<=", List.of("<", ">="));

  private SqlExpressions() {}

  static boolean isAggregate(Expression expression) {
    if (!(expression instanceof Function function)) {
      return false;
    }
    return AGGREGATES.contains(function.getName().toLowerCase(java.util.Locale.ROOT))
        || function.getParameters() != null
            && function.getParameters().stream().anyMatch(SqlExpressions::isAggregate);
  }

  static Stream<String> aggregate(ParsedSql sql) {
    return sql.expressions(Function.class).stream()
        .filter(function -> AGGREGATES.contains(function.getName()))
        .flatMap(
            function -> otherAggregates(function).flatMap(other -> change(sql, function, other)));
  }

  private static Stream<String> otherAggregates(Function function) {
    String arguments = String.valueOf(function.getParameters());
    if (function.getName().equals("count")) {
      return arguments.equals("*")
          ? Stream.of("min(1)")
          : Stream.of("count(DISTINCT " + arguments + ")", "count(*)");
    }
    return AGGREGATES.stream()
        .sorted()
        .filter(name -> !name.equals(function.getName()))
        .map(name -> name + "(" + arguments + ")");
  }

  static Stream<String> relation(ParsedSql sql) {
    return sql.expressions(ComparisonOperator.class).stream()
        .flatMap(
            comparison ->
                COMPARISONS.getOrDefault(comparison.getStringExpression(), List.of()).stream()
                    .flatMap(other -> change(sql, comparison, with(comparison, other))));
  }

  static Stream<String> logic(ParsedSql sql) {
    return sql.expressions(BinaryExpression.class).stream()
        .filter(both -> both instanceof AndExpression || both instanceof OrExpression)
        .flatMap(
            both ->
                Stream.of(
                        with(both, both instanceof AndExpression ? "OR" : "AND"),
                        both.getLeftExpression().toString(),
                        both.getRightExpression().toString())
                    .flatMap(other -> change(sql, both, other)));
  }

  static Stream<String> like(ParsedSql sql) {
    return sql.expressions(LikeExpression.class).stream()
        .flatMap(
            like -> {
              String text = like.toString();
              String otherCase =
                  text.contains(" ILIKE ")
                      ? text.replace(" ILIKE ", " LIKE ")
                      : text.replace(" LIKE ", " ILIKE ");
              String noEscape = text.replaceFirst(" ESCAPE '.'$", "");
              return Stream.of(otherCase, noEscape, with(like, "="))
                  .flatMap(other -> change(sql, like, other));
            });
  }

  static Stream<String> nulls(ParsedSql sql) {
    Stream<String> isNull =
        sql.expressions(IsNullExpression.class).stream()
            .flatMap(
                test ->
                    change(
                        sql,
                        test,
                        test.getLeftExpression() + (test.isNot() ? " IS NULL" : " IS NOT NULL")));
    Stream<String> coalesce =
        sql.expressions(Function.class).stream()
            .filter(function -> function.getName().equals("coalesce"))
            .flatMap(function -> change(sql, function, function.getParameters().get(0).toString()));
    Stream<String> equal =
        texts(sql).flatMap(test -> change(sql, test, with(test, "IS NOT DISTINCT FROM")));
    return Stream.concat(isNull, Stream.concat(coalesce, equal));
  }

  static Stream<String> ignoredCase(ParsedSql sql) {
    return texts(sql)
        .flatMap(
            test ->
                change(
                    sql,
                    test,
                    "lower(%s) = lower(%s)"
                        .formatted(test.getLeftExpression(), test.getRightExpression())));
  }

  static Stream<String> arithmetic(ParsedSql sql) {
    return sql.expressions(BinaryExpression.class).stream()
        .filter(sum -> sum instanceof Addition || sum instanceof Subtraction)
        .flatMap(
            sum ->
                Stream.of(
                        with(sum, sum instanceof Addition ? "-" : "+"),
                        sum.getLeftExpression().toString())
                    .flatMap(other -> change(sql, sum, other)));
  }

  // An id is neither null nor spelt in letters.
  private static Stream<EqualsTo> texts(ParsedSql sql) {
    return sql.expressions(EqualsTo.class).stream()
        .filter(test -> !test.getLeftExpression().toString().matches("(\\w+\\.)?(\\w+_)?id"));
  }

  private static String with(BinaryExpression expression, String operator) {
    return expression.getLeftExpression() + " " + operator + " " + expression.getRightExpression();
  }

  private static Stream<String> change(ParsedSql sql, Expression part, String replacement) {
    return sql.replacing(part.toString(), replacement).stream();
  }
}
