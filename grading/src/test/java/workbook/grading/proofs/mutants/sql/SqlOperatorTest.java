package workbook.grading.proofs.mutants.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.grading.proofs.mutants.sql.SqlOperator.AGGREGATE;
import static workbook.grading.proofs.mutants.sql.SqlOperator.ARITHMETIC;
import static workbook.grading.proofs.mutants.sql.SqlOperator.CASE;
import static workbook.grading.proofs.mutants.sql.SqlOperator.COLUMNS;
import static workbook.grading.proofs.mutants.sql.SqlOperator.DISTINCT;
import static workbook.grading.proofs.mutants.sql.SqlOperator.FOR_UPDATE_DROPPED;
import static workbook.grading.proofs.mutants.sql.SqlOperator.GROUP_BY;
import static workbook.grading.proofs.mutants.sql.SqlOperator.HAVING_DROPPED;
import static workbook.grading.proofs.mutants.sql.SqlOperator.JOIN_TYPE;
import static workbook.grading.proofs.mutants.sql.SqlOperator.LIKE;
import static workbook.grading.proofs.mutants.sql.SqlOperator.LIMIT;
import static workbook.grading.proofs.mutants.sql.SqlOperator.LOGIC;
import static workbook.grading.proofs.mutants.sql.SqlOperator.NULLS;
import static workbook.grading.proofs.mutants.sql.SqlOperator.ON_CONFLICT;
import static workbook.grading.proofs.mutants.sql.SqlOperator.ORDER_BY_DROPPED;
import static workbook.grading.proofs.mutants.sql.SqlOperator.ORDER_KEY_DROPPED;
import static workbook.grading.proofs.mutants.sql.SqlOperator.ORDER_REVERSED;
import static workbook.grading.proofs.mutants.sql.SqlOperator.RELATION;
import static workbook.grading.proofs.mutants.sql.SqlOperator.TABLE_RULE;
import static workbook.grading.proofs.mutants.sql.SqlOperator.WHERE_DROPPED;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SqlOperatorTest {
  private static final String BOOKS = "SELECT title FROM books WHERE id = ? ORDER BY title, id";
  private static final String GROUPS =
      "SELECT author, count(*) AS n FROM books GROUP BY author HAVING count(*) > :n";

  @Test
  void what_is_no_sql_has_no_mutants() {
    assertThat(Arrays.asList(SqlOperator.values()))
        .allSatisfy(
            operator -> {
              assertThat(operator.mutants("Select a book, please.")).isEmpty();
              assertThat(operator.mutants("SHOW server_version")).isEmpty();
              assertThat(operator.mutants("")).isEmpty();
            });
  }

  @Test
  void clauses_of_a_query_are_dropped_and_added() {
    assertThat(DISTINCT.mutants(BOOKS))
        .containsExactly("SELECT DISTINCT title FROM books WHERE id = ? ORDER BY title, id");
    assertThat(ORDER_BY_DROPPED.mutants(BOOKS))
        .containsExactly("SELECT title FROM books WHERE id = ?");
    assertThat(ORDER_KEY_DROPPED.mutants(BOOKS))
        .containsExactly(
            "SELECT title FROM books WHERE id = ? ORDER BY id",
            "SELECT title FROM books WHERE id = ? ORDER BY title");
    assertThat(ORDER_REVERSED.mutants(BOOKS))
        .containsExactly(
            "SELECT title FROM books WHERE id = ? ORDER BY title DESC, id",
            "SELECT title FROM books WHERE id = ? ORDER BY title, id DESC");
    assertThat(WHERE_DROPPED.mutants(BOOKS).get(0).replaceAll(" +", " "))
        .isEqualTo("SELECT title FROM books ORDER BY title, id");
    assertThat(LIMIT.mutants(BOOKS)).hasSize(2).first().asString().endsWith("id LIMIT 100");
    assertThat(LIMIT.mutants("SELECT coalesce(sum(stock), 0) FROM books")).isEmpty();
    assertThat(FOR_UPDATE_DROPPED.mutants("SELECT stock FROM books FOR UPDATE SKIP LOCKED"))
        .containsExactly("SELECT stock FROM books");
  }

  @Test
  void groups_and_joins_are_changed() {
    assertThat(HAVING_DROPPED.mutants(GROUPS))
        .containsExactly("SELECT author, count(*) AS n FROM books GROUP BY author");
    assertThat(GROUP_BY.mutants(GROUPS))
        .containsExactly(
            "SELECT author, count(*) AS n FROM books HAVING count(*) > :n",
            "SELECT author, count(*) AS n FROM books GROUP BY author, id HAVING count(*) > :n");
    assertThat(AGGREGATE.mutants(GROUPS)).hasSize(2).allMatch(sql -> sql.contains("min(1)"));
    assertThat(JOIN_TYPE.mutants("SELECT 1 FROM a JOIN b ON a.id = b.id"))
        .containsExactly(
            "SELECT 1 FROM a LEFT JOIN b ON a.id = b.id",
            "SELECT 1 FROM a RIGHT JOIN b ON a.id = b.id");
  }

  @Test
  void conditions_are_changed() {
    String update = "UPDATE books SET stock = stock - 1 WHERE id = :book AND stock > 0";

    assertThat(RELATION.mutants(update))
        .containsExactly(
            "UPDATE books SET stock = stock - 1 WHERE id <> :book AND stock > 0",
            "UPDATE books SET stock = stock - 1 WHERE id = :book AND stock >= 0",
            "UPDATE books SET stock = stock - 1 WHERE id = :book AND stock < 0");
    assertThat(LOGIC.mutants(update))
        .containsExactly(
            "UPDATE books SET stock = stock - 1 WHERE id = :book OR stock > 0",
            "UPDATE books SET stock = stock - 1 WHERE id = :book",
            "UPDATE books SET stock = stock - 1 WHERE stock > 0");
    assertThat(ARITHMETIC.mutants(update)).hasSize(2).first().asString().contains("stock + 1");
    assertThat(LIKE.mutants("SELECT id FROM books WHERE title LIKE ? ESCAPE '!'"))
        .contains(
            "SELECT id FROM books WHERE title ILIKE ? ESCAPE '!'",
            "SELECT id FROM books WHERE title LIKE ?");
  }

  @Test
  void null_and_case_are_changed_where_letters_are_compared() {
    assertThat(NULLS.mutants("DELETE FROM books WHERE genre = :a"))
        .containsExactly("DELETE FROM books WHERE genre IS NOT DISTINCT FROM :a");
    assertThat(NULLS.mutants("SELECT coalesce(sum(stock), 0) FROM books WHERE genre IS NULL"))
        .containsExactly(
            "SELECT coalesce(sum(stock), 0) FROM books WHERE genre IS NOT NULL",
            "SELECT sum(stock) FROM books WHERE genre IS NULL");
    assertThat(CASE.mutants("DELETE FROM books WHERE genre = :a"))
        .containsExactly("DELETE FROM books WHERE lower(genre) = lower(:a)");
    assertThat(CASE.mutants("DELETE FROM books WHERE book_id = :a")).isEmpty();
  }

  @Test
  void rows_and_tables_are_changed() {
    assertThat(ON_CONFLICT.mutants("INSERT INTO t (a, b) VALUES (?, ?) RETURNING id"))
        .containsExactly("INSERT INTO t (a, b) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING id");
    assertThat(COLUMNS.mutants("INSERT INTO t (a, b, c) VALUES (?, ?, ?)"))
        .containsExactly(
            "INSERT INTO t (b, a, c) VALUES (?, ?, ?)", "INSERT INTO t (a, c, b) VALUES (?, ?, ?)");
    assertThat(TABLE_RULE.mutants("CREATE TABLE t (\n  a text NOT NULL UNIQUE, b int)"))
        .containsExactly(
            "CREATE TABLE t (\n  a text UNIQUE, b int)",
            "CREATE TABLE t (\n  a text NOT NULL, b int)");
  }

  @Test
  void a_mutant_of_tables_is_shown_by_the_column_that_changed() {
    String tables =
        "CREATE TABLE t (\n  a text NOT NULL,\n  b text UNIQUE);\nCREATE TABLE u (c int)";

    assertThat(TABLE_RULE.mutants(tables))
        .extracting(mutant -> Shortened.difference(tables, mutant))
        .containsExactly("... a text ...", "... b text); CREATE TABLE u (c int) ...");
  }
}
