package workbook.errors;

/** Checks your answers. */
class MyTroubleshooterTest extends TroubleshooterChecks {
  @Override
  public Troubleshooter answer() {
    return new MyTroubleshooter();
  }
}
