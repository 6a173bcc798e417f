package workbook.grading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.transaction.TransactionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import workbook.engine.protocol.Status;
import workbook.grading.FreshDatabase.Session;
import workbook.grading.allowed.Refused;

class VerdictTest {
  private static final String USE =
      "MyAnswer.java uses java.lang.Runtime in line 9, which no exercise needs";

  private final Verdict verdict = new Verdict(VerdictTest.class, () -> 20);

  @Test
  void a_session_left_open_is_told_with_what_is_known_of_it() {
    assertThat(verdict.leaked(List.of(new Session(1, "", "idle", ""))))
        .hasMessageContaining("  - (no application name), idle\nClose every");
    assertThat(
            verdict.leaked(
                List.of(
                    new Session(1, "desk", "idle", "SELECT 7 "),
                    new Session(2, "desk", "idle in transaction", "SELECT 8"))))
        .hasMessageContaining(
            "  - desk, idle, last statement: SELECT 7\n"
                + "  - desk, idle in transaction, last statement: SELECT 8\n"
                + "1 of them was left in the middle of a transaction. Close every");
  }

  @Test
  void where_connections_run_out_those_left_open_are_counted() {
    SQLException full =
        new SQLException("FATAL: too many connections for role \"workbook_1\"", "53300");

    assertThat(verdict.failed(full))
        .hasMessageContaining("SQLSTATE 53300: too many connections are open at once\n20 conn");
    assertThat(new Verdict(VerdictTest.class, () -> 0).failed(full))
        .hasMessageEndingWith("too many connections are open at once");
  }

  @Test
  void what_was_expected_stands_before_what_came() {
    assertThat(said(() -> assertThat(7).as("rows read").isLessThanOrEqualTo(1)))
        .isEqualTo("[rows read] \nexpected: less than or equal to 1\n but was: 7");
    assertThat(said(() -> assertThat("a").isNotEqualTo("a")))
        .isEqualTo("expected: other than \"a\"\n but was: \"a\"");
    assertThat(said(() -> assertThat("a").isIn("b", "c")))
        .isEqualTo("expected: one of [\"b\", \"c\"]\n but was: \"a\"");
    assertThat(said(() -> assertThat(true).isFalse())).isEqualTo("expected: false\n but was: true");
    assertThat(said(() -> assertThat(List.of("$1")).isEmpty()))
        .isEqualTo("expected: nothing\n but was: [\"$1\"]");
  }

  private String said(Runnable assertion) {
    try {
      assertion.run();
      return "nothing";
    } catch (AssertionError e) {
      return verdict.failed(e).getMessage().strip();
    }
  }

  @Test
  void a_switch_over_null_is_told_without_the_compilers_variable() {
    assertThat(verdict.failed(thrownBy(null)))
        .hasMessage(
            "Your code threw NullPointerException: the value that a switch looks at is null");
  }

  private static NullPointerException thrownBy(String state) {
    try {
      switch (state) {
        case "x" -> throw new IllegalStateException();
        default -> throw new IllegalArgumentException();
      }
    } catch (NullPointerException e) {
      // A compiler that keeps the names of variables gives this one none.
      String message = e.getMessage().replaceAll("because \".*\" is", "because \"<local2>\" is");
      return new NullPointerException(message);
    }
  }

  @Test
  void a_long_line_and_many_lines_are_cut() {
    assertThat(verdict.failed(new AssertionError("x".repeat(1 << 20) + "end\nbut was: y")))
        .hasMessage(
            "x".repeat(300)
                + "... (1048579 characters in all) ..."
                + "x".repeat(97)
                + "end\nbut was: y");
    assertThat(verdict.failed(new AssertionError("row\n".repeat(1_000))))
        .hasMessage("row\n".repeat(40) + "... (1000 lines in all)");
  }

  @Test
  void jdbis_advice_to_switch_a_check_off_is_not_passed_on() {
    String jdbis =
        "Improper transaction handling detected: A Handle with an open transaction was closed."
            + " This check may be disabled by calling getConfig(Handles.class)";

    assertThat(verdict.failed(new TransactionException(jdbis)))
        .hasMessageStartingWith("Your code threw TransactionException: A Handle was closed while")
        .hasMessageNotContaining("disabled");
  }

