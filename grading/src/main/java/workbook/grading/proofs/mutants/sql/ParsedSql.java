package workbook.grading.proofs.mutants.sql;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.NotExpression;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.select.Join;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.SelectItem;
import net.sf.jsqlparser.statement.update.Update;
import net.sf.jsqlparser.statement.update.UpdateSet;

/** A statement that the parser understands, and texts of it with one thing changed. */
final class ParsedSql {
  private static final Pattern STATEMENT =
      Pattern.compile("\\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\\b.*", Pattern.DOTALL);

  private final String text;
  private final Statement statement;

  private ParsedSql(Statement statement) {
    this.statement = statement;
    this.text = statement.toString();
  }

  /** Parses a text; empty if it is no statement that reads or writes rows. */
  static Optional<ParsedSql> of(String sql) {
    return STATEMENT.matcher(sql).matches() ? parse(sql).map(ParsedSql::new) : Optional.empty();
  }

  private static Optional<Statement> parse(String sql) {
    try {
      return Optional.ofNullable(CCJSqlParserUtil.parse(sql));
    } catch (JSQLParserException e) {
      // A text that only looks like SQL.
      return Optional.empty();
    }
  }

  /** The statement as the parser writes it. */
  String text() {
    return text;
  }

  /** The statement's SELECT, if it is one. */
  Optional<PlainSelect> select() {
    return statement instanceof PlainSelect select ? Optional.of(select) : Optional.empty();
  }

  /** The statement, if it is an INSERT. */
  Optional<Insert> insert() {
    return statement instanceof Insert insert ? Optional.of(insert) : Optional.empty();
  }

  /** The text after a change of the SELECT. */
  List<String> withSelect(Consumer<PlainSelect> change) {
    PlainSelect copy = (PlainSelect) parse(text).orElseThrow();
    change.accept(copy);
    return List.of(copy.toString());
  }

  /** The texts in which one occurrence of a part is replaced, if they are still SQL. */
  List<String> replacing(String part, String replacement) {
    List<String> texts = new ArrayList<>();
    Matcher found =
        Pattern.compile("(?<![\\w.:])" + Pattern.quote(part) + "(?![\\w.(])").matcher(text);
    while (found.find()) {
      String changed = text.substring(0, found.start()) + replacement + text.substring(found.end());
      if (parse(changed).isPresent()) {
        texts.add(changed);
      }
    }
    return texts;
  }

  /** All expressions of a type, each text once. */
  <T extends Expression> List<T> expressions(Class<T> type) {
    List<T> found = new ArrayList<>();
    Set<String> texts = new LinkedHashSet<>();
    for (Expression root : roots()) {
      collect(root, type, found, texts);
    }
    return found;
  }

  private static <T extends Expression> void collect(
      Expression expression, Class<T> type, List<T> found, Set<String> texts) {
    if (type.isInstance(expression) && texts.add(expression.toString())) {
      found.add(type.cast(expression));
    }
    parts(expression).forEach(part -> collect(part, type, found, texts));
  }

  private static List<? extends Expression> parts(Expression expression) {
    if (expression instanceof BinaryExpression binary) {
      return List.of(binary.getLeftExpression(), binary.getRightExpression());
    }
    if (expression instanceof Function function && function.getParameters() != null) {
      return function.getParameters();
    }
    if (expression instanceof NotExpression not) {
      return List.of(not.getExpression());
    }
    return expression instanceof ExpressionList<?> list ? list : List.of();
  }

  private List<Expression> roots() {
    List<Expression> roots = new ArrayList<>();
    select()
        .ifPresent(
            select -> {
              select.getSelectItems().stream().map(SelectItem::getExpression).forEach(roots::add);
              roots.add(select.getWhere());
              roots.add(select.getHaving());
              if (select.getJoins() != null) {
                select.getJoins().stream().map(Join::getOnExpressions).forEach(roots::addAll);
              }
            });
    if (statement instanceof Update update) {
      roots.add(update.getWhere());
      update.getUpdateSets().stream().map(UpdateSet::getValues).forEach(roots::addAll);
    } else if (statement instanceof Delete delete) {
      roots.add(delete.getWhere());
    }
    roots.removeIf(root -> root == null);
    return roots;
  }

  /** The condition of its WHERE; null if there is none. */
  Expression where() {
    if (statement instanceof Update update) {
      return update.getWhere();
    }
    return statement instanceof Delete delete
        ? delete.getWhere()
        : select().map(PlainSelect::getWhere).orElse(null);
  }
}
