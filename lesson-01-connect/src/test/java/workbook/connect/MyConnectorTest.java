package workbook.connect;

/** Checks your answers. */
class MyConnectorTest extends ConnectorChecks {
  @Override
  Connector answer() {
    return new MyConnector();
  }
}
