package workbook.queries.mistakes;

import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.Loan;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.9: rows that are left out, and days that are. */
final class LoanRowMistakes {
  private LoanRowMistakes() {}

  @Mistake(
      exercise = "3.9",
      violates = "Every row of loans is listed",
      idea = "`LIMIT 10000` protects the memory",
      because = "Who has more loans does not hear that some are missing.",
      instead = "No LIMIT.",
      rejectedBy = "one_query_finds_all_loans",
      says = "when there are 9000 more",
      earns = 1)
  static class AtMostTenThousand extends ReferenceCatalogue {
    @Override
    public List<Loan> loans(Jdbi jdbi) {
      return super.loans(jdbi).stream().limit(10_000).toList();
    }
  }

  @Mistake(
      exercise = "3.9",
      violates = "The dates are those of the table",
      idea = "A day in the future is none on which a book came back",
      because = "The list tells what the table says.",
      instead = "The column as it is.",
      rejectedBy = "loans_come_with_book_and_member",
      says = "by lent_on and then by the id of the loan",
      earns = 1)
  static class NotBackYet extends ReferenceCatalogue {
    @Override
    public List<Loan> loans(Jdbi jdbi) {
      String query =
          """
          SELECT title, name AS member, lent_on,
            CASE WHEN returned_on <= CURRENT_DATE THEN returned_on END AS returned_on
          FROM loans JOIN books ON books.id = book_id JOIN members ON members.id = member_id
          ORDER BY lent_on, loans.id
          """;
      return jdbi.withHandle(
          handle -> handle.createQuery(query).map(ConstructorMapper.of(Loan.class)).list());
    }
  }
}
