package workbook.queries;

/** Runs the checks of lesson 3 on your answers. */
final class MyCatalogueTest extends CatalogueChecks {
  @Override
  public Catalogue answer() {
    return new MyCatalogue();
  }
}
