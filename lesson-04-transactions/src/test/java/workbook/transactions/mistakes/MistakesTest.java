package workbook.transactions.mistakes;

import workbook.grading.proofs.Proofs;
import workbook.transactions.LendingDesk;
import workbook.transactions.LendingDeskChecks;

/** Proves the checks of lesson 4: on right answers, wrong ones and none. */
class MistakesTest extends Proofs {
  MistakesTest() {
    super(Checks.class);
  }

  /** The checks, on whatever answer is on trial. */
  static class Checks extends LendingDeskChecks {
    @Override
    public LendingDesk answer() {
      return Proofs.answer(LendingDesk.class);
    }
  }
}
