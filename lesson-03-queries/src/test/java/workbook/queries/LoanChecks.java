package workbook.queries;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.queries.Catalogue.Loan;

/** Exercise 3.9: loans with their book and member. */
interface LoanChecks {

  /** The answer to check, made anew. */
  Catalogue answer();

  @Check(exercise = "3.9", points = 1)
  default void loans_come_with_book_and_member(FreshDatabase database) {
    Library.stocked(database);

    assertThat(answer().loans(Library.jdbi(database)))
        .as("The loans, by the day they began and then by id")
        .isEqualTo(
            List.of(
                new Loan("Emma", "Ada Kern", day(2, 1), day(2, 20)),
                new Loan("Dracula", "Jane Lee", day(3, 2), null),
                new Loan("Beowulf", "Jane Lee", day(3, 2), null)));
  }

  @Check(exercise = "3.9", points = 1)
  default void one_query_finds_all_loans(FreshDatabase database) {
    Library.stocked(database);
    database.execute(
        "INSERT INTO loans (book_id, member_id, lent_on)"
            + " SELECT 3, 2, date '2026-04-01' + n"
            + " FROM generate_series(1, 27) AS n");
    StatementLog log = new StatementLog(database.dataSource());

    List<Loan> loans = answer().loans(Jdbi.create(log.dataSource()));

    assertThat(loans.size()).as("How many loans are listed").isEqualTo(30);
    assertThat(log.sent().size())
        .as("Queries sent for 30 loans: the server can put three tables"
            + " together in one")
        .isEqualTo(1);
  }

  private static LocalDate day(int month, int day) {
    return LocalDate.of(2026, month, day);
  }
}
