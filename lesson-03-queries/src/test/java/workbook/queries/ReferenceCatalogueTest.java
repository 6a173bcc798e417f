package workbook.queries;

import workbook.queries.reference.ReferenceCatalogue;

/** Runs the checks of lesson 3 on the reference: green, so they can be met. */
final class ReferenceCatalogueTest extends CatalogueChecks {
  @Override
  public Catalogue answer() {
    return new ReferenceCatalogue();
  }
}
