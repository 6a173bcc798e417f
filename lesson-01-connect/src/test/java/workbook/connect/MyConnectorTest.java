package workbook.connect;

/** Checks your answers. */
class MyConnectorTest extends ConnectorChecks {
  @Override
  public Connector answer() {
    return new MyConnector();
  }
}
