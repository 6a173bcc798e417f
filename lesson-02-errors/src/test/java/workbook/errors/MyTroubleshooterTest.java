package workbook.errors;

/** Checks your answers. */
class MyTroubleshooterTest extends TroubleshooterChecks {
  @Override
  Troubleshooter answer() {
    return new MyTroubleshooter();
  }
}
