package workbook.connect.mistakes;

import workbook.connect.Connector;
import workbook.connect.ConnectorChecks;
import workbook.grading.proofs.Proofs;

/** Proves the checks of lesson 1: on right answers, wrong ones and none. */
class MistakesTest extends Proofs {
  MistakesTest() {
    super(Checks.class);
  }

  /** The checks, on whatever answer is on trial. */
  static class Checks extends ConnectorChecks {
    @Override
    public Connector answer() {
      return Proofs.answer(Connector.class);
    }
  }
}
