package workbook.errors.mistakes;

import workbook.errors.Troubleshooter;
import workbook.errors.TroubleshooterChecks;
import workbook.grading.proofs.Proofs;

/** Proves the checks of lesson 2: on right answers, wrong ones and none. */
class MistakesTest extends Proofs {
  MistakesTest() {
    super(Checks.class);
  }

  /** The checks, on whatever answer is on trial. */
  static class Checks extends TroubleshooterChecks {
    @Override
    public Troubleshooter answer() {
      return Proofs.answer(Troubleshooter.class);
    }
  }
}
