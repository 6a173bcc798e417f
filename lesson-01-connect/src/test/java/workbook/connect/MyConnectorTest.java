package workbook.connect;

import workbook.grading.Returned;

/** Checks your answers. */
class MyConnectorTest extends ConnectorChecks {
  @Override
  public Connector answer() {
    return Returned.by(Connector.class, new MyConnector());
  }
}
