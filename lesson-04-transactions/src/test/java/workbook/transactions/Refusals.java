package workbook.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import workbook.grading.FreshDatabase;

/** A server that refuses so many changes of books, and remembers when. */
final class Refusals {
  /** Sequences remember what a rollback undoes in tables. */
  static final String SCHEMA =
      """
      CREATE TABLE plan (refusals integer, state text);
      INSERT INTO plan VALUES (0, 'none');
      CREATE SEQUENCE tries;
      CREATE SEQUENCE moment_1;
      CREATE SEQUENCE moment_2;
      CREATE SEQUENCE moment_3;
      CREATE SEQUENCE moment_4;
      CREATE SEQUENCE moment_5;
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        try bigint;
      BEGIN
        IF NOT EXISTS (SELECT FROM plan WHERE refusals > 0) THEN
          RETURN NEW;
        END IF;
        try := nextval('tries');
        IF try <= 5 THEN
          PERFORM setval('moment_' || try,
            (extract(epoch FROM clock_timestamp()) * 1000000)::bigint);
        END IF;
        IF try <= (SELECT refusals FROM plan) THEN
          RAISE 'refused by the check'
            USING ERRCODE = (SELECT state FROM plan);
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER refuse BEFORE UPDATE ON books
        FOR EACH ROW EXECUTE FUNCTION refuse();
      """;

  // In microseconds, before attempts 2 to 5.
  private static final List<Long> PAUSES =
      List.of(10_000L, 20_000L, 40_000L, 80_000L);

  private final FreshDatabase database;

  /** The first so many attempts to change a book are refused from now on. */
  Refusals(FreshDatabase database, int refusals, String state) {
    this.database = database;
    database.execute(
        "UPDATE plan SET refusals = %s, state = '%s'"
            .formatted("" + refusals, state),
        "ALTER SEQUENCE tries RESTART");
  }

  /** Demands a number of attempts, each of which was refused. */
  void require(int attempts, String move) {
    assertThat(database.value("SELECT last_value FROM tries"))
        .as("attempts at %s", move)
        .isEqualTo("" + attempts);
  }

  /** Demands that each further attempt came late enough. */
  void requirePauses() {
    boolean longEnough = true;
    for (int pause = 1; pause <= PAUSES.size(); pause++) {
      // Clocks tick differently: a tenth less is no mistake.
      long least = PAUSES.get(pause - 1) * 9 / 10;
      longEnough &= moment(pause + 1) - moment(pause) >= least;
    }
    assertThat(longEnough ? "at least as long" : "shorter")
        .as(
            "the pauses before the attempts 2 to 5, compared with 10, 20, 40"
                + " and 80 ms.%nHow long is each, and does it grow?")
        .isEqualTo("at least as long");
  }

  private long moment(int attempt) {
    return Long.parseLong(
        database.value("SELECT last_value FROM moment_" + attempt));
  }
}
