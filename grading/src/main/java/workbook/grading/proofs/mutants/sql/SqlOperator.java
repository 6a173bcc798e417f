package workbook.grading.proofs.mutants.sql;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What people get wrong in SQL, as changes of a statement.
 *
 * <p>After Tuya, Suárez-Cabal and de la Riva, "Mutating database queries", Information and Software
 * Technology 49 (2007), with what they leave out: locks, conflicts, keys of tables.
 */
public enum SqlOperator {
  DISTINCT("DISTINCT added", SqlClauses::distinct),
  ORDER_BY_DROPPED("ORDER BY dropped", SqlClauses::orderByDropped),
  ORDER_KEY_DROPPED("a key of ORDER BY dropped", SqlClauses::orderKeyDropped),
  ORDER_REVERSED("a key of ORDER BY reversed", SqlClauses::orderReversed),
  JOIN_TYPE("another join", SqlClauses::joinType),
  GROUP_BY("GROUP BY changed", SqlClauses::groupBy),
  HAVING_DROPPED("HAVING dropped", SqlClauses::havingDropped),
  WHERE_DROPPED("WHERE dropped", SqlClauses::whereDropped),
  LIMIT("LIMIT added", SqlClauses::limit),
  FOR_UPDATE_DROPPED("FOR UPDATE dropped", SqlClauses::forUpdateDropped),
  ON_CONFLICT("ON CONFLICT DO NOTHING added", SqlClauses::onConflict),
  COLUMNS("columns exchanged", SqlClauses::columns),
  AGGREGATE("another aggregate", SqlExpressions::aggregate),
  RELATION("another comparison", SqlExpressions::relation),
  LOGIC("AND and OR exchanged, or one side dropped", SqlExpressions::logic),
  LIKE("LIKE changed", SqlExpressions::like),
  NULLS("NULL treated otherwise", SqlExpressions::nulls),
  CASE("letters' case ignored", SqlExpressions::ignoredCase),
  ARITHMETIC("another arithmetic operator", SqlExpressions::arithmetic),
  TABLE_RULE("a rule of a table dropped", SqlTables::rules);

  private final String description;
  private final Function<String, List<String>> mutants;

  SqlOperator(String description, Function<ParsedSql, Stream<String>> change) {
    this.description = description;
    this.mutants =
        sql ->
            ParsedSql.of(sql)
                .map(parsed -> change.apply(parsed).filter(text -> !text.equals(parsed.text())))
                .orElse(Stream.empty())
                .distinct()
                .toList();
  }

  SqlOperator(String description, SqlTables.Change change) {
    this.description = description;
    this.mutants = change::mutants;
  }

  /** What it changes. */
  public String description() {
    return description;
  }

  /** The texts with one change each; none if a text is no SQL or has nothing to change. */
  public List<String> mutants(String sql) {
    return mutants.apply(sql);
  }
}
