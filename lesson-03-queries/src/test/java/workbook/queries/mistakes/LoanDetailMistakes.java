package workbook.queries.mistakes;

import static workbook.queries.mistakes.LoanMistakes.joined;
import static workbook.queries.mistakes.LoanMistakes.mapped;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.Loan;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.9: the order of loans, their days and their names. */
final class LoanDetailMistakes {
  private LoanDetailMistakes() {}

  @Mistake(
      exercise = "3.9",
      violates = "by the day they began",
      idea = "Ids grow with time",
      because = "They grow as rows are added. A loan can be entered a day late.",
      instead = "`ORDER BY lent_on, loans.id`.",
      rejectedBy = "loans_come_with_book_and_member",
      says = "by lent_on and then by the id of the loan",
      earns = 1)
  static class ById extends ReferenceCatalogue {
    @Override
    public List<Loan> loans(Jdbi jdbi) {
      return joined(
          jdbi,
          """
          SELECT title, name AS member, lent_on, returned_on FROM loans
          JOIN books ON books.id = book_id JOIN members ON members.id = member_id
          ORDER BY loans.id
          """);
    }
  }

  @Mistake(
      exercise = "3.9",
      violates = "by the day they began",
      idea = "The newest loans first",
      because = "It may be handy, but \"by the day\" means: the earliest first.",
      instead = "`ORDER BY lent_on, loans.id`.",
      rejectedBy = "loans_come_with_book_and_member",
      says = "by lent_on and then by the id of the loan",
      earns = 1)
  static class NewestFirst extends ReferenceCatalogue {
    @Override
    public List<Loan> loans(Jdbi jdbi) {
      return joined(
          jdbi,
          """
          SELECT title, name AS member, lent_on, returned_on FROM loans
          JOIN books ON books.id = book_id JOIN members ON members.id = member_id
          ORDER BY lent_on DESC, loans.id
          """);
    }
  }

  @Mistake(
      exercise = "3.9",
      violates = "and then by the id of the loan",
      idea = "The day of the return is an order, too",
      because = "Asked for was the id of the loan.",
      instead = "`ORDER BY lent_on, loans.id`.",
      rejectedBy = "loans_come_with_book_and_member",
      says = "by lent_on and then by the id of the loan",
      earns = 1)
  static class ByReturn extends ReferenceCatalogue {
    @Override
    public List<Loan> loans(Jdbi jdbi) {
      return joined(
          jdbi,
          """
          SELECT title, name AS member, lent_on, returned_on FROM loans
          JOIN books ON books.id = book_id JOIN members ON members.id = member_id
          ORDER BY lent_on, returned_on, loans.id
          """);
    }
  }

  @Mistake(
      exercise = "3.9",
      violates = "The dates are those of the table, whatever the JVM's time zone",
      idea = "A date is a moment, and UTC is the same everywhere",
      because = """
          The driver reads 2 March as midnight where the JVM is. East of Greenwich that is 1
          March in UTC.""",
      instead = """
          `getObject(column, LocalDate.class)`, or a mapper that does it: a date has no time
          zone.""",
      rejectedBy = "loans_come_with_book_and_member",
      says = "(The JVM's time zone, here Pacific/Auckland, must not matter.)",
      earns = 1)
  static class DaysInUtc extends ReferenceCatalogue {
    @Override
    public List<Loan> loans(Jdbi jdbi) {
      return mapped(
          jdbi,
          (row, column) ->
              row.getTimestamp(column) == null
                  ? null
                  : row.getTimestamp(column).toInstant().atZone(ZoneOffset.UTC).toLocalDate());
    }
  }

