package workbook.queries.mistakes;

import workbook.grading.proofs.Proofs;
import workbook.queries.Catalogue;
import workbook.queries.CatalogueChecks;

/** Proves the checks of lesson 3: on right answers, wrong ones and none. */
class MistakesTest extends Proofs {
  MistakesTest() {
    super(Checks.class);
  }

  /** The checks, on whatever answer is on trial. */
  static class Checks extends CatalogueChecks {
    @Override
    public Catalogue answer() {
      return Proofs.answer(Catalogue.class);
    }
  }
}
