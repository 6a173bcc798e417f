package workbook.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** Work for exercise 4.7 that ends otherwise at each attempt, as planned. */
final class Attempts {
  /** A note that work writes before it returns null. */
  static final String RETURNS_NULL = "nothing to return";

  /** Notes that begin with an SQLSTATE end in it, or the commit does. */
  static final String REFUSING =
      """
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
        SET search_path = public, pg_temp AS $$
      BEGIN
        IF NEW.line ~ TG_ARGV[0] THEN
          RAISE 'refused by the check' USING ERRCODE = right(NEW.line, 5);
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON notes
        FOR EACH ROW EXECUTE FUNCTION refuse('^[0-9A-Z]{5}$');
      CREATE CONSTRAINT TRIGGER refuse_commit AFTER INSERT ON notes
        DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION refuse('^commit [0-9A-Z]{5}$');
      """;

  private static final int MOST = 50;

  private final Jdbi jdbi;
  private final List<?> plan;
  private final List<String> transactions = new ArrayList<>();
  private final List<String> levels = new ArrayList<>();
  private final Set<String> handlers = new LinkedHashSet<>();
  private final Map<Throwable, String> failures = new LinkedHashMap<>();
  private JdbiException lastFailure;

  /**
   * Plans them.
   *
   * @param plan for each attempt a note to write, or what to throw; the last
   *     stands for all further ones
   */
  Attempts(Jdbi jdbi, Object... plan) {
    this.jdbi = jdbi;
    this.plan = List.of(plan);
    handlers.add(handler(jdbi));
  }

  /** How often the work was run. */
  int runs() {
    return transactions.size();
  }

  /** Has an answer run the work. */
  Object run(LendingDesk answer, int attempts) {
    return answer.serializable(jdbi, attempts, this::attempt);
  }

  /** Has an answer run work whose last failure must come out. */
  void requireLastFailure(LendingDesk answer, int attempts) {
    Throwable thrown = Library.thrownBy(() -> run(answer, attempts));
    if (thrown != lastFailure) {
      throw new AssertionError(
          ("The exception of the last attempt comes out, itself."
                  + "%nexpected: %s%n but was: %s")
              .formatted(
                  failures.get(lastFailure),
                  failures.getOrDefault(thrown, Library.described(thrown))),
          thrown);
    }
  }

  /** Demands a number of runs, each in a transaction of its own. */
  void require(int runs, String work) {
    assertThat(runs()).as("runs of %s", work).isEqualTo(runs);
    assertThat((int) transactions.stream().distinct().count())
        .as("transactions that these were: each attempt is one of its own")
        .isEqualTo(runs);
    assertThat(levels)
        .as("the isolation level of each attempt of %s", work)
        .isEqualTo(Collections.nCopies(runs, "serializable"));
  }

  /** Demands that the answer does not set another handler on the Jdbi. */
  void requireSameHandler() {
    String before = handlers.iterator().next();
    handlers.add(handler(jdbi));
    assertThat(handlers)
        .as(
            "the transaction handler that is set on the caller's jdbi before,"
                + " meanwhile and afterwards: the same all the time")
        .isEqualTo(Set.of(before));
  }

  private static String handler(Jdbi jdbi) {
    return jdbi.getTransactionHandler().getClass().getSimpleName();
  }

  private Object attempt(Handle handle) {
    if (runs() == MOST) {
      throw new AssertionError(
          "the work was run 50 times: does the loop ever give up?");
    }
    Object planned = plan.get(Math.min(runs(), plan.size() - 1));
    handlers.add(handler(jdbi));
    String[] now = number(handle).split(", ");
    transactions.add(now[0]);
    levels.add(now[1]);
    if (planned instanceof Error error) {
      throw error;
    }
    if (planned instanceof RuntimeException exception) {
      throw exception;
    }
    return write(handle, (String) planned);
  }

  private String write(Handle handle, String line) {
    try {
      handle.execute("INSERT INTO notes (line) VALUES (?)", line);
    } catch (JdbiException e) {
      lastFailure = e;
      String type = e.getClass().getSimpleName();
      failures.put(e, "%s of attempt %s".formatted(type, runs()));
      throw e;
    }
    return line.equals(RETURNS_NULL) ? null : line;
  }

  // The transaction's number and its isolation level.
  private static String number(Handle handle) {
    return handle
        .select(
            """
            SELECT pg_current_xact_id() || ', '
              || current_setting('transaction_isolation')
            """)
        .mapTo(String.class)
        .one();
  }
}
