package workbook.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import workbook.engine.postgres.ThrowawayServer;
import workbook.support.EnvironmentException;

class SqlPromptTest {
  private static ThrowawayServer server;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() {
    server = ThrowawayServer.open("embedded", System.out::println);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void says_what_it_is_and_runs_each_statement() {
    int status = converse("SELECT 1 AS one;\nSELECT 2 AS two;\n", false);

    assertThat(status).isZero();
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "psql is not installed; this is a stand-in. End statements with ; and leave with \\q");
    assertThat(out.toString().lines())
        .containsExactly(" one", "-----", "   1", "(1 row)", " two", "-----", "   2", "(1 row)");
  }

  @Test
  void waits_for_the_semicolon_that_is_not_in_quotes() {
    converse("SELECT 'a;\nb' AS text\n;\n", false);

    assertThat(out.toString()).contains("a;\\nb").contains("(1 row)");
  }

  @Test
  void goes_on_after_a_mistake_and_tells_its_sqlstate() {
    converse("SELEC 1;\nCREATE TEMP TABLE t (n int);\nINSERT INTO t VALUES (1), (2);\n", false);

    assertThat(err.toString()).contains("syntax error").contains("(SQLSTATE 42601)");
    assertThat(out.toString().lines()).containsExactly("Done.", "Done, 2 rows.");
  }

  @Test
  void prompts_who_types_and_leaves_at_their_word() {
    converse("SELECT\n1;\n\\q\nSELECT 2;\n", true);

    assertThat(out.toString()).startsWith("postgres=> postgres-> ");
    assertThat(out.toString()).endsWith("postgres=> ").doesNotContain(" 2");
  }

  @Test
  void shows_what_the_server_remarks() {
    converse("DROP TABLE IF EXISTS nobody;\n", false);

    assertThat(err.toString()).contains("NOTICE: table \"nobody\" does not exist, skipping");
  }

  @Test
  void says_that_the_server_ended_the_session() {
    assertThatThrownBy(() -> prompt().run("SELECT pg_terminate_backend(pg_backend_pid())"))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageStartingWith("No session with the database that db_info.ini names: ")
        .hasMessageContaining("57P01");
  }

  private int converse(String typed, boolean prompting) {
    return prompt().converse(new BufferedReader(new StringReader(typed)), prompting);
  }

  private SqlPrompt prompt() {
    return new SqlPrompt(server.admin().dataSource(), new PrintWriter(out), new PrintWriter(err));
  }
}
