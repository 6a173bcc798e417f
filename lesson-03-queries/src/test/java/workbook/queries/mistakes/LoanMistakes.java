package workbook.queries.mistakes;

import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.Loan;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.9: rows of three tables. */
final class LoanMistakes {
  private LoanMistakes() {}

  @Mistake(
      exercise = "3.9",
      idea = "Ask for the loans, then for the book and the member of each",
      because = """
          Thirty loans, sixty-one queries: the famous N+1. Each is fast, and together they
          are slow, the more so the further the server is away.""",
      instead = "`JOIN`: the server puts three tables together in one query.",
      rejectedBy = "one_query_finds_all_loans",
      says = "the server can put three tables together in one",
      earns = 1)
  static class OneMoreForEach extends ReferenceCatalogue {
    record Row(long bookId, long memberId, LocalDate lentOn, LocalDate returnedOn) {}

    @Override
    public List<Loan> loans(Jdbi jdbi) {
      return jdbi.withHandle(
          handle ->
              handle
                  .createQuery("SELECT * FROM loans ORDER BY lent_on, id")
                  .map(ConstructorMapper.of(Row.class))
                  .list()
                  .stream()
                  .map(
                      row ->
                          new Loan(
                              one(handle, "SELECT title FROM books WHERE id = ?", row.bookId()),
                              one(handle, "SELECT name FROM members WHERE id = ?", row.memberId()),
                              row.lentOn(),
                              row.returnedOn()))
                  .toList());
    }

    private static String one(Handle handle, String query, long id) {
      return handle.select(query, id).mapTo(String.class).one();
    }
  }

  private static List<Loan> joined(Jdbi jdbi, String sql) {
    return jdbi.withHandle(
        handle -> handle.createQuery(sql).map(ConstructorMapper.of(Loan.class)).list());
  }

  @Mistake(
      exercise = "3.9",
      idea = "Name the three tables, and the server knows how they belong together",
      because = """
          It does not: without a condition each loan meets each book and each member.""",
      instead = "`JOIN ... ON`: say which columns belong together.",
      rejectedBy = "loans_come_with_book_and_member",
      says = "by the day they began and then by id")
  static class CrossJoin extends ReferenceCatalogue {
    @Override
    public List<Loan> loans(Jdbi jdbi) {
      return joined(
          jdbi,
          """
          SELECT title, name AS member, lent_on, returned_on FROM loans, books, members
          ORDER BY lent_on, loans.id
          """);
    }
  }

  @Mistake(
      exercise = "3.9",
      idea = "The column's name is good enough",
      because = """
          The member's name is in the column `name`, and the record's component is called
          `member`: the mapper does not find it.""",
      instead = "`members.name AS member`.",
      rejectedBy = "loans_come_with_book_and_member",
      says = "member")
  static class WithoutAlias extends ReferenceCatalogue {
    @Override
    public List<Loan> loans(Jdbi jdbi) {
      return joined(
          jdbi,
          """
          SELECT title, name, lent_on, returned_on FROM loans
          JOIN books ON books.id = book_id JOIN members ON members.id = member_id
          ORDER BY lent_on, loans.id
          """);
    }
  }

  @Mistake(
      exercise = "3.9",
      idea = "Loans are those that are out",
      because = "Asked for are all of them. A book that came back was lent, too.",
      instead = "No condition: `returned_on` may be NULL or not.",
      rejectedBy = "loans_come_with_book_and_member",
      says = "The loans")
  static class OnlyOpenOnes extends ReferenceCatalogue {
    @Override
    public List<Loan> loans(Jdbi jdbi) {
      return joined(
          jdbi,
          """
          SELECT title, name AS member, lent_on, returned_on FROM loans
          JOIN books ON books.id = book_id JOIN members ON members.id = member_id
          WHERE returned_on IS NULL ORDER BY lent_on, loans.id
          """);
    }
  }

  @Alternative(
      exercise = "3.9",
      idea = "A subquery for each name instead of a join, and a mapper written by hand.")
  static class WithSubqueries extends ReferenceCatalogue {
    @Override
    public List<Loan> loans(Jdbi jdbi) {
      String sql =
          """
          SELECT (SELECT title FROM books WHERE books.id = loans.book_id),
                 (SELECT name FROM members WHERE members.id = loans.member_id),
                 lent_on, returned_on
          FROM loans ORDER BY lent_on, id
          """;
      return jdbi.withHandle(
          handle ->
              handle
                  .createQuery(sql)
                  .map(
                      (row, context) ->
                          new Loan(
                              row.getString(1),
                              row.getString(2),
                              row.getObject(3, LocalDate.class),
                              row.getObject(4, LocalDate.class)))
                  .list());
    }
  }
}