  @Test
  void a_state_is_explained_with_the_one_that_came_before() {
    SQLException first = new SQLException("aggregate functions are not allowed", "42803");
    SQLException last = new SQLException("current transaction is aborted", "25P02", first);

    assertThat(verdict.failed(last))
        .hasMessageContaining("SQLSTATE 25P02: an earlier statement failed")
        .hasMessageContaining("before that, SQLSTATE 42803: an aggregate stands where none may");
  }

  @Test
  void a_class_whose_initialiser_was_refused_stays_refused() {
    Refused.forget();
    Throwable first = catchThrowable(() -> Initialised.answer.length());
    assertThat(first).isSameAs(Refused.first());
    Refused.forget();

    Throwable later = catchThrowable(() -> Initialised.answer.length());

    assertThat(Refused.first()).as("what is remembered of a later check").isNull();
    assertThat(later).isInstanceOf(NoClassDefFoundError.class);
    CheckFailure failure = verdict.failed(new AssertionError("expected: 7", later));
    assertThat(failure.status()).isEqualTo(Status.NOT_ALLOWED);
    assertThat(failure).hasMessage(USE);
  }

  @Test
  void a_class_whose_initialiser_fails_otherwise_is_the_answers_own_failure() {
    catchThrowable(() -> Failing.answer.length());

    Throwable later = catchThrowable(() -> Failing.answer.length());

    assertThat(later).isInstanceOf(NoClassDefFoundError.class);
    assertThat(verdict.failed(later).status()).isEqualTo(Status.FAILED);
  }

  /** A class as an answer has it after a method has lost its code. */
  private static final class Initialised {
    private static String answer = used();

    private static String used() {
      throw Refused.method(USE);
    }
  }

  /** A class that fails by itself. */
  private static final class Failing {
    private static String answer = "7".substring(2);
  }

  @Test
  @Timeout(30)
  void an_exception_that_is_its_own_cause_or_has_ever_new_ones_is_told() {
    assertThat(verdict.failed(new Odd(0))).hasMessage("Your code threw Odd: odd");
    assertThat(verdict.failed(new Odd(1))).hasMessage("Your code threw Odd: odd");
    assertThat(verdict.unreadable(new Odd(2)))
        .hasMessage("Your code threw Odd, and its message cannot be read.");
  }

  /** An exception as an answer may write it. */
  private static final class Odd extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int kind;

    private Odd(int kind) {
      super("odd");
      this.kind = kind;
    }

    @Override
    public synchronized Throwable getCause() {
      return kind == 0 ? this : new Odd(kind);
    }

    @Override
    public String getMessage() {
      if (kind == 2) {
        throw new IllegalStateException("no message");
      }
      return super.getMessage();
    }
  }

  @Test
  void who_sleeps_is_told_so() {
    Thread thread = new Thread(VerdictTest::sleep, "sleeping");
    thread.start();
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }

    assertThat(verdict.timedOut(new CheckDeadline(1, false), false, thread))
        .hasMessageContaining("It was asleep in Thread.sleep");
    thread.interrupt();
  }

  private static void sleep() {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void who_waits_for_a_server_is_told_so() throws Exception {
    try (ServerSocket silent = new ServerSocket(0);
        Socket client = new Socket("localhost", silent.getLocalPort())) {
      Thread thread = new Thread(() -> read(client), "waiting");
      thread.start();
      while (verdict
          .timedOut(new CheckDeadline(1, false), false, thread)
          .getMessage()
          .contains("Look for a loop")) {
        Thread.onSpinWait();
      }

      assertThat(verdict.timedOut(new CheckDeadline(1, false), false, thread))
          .hasMessageContaining("It was waiting for a server");
    }
  }

  private static void read(Socket client) {
    try {
      client.getInputStream().read();
    } catch (IOException e) {
      // The test is over.
    }
  }
}
