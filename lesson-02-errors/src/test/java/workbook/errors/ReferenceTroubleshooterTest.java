package workbook.errors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import workbook.errors.Troubleshooter.Explanation;
import workbook.errors.Troubleshooter.Problem;
import workbook.errors.reference.ReferenceTroubleshooter;
import workbook.support.DatabaseSettings;

/** Checks the reference: if it passes and yours does not, look at yours. */
class ReferenceTroubleshooterTest extends TroubleshooterChecks {
  @Override
  public Troubleshooter answer() {
    return new ReferenceTroubleshooter();
  }

  @Test
  void the_example_in_the_contract_is_what_it_says() {
    Explanation said =
        answer()
            .explain(
                Problem.NO_SUCH_DATABASE,
                new DatabaseSettings("localhost", 5432, "shop", "ann", "owl"));

    assertThat(
            "failed: %s%nwith:   %s%nnext:   %s%n"
                .formatted(said.failed(), said.with(), said.next()))
        .isEqualToNormalizingNewlines(
            """
            failed: There is no database shop on that server.
            with:   user ann, database shop, server localhost:5432
            next:   Correct dbname in db_info.ini, or create the database.
            """);
  }
}
