package workbook.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import workbook.grading.FreshDatabase;

/** A server that refuses so many changes of books, and measures the pauses. */
final class Refusals {
  /** How many pairs of books there are. */
  static final int PAIRS = 10;

  /**
   * Pair 0 is books 5000000011 and 5000000014; pair 1 is 5000000101 and
   * 5000000102, pair 2 is 5000000201 and 5000000202, and so on. Sequences
   * remember what a rollback undoes in tables.
   */
  private static final String SCHEMA =
      """
      CREATE TABLE plan
        (pair integer PRIMARY KEY, refusals integer, state text, at text);
      DO $$ BEGIN
        FOR pair IN 0..%s LOOP
          EXECUTE 'CREATE SEQUENCE tries_' || pair;
          EXECUTE 'CREATE SEQUENCE moment_' || pair;
          INSERT INTO plan VALUES (pair, 0, 'none', 'none');
        END LOOP;
      END $$;
      CREATE SEQUENCE shorter;
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
        SET search_path = public, pg_temp AS $$
      DECLARE
        planned plan := (SELECT plan FROM plan
          WHERE pair = (NEW.id - 5000000000) / 100 AND at = TG_ARGV[0]);
        try bigint;
        now bigint := (extract(epoch FROM clock_timestamp()) * 1000000)::bigint;
        pause bigint;
      BEGIN
        IF planned.refusals > 0 THEN
          try := nextval('tries_' || planned.pair);
          IF try <= 5 THEN
            EXECUTE 'SELECT last_value FROM moment_' || planned.pair INTO pause;
            pause := now - pause;
            -- Clocks tick differently: a tenth less is no mistake.
            IF try > 1 AND pause < 9000 * 2 ^ (try - 2) THEN
              PERFORM setval('shorter', greatest(try, last_value)) FROM shorter;
            END IF;
            PERFORM setval('moment_' || planned.pair, now);
          END IF;
          IF try <= planned.refusals THEN
            RAISE 'refused by the check' USING ERRCODE = planned.state;
          END IF;
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER refuse BEFORE UPDATE ON books
        FOR EACH ROW EXECUTE FUNCTION refuse('statement');
      CREATE CONSTRAINT TRIGGER refuse_commit AFTER UPDATE ON books
        DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION refuse('commit');
      """;

  private static final long PAIR_0 = 5_000_000_000L;

  private final FreshDatabase database;
  private final int pair;

  /**
   * The first so many attempts to change a book are refused from now on.
   *
   * @param pair whose two books these are
   * @param at {@code statement} or {@code commit}
   */
  Refusals(
      FreshDatabase database, int pair, int refusals, String state, String at) {
    this.database = database;
    this.pair = pair;
    database.execute(
        "UPDATE plan SET refusals = %s, state = '%s', at = '%s' WHERE pair = %s"
            .formatted("" + refusals, state, at, "" + pair),
        "ALTER SEQUENCE tries_%s RESTART".formatted("" + pair));
  }

  /** Has the server plan for so many pairs of books. */
  static String schema(int pairs) {
    return SCHEMA.formatted("" + (pairs - 1));
  }

  /** The books of a pair. */
  static Pair pair(int number) {
    return number == 0
        ? new Pair(MoveChecks.FIRST, MoveChecks.SECOND)
        : new Pair(PAIR_0 + 1 + 100L * number, PAIR_0 + 2 + 100L * number);
  }

  /** Two books, between which copies are moved. */
  record Pair(long first, long second) {}

  /** Demands a number of attempts, each of which was refused. */
  void require(int attempts, String move) {
    assertThat(database.value("SELECT last_value FROM tries_" + pair))
        .as("attempts at %s", move)
        .isEqualTo("" + attempts);
  }

  /** Demands that each further attempt came late enough, at every pair. */
  static void requirePauses(FreshDatabase database) {
    assertThat(
            database.value(
                """
                SELECT CASE WHEN is_called
                  THEN 'shorter before attempt ' || last_value
                  ELSE 'at least as long' END FROM shorter
                """))
        .as(
            "the pauses before the attempts 2 to 5, compared with 10, 20, 40"
                + " and 80 ms.%nHow long is each, and does it grow?")
        .isEqualTo("at least as long");
  }
}