  @Mistake(
      exercise = "3.9",
      violates = "The dates are those of the table, whatever the JVM's time zone",
      idea = "Midnight in UTC, read where the JVM is",
      because = "West of Greenwich that is the evening before.",
      instead = "`getObject(column, LocalDate.class)`: a date has no time zone.",
      rejectedBy = "loans_come_with_book_and_member",
      says = "(The JVM's time zone, here America/Los_Angeles, must not matter.)",
      earns = 1)
  static class MidnightInUtc extends ReferenceCatalogue {
    @Override
    public List<Loan> loans(Jdbi jdbi) {
      return mapped(
          jdbi,
          (row, column) -> {
            LocalDate day = row.getObject(column, LocalDate.class);
            return day == null
                ? null
                : day.atStartOfDay(ZoneOffset.UTC)
                    .withZoneSameInstant(ZoneId.systemDefault())
                    .toLocalDate();
          });
    }
  }

  @Mistake(
      exercise = "3.9",
      violates = "null while the book is out",
      idea = "No null: a book that is out comes back at the end of time",
      because = "It does not, and the caller cannot tell any more which ones are out.",
      instead = "null, as the record has it.",
      rejectedBy = "loans_come_with_book_and_member",
      says = "The loans",
      earns = 1)
  static class ReturnedToday extends ReferenceCatalogue {
    @Override
    public List<Loan> loans(Jdbi jdbi) {
      return super.loans(jdbi).stream()
          .map(
              loan ->
                  loan.returnedOn() == null
                      ? new Loan(
                          loan.title(), loan.member(), loan.lentOn(), LocalDate.of(9999, 12, 31))
                      : loan)
          .toList();
    }
  }

  @Mistake(
      exercise = "3.9",
      violates = "the member's name",
      idea = "Blanks around a name mean nothing",
      because = "The table has them. Cleaning it up is another task.",
      instead = "The column as it is.",
      rejectedBy = "loans_come_with_book_and_member",
      says = "The loans",
      earns = 1)
  static class TrimsNames extends ReferenceCatalogue {
    @Override
    public List<Loan> loans(Jdbi jdbi) {
      return joined(
          jdbi,
          """
          SELECT title, trim(name) AS member, lent_on, returned_on FROM loans
          JOIN books ON books.id = book_id JOIN members ON members.id = member_id
          ORDER BY lent_on, loans.id
          """);
    }
  }

  @Mistake(
      exercise = "3.9",
      violates = "the book's title",
      idea = "Two strings, in any order",
      because = """
          A record of two strings takes them either way round. The mapper that goes by names
          does not mix them up.""",
      instead = "`ConstructorMapper`, or a second look.",
      rejectedBy = "loans_come_with_book_and_member",
      says = "The loans",
      earns = 1)
  static class Exchanged extends ReferenceCatalogue {
    @Override
    public List<Loan> loans(Jdbi jdbi) {
      return joined(
          jdbi,
          """
          SELECT title AS member, name AS title, lent_on, returned_on FROM loans
          JOIN books ON books.id = book_id JOIN members ON members.id = member_id
          ORDER BY lent_on, loans.id
          """);
    }
  }

  @Mistake(
      exercise = "3.9",
      violates = "the day it began",
      idea = "Two dates, in any order",
      because = """
          Where only one day is known, it becomes the day of the return, and the loan begins
          on none.""",
      instead = "`ConstructorMapper`, or a second look.",
      rejectedBy = "loans_come_with_book_and_member",
      says = "The loans",
      earns = 1)
  static class DaysExchanged extends ReferenceCatalogue {
    @Override
    public List<Loan> loans(Jdbi jdbi) {
      return super.loans(jdbi).stream()
          .map(loan -> new Loan(loan.title(), loan.member(), loan.returnedOn(), loan.lentOn()))
          .toList();
    }
  }

  @Mistake(
      exercise = "3.9",
      violates = "Errors of the server reach the caller",
      idea = "A query that fails has found nothing",
      because = """
          An empty list says that no book was ever lent. The caller believes it, and the fault
          stays.""",
      instead = "Let the exception through.",
      rejectedBy = "one_query_finds_all_loans",
      says = "42P01",
      earns = 1)
  static class NoLoansOnFailure extends ReferenceCatalogue {
    @Override
    public List<Loan> loans(Jdbi jdbi) {
      try {
        return super.loans(jdbi);
      } catch (JdbiException e) {
        return List.of();
      }
    }
  }
}
