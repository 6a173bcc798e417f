package workbook.grading.proofs.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MutationVerdictTest {
  private static final Mutant KILLED = new Mutant("MATH", "A.f > MATH > changed > a + b", "KILLED");
  private static final Mutant ALIVE =
      new Mutant("LIKE", "A.g > LIKE > changed > query", "SURVIVED");
  private static final Mutant UNSEEN =
      new Mutant("LIKE", "A.h > LIKE > changed > query", "NO_COVERAGE");

  @Test
  void a_survivor_must_be_listed_and_what_is_listed_must_survive() {
    Map<String, String> equivalents =
        MutationVerdict.equivalents(
            List.of(
                "# a comment",
                "A.g > LIKE > changed > query",
                "  No title has",
                "  an upper-case letter.",
                "",
                "A.f > MATH > changed > a + b",
                "  Once equivalent.",
                "A.x > OTHER > of a mutator that has not run > x",
                "  A reason."));

    MutationVerdict verdict = new MutationVerdict(List.of(KILLED, ALIVE, UNSEEN), equivalents);

    assertThat(equivalents)
        .containsEntry("A.g > LIKE > changed > query", "No title has an upper-case letter.");
    assertThat(verdict.problems())
        .containsExactly(
            "No check notices: A.h > LIKE > changed > query",
            "Listed as equivalent, but killed or not made: A.f > MATH > changed > a + b");
    assertThat(verdict.table().lines().map(line -> line.replaceAll(" +", " ").strip()))
        .containsExactly("mutator made killed equivalent", "LIKE 2 0 1", "MATH 1 1 0", "all 3 1 1");
  }

  @Test
  void a_reason_must_be_given() {
    MutationVerdict verdict =
        new MutationVerdict(List.of(ALIVE), MutationVerdict.equivalents(List.of(ALIVE.key())));

    assertThat(verdict.problems())
        .containsExactly("Listed as equivalent without a reason: " + ALIVE.key());
  }
}
