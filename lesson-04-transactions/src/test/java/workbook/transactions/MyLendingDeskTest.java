package workbook.transactions;

/** Checks your answers. */
class MyLendingDeskTest extends LendingDeskChecks {
  @Override
  public LendingDesk answer() {
    return new MyLendingDesk();
  }
}
