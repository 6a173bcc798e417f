package workbook.queries.mistakes;

import java.util.List;
import org.jdbi.v3.core.Jdbi;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.Loan;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.9: days that look wrong, and are what the table says. */
final class LoanDayMistakes {
  private LoanDayMistakes() {}

  @Mistake(
      exercise = "3.9",
      violates = "The dates are those of the table",
      idea = "A book that came back before it was lent came back the same day",
      because = "It is a slip of the pen, but the list tells what the table says.",
      instead = "The column as it is.",
      rejectedBy = "loans_come_with_book_and_member",
      says = "by lent_on and then by the id of the loan",
      earns = 1)
  static class BackTheSameDay extends ReferenceCatalogue {
    @Override
    public List<Loan> loans(Jdbi jdbi) {
      String query =
          """
          SELECT title, name AS member, lent_on,
            CASE WHEN returned_on < lent_on THEN lent_on ELSE returned_on END AS returned_on
          FROM loans JOIN books ON books.id = book_id JOIN members ON members.id = member_id
          ORDER BY loans.lent_on, loans.id
          """;
      return LoanMistakes.joined(jdbi, query);
    }
  }

  @Mistake(
      exercise = "3.9",
      violates = "Every row of loans is listed",
      idea = "A loan that ends before it begins is none",
      because = "It is a row of loans, and its mistake is to be seen.",
      instead = "No `WHERE`.",
      rejectedBy = "loans_come_with_book_and_member",
      says = "by lent_on and then by the id of the loan",
      earns = 1)
  static class LeavesOutSlips extends ReferenceCatalogue {
    @Override
    public List<Loan> loans(Jdbi jdbi) {
      return super.loans(jdbi).stream()
          .filter(
              loan -> loan.returnedOn() == null || !loan.returnedOn().isBefore(loan.lentOn()))
          .toList();
    }
  }

  @Mistake(
      exercise = "3.9",
      violates = "and then by the id of the loan",
      idea = "Those of one day by the title",
      because = "Ids tell what was lent first; asked for was that order.",
      instead = "`ORDER BY lent_on, loans.id`.",
      rejectedBy = "loans_come_with_book_and_member",
      says = "by lent_on and then by the id of the loan",
      earns = 1)
  static class ByTitle extends ReferenceCatalogue {
    @Override
    public List<Loan> loans(Jdbi jdbi) {
      String query =
          """
          SELECT title, name AS member, lent_on, returned_on
          FROM loans JOIN books ON books.id = book_id JOIN members ON members.id = member_id
          ORDER BY lent_on, title, loans.id
          """;
      return LoanMistakes.joined(jdbi, query);
    }
  }
}
