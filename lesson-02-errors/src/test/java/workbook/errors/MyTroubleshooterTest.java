package workbook.errors;

import workbook.grading.Returned;

/** Checks your answers. */
class MyTroubleshooterTest extends TroubleshooterChecks {
  @Override
  public Troubleshooter answer() {
    return Returned.by(Troubleshooter.class, new MyTroubleshooter());
  }
}
