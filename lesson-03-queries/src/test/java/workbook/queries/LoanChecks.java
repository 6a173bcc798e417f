package workbook.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.queries.Refused.assertRefusedWithout;

import java.time.LocalDate;
import java.util.List;
import java.util.TimeZone;
import org.jdbi.v3.core.Jdbi;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.grading.jdbc.LentSessions;
import workbook.queries.Catalogue.Loan;

/** Exercise 3.9: loans with their book and member. */
interface LoanChecks {

  /** The answer to check, made anew. */
  Catalogue answer();

  @Check(exercise = "3.9", points = 1)
  default void loans_come_with_book_and_member(FreshDatabase database) {
    // Each id is another one's, too: whoever joins the wrong columns finds rows.
    Library.filled(
        database,
        """
        INSERT INTO books (id, title, author) OVERRIDING SYSTEM VALUE VALUES
          (900, 'Emma', 'Austen'), (17, 'Emma', 'Austen'), (3, 'Zadig', 'Voltaire'),
          (4294967301, 'L''Été', 'Camus'), (5, 'Utopia', 'x'), (7, 'Rarely lent', 'x'),
          (8, 'Never lent', 'x'), (11, '', 'x'), (6, '%1$s', 'x')
        """
            .formatted(OddTexts.ODD),
        """
        INSERT INTO members (id, name, email) OVERRIDING SYSTEM VALUE VALUES
          (5000000000, 'Jane Lee', 'jane'), (11, 'Jane Lee', 'lee'), (900, 'Ada Kern', 'ada'),
          (3, ' O''Brien ', 'ob'), (17, 'Bo', 'no'), (7, 'Borrows nothing', ''), (12, '', 'none'),
          (6, '%1$s', 'odd')
        """
            .formatted(OddTexts.ODD),
        """
        INSERT INTO loans (id, book_id, member_id, lent_on, returned_on)
        OVERRIDING SYSTEM VALUE VALUES
          (30, 3, 5000000000, '2026-03-02', NULL),
          (4294967297, 17, 11, '2026-03-02', '2026-03-05'),
          (20, 900, 3, '2026-03-02', '2026-03-20'),
          (41, 900, 900, '2026-02-01', '2026-02-20'),
          (40, 17, 900, '2026-02-01', '2026-02-20'),
          (17, 4294967301, 11, '2026-03-08', '2026-03-29'),
          (11, 11, 3, '2026-04-05', '2026-04-05'),
          (12, 6, 6, '2026-04-05', '2026-04-04'),
          (13, 5, 17, '2026-04-05', NULL),
          (14, 17, 11, '2026-04-05', '1901-01-01'),
          (15, 5, 17, '2999-12-31', NULL),
          (16, 5, 17, '1901-01-01', '2999-12-31'),
          (3, 3, 900, '2026-09-27', '2999-11-01'),
          (100, 7, 12, '2026-05-01', NULL),
          (-5, 3, 11, '2026-05-01', NULL),
          (9, 11, 11, '2026-05-01', NULL),
          (900, 900, 5000000000, '1969-12-31', NULL)
        """,
        "UPDATE loans SET lent_on = lent_on WHERE id IN (40, 900)");
    List<Loan> expected =
        List.of(
            new Loan("Utopia", "Bo", LocalDate.of(1901, 1, 1), LocalDate.of(2999, 12, 31)),
            new Loan("Emma", "Jane Lee", LocalDate.of(1969, 12, 31), null),
            new Loan("Emma", "Ada Kern", day(2, 1), day(2, 20)),
            new Loan("Emma", "Ada Kern", day(2, 1), day(2, 20)),
            new Loan("Emma", " O'Brien ", day(3, 2), day(3, 20)),
            new Loan("Zadig", "Jane Lee", day(3, 2), null),
            new Loan("Emma", "Jane Lee", day(3, 2), day(3, 5)),
            new Loan("L'Été", "Jane Lee", day(3, 8), day(3, 29)),
            new Loan("", " O'Brien ", day(4, 5), day(4, 5)),
            new Loan(OddTexts.ODD, OddTexts.ODD, day(4, 5), day(4, 4)),
            new Loan("Utopia", "Bo", day(4, 5), null),
            new Loan("Emma", "Jane Lee", day(4, 5), LocalDate.of(1901, 1, 1)),
            new Loan("Zadig", "Jane Lee", day(5, 1), null),
            new Loan("", "Jane Lee", day(5, 1), null),
            new Loan("Rarely lent", "", day(5, 1), null),
            new Loan("Zadig", "Ada Kern", day(9, 27), LocalDate.of(2999, 11, 1)),
            new Loan("Utopia", "Bo", LocalDate.of(2999, 12, 31), null));

    // East and west of UTC: a day that is read in a wrong zone moves in one of them.
    for (String zone : List.of("Pacific/Auckland", "America/Los_Angeles")) {
      assertThat(loansIn(zone, database))
          .as("The loans, each with the book of its book_id and the member of its member_id, by"
                  + " lent_on and then by the id of the loan. (The JVM's time zone, here %s,"
                  + " must not matter.)",
              zone)
          .isEqualTo(expected);
    }
  }

  @Check(exercise = "3.9", points = 1)
  default void one_query_finds_all_loans(FreshDatabase database) {
    Library.stocked(database);
    // Else the server looks up the book and the member of each: they are there.
    database.execute(
        "ALTER TABLE loans DROP CONSTRAINT loans_book_id_fkey",
        "ALTER TABLE loans DROP CONSTRAINT loans_member_id_fkey",
        "INSERT INTO loans (book_id, member_id, lent_on)"
            + " SELECT 1 + n % 5, 1 + n % 2, date '2026-04-01' + n % 400"
            + " FROM generate_series(1, 1134) AS n");
    try (LentSessions source = LentSessions.of(database)) {
      assertOneQuery(source);
      manyLoansAreListed(database, source);
      assertRefusedWithout("loans", database, source, () -> answer().loans(source.jdbi()));
    }
  }

  private void assertOneQuery(LentSessions reused) {
    try (WatchedSource source = new WatchedSource(reused.dataSource())) {
      List<Loan> loans = answer().loans(Jdbi.create(source.dataSource()));

      assertThat(loans.size()).as("How many loans are listed").isEqualTo(1_137);
      assertThat(source.sent().size())
          .as("Queries sent for 1137 loans: the server can put three tables"
              + " together in one")
          .isEqualTo(1);
    }
  }

  private void manyLoansAreListed(FreshDatabase database, LentSessions reused) {
    database.execute(
        "INSERT INTO loans (book_id, member_id, lent_on)"
            + " SELECT 1 + n % 5, 1 + n % 2, date '2026-04-01' FROM generate_series(1, 9000) AS n");
    try (WatchedSource source = new WatchedSource(reused.dataSource())) {
      assertThat(answer().loans(Jdbi.create(source.dataSource())).size())
          .as("How many loans are listed when there are 9000 more")
          .isEqualTo(10_137);
      source.assertAllClosed("loans");
      assertThat(source.limits())
          .as("Limits on how many loans are listed: all")
          .isEqualTo(List.of());
    }
  }

  private List<Loan> loansIn(String zone, FreshDatabase database) {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    try {
      return answer().loans(Library.jdbi(database));
    } finally {
      TimeZone.setDefault(before);
    }
  }

  private static LocalDate day(int month, int day) {
    return LocalDate.of(2026, month, day);
  }
}
