package workbook.connect;

import workbook.connect.reference.ReferenceConnector;

/** Checks the reference: if it passes and yours does not, look at yours. */
class ReferenceConnectorTest extends ConnectorChecks {
  @Override
  public Connector answer() {
    return new ReferenceConnector();
  }
}
