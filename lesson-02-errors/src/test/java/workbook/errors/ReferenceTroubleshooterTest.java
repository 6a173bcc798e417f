package workbook.errors;

import workbook.errors.reference.ReferenceTroubleshooter;

/** Checks the reference: if it passes and yours does not, look at yours. */
class ReferenceTroubleshooterTest extends TroubleshooterChecks {
  @Override
  public Troubleshooter answer() {
    return new ReferenceTroubleshooter();
  }
}
