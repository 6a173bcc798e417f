package workbook.transactions;

import workbook.transactions.reference.ReferenceLendingDesk;

/** Checks the reference: if it passes and yours does not, look at yours. */
class ReferenceLendingDeskTest extends LendingDeskChecks {
  @Override
  public LendingDesk answer() {
    return new ReferenceLendingDesk();
  }
}
