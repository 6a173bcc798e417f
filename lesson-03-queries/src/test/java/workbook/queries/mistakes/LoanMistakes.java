package workbook.queries.mistakes;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.Loan;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.9: rows of three tables. */
final class LoanMistakes {
  static final String JOINED =
      """
      SELECT title, name, lent_on, returned_on FROM loans
      JOIN books ON books.id = book_id JOIN members ON members.id = member_id
      ORDER BY lent_on, loans.id
      """;

  private LoanMistakes() {}

  /** How to read a day. */
  interface Days {
    LocalDate read(ResultSet row, int column) throws SQLException;
  }

  /** A row of loans alone. */
  public record Row(long bookId, long memberId, LocalDate lentOn, LocalDate returnedOn) {
    Loan with(String title, String member) {
      return new Loan(title, member, lentOn, returnedOn);
    }
  }

  static List<Row> rows(Handle handle) {
    return handle
        .createQuery("SELECT * FROM loans ORDER BY lent_on, id")
        .map(ConstructorMapper.of(Row.class))
        .list();
  }

  static List<Loan> joined(Jdbi jdbi, String sql) {
    return jdbi.withHandle(
        handle -> handle.createQuery(sql).map(ConstructorMapper.of(Loan.class)).list());
  }

  static List<Loan> mapped(Jdbi jdbi, Days days) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(JOINED)
                .map(
                    (row, context) ->
                        new Loan(
                            row.getString(1),
                            row.getString(2),
                            days.read(row, 3),
                            days.read(row, 4)))
                .list());
  }

  @Mistake(
      exercise = "3.9",
      violates = "by one query",
      idea = "Ask for the loans, then for the book and the member of each",
      because = """
          1137 loans, 2275 queries: the famous N+1. Each is fast, and together they are slow,
          the more so the further the server is away.""",
      instead = "`JOIN`: the server puts three tables together in one query.",
      rejectedBy = "one_query_finds_all_loans",
      says = "the server can put three tables together in one",
      earns = 1)
  static class OneMoreForEach extends ReferenceCatalogue {
    @Override
    public List<Loan> loans(Jdbi jdbi) {
      return jdbi.withHandle(
          handle ->
              rows(handle).stream()
                  .map(
                      row ->
                          row.with(
                              one(handle, "SELECT title FROM books WHERE id = ?", row.bookId()),
                              one(handle, "SELECT name FROM members WHERE id = ?", row.memberId())))
                  .toList());
    }

    private static String one(Handle handle, String query, long id) {
      return handle.select(query, id).mapTo(String.class).one();
    }
  }

  @Mistake(
      exercise = "3.9",
      violates = "by one query",
      idea = "Three queries, and a map for the names",
      because = """
          Three are better than N+1, and still all books and all members travel, lent or not.
          And between two queries others may write.""",
      instead = "`JOIN`: it is what the server is best at.",
      rejectedBy = "one_query_finds_all_loans",
      says = "the server can put three tables together in one",
      earns = 1)
  static class JoinsInJava extends ReferenceCatalogue {
    @Override
    public List<Loan> loans(Jdbi jdbi) {
      return jdbi.withHandle(
          handle -> {
            Map<Long, String> titles = names(handle, "SELECT id, title FROM books");
            Map<Long, String> members = names(handle, "SELECT id, name FROM members");
            return rows(handle).stream()
                .map(row -> row.with(titles.get(row.bookId()), members.get(row.memberId())))
                .toList();
          });
    }

    private static Map<Long, String> names(Handle handle, String query) {
      Map<Long, String> names = new HashMap<>();
      handle
          .createQuery(query)
          .map((row, context) -> names.put(row.getLong(1), row.getString(2)))
          .list();
      return names;
    }
  }

  @Mistake(
      exercise = "3.9",
      violates = "with their book and member",
      idea = "Name the three tables, and the server knows how they belong together",
      because = "It does not: without a condition each loan meets each book and each member.",
      instead = "`JOIN ... ON`: say which columns belong together.",
      rejectedBy = "loans_come_with_book_and_member",
      says = "by lent_on and then by the id of the loan",
      earns = 0)
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
      violates = "the names that belong to it",
      idea = "A loan and its book have the same id",
      because = "They may, in a table of three rows. Each table numbers its own.",
      instead = "`books.id = loans.book_id`.",
      rejectedBy = "loans_come_with_book_and_member",
      says = "by lent_on and then by the id of the loan",
      earns = 0)
  static class WrongColumns extends ReferenceCatalogue {
    @Override
    public List<Loan> loans(Jdbi jdbi) {
      return joined(
          jdbi,
          """
          SELECT title, name AS member, lent_on, returned_on FROM loans
          JOIN books ON books.id = loans.id JOIN members ON members.id = member_id
          ORDER BY lent_on, loans.id
          """);
    }
  }

  @Mistake(
      exercise = "3.9",
      violates = "Lists all loans",
      idea = "Begin with the books, and `LEFT JOIN` the rest",
      because = "A book that was never lent gives a row without a loan.",
      instead = "`FROM loans`: each row of the result is one of its rows.",
      rejectedBy = "loans_come_with_book_and_member",
      says = "by lent_on and then by the id of the loan",
      earns = 1)
  static class FromBooks extends ReferenceCatalogue {
    @Override
    public List<Loan> loans(Jdbi jdbi) {
      return joined(
          jdbi,
          """
          SELECT title, name AS member, lent_on, returned_on FROM books
          LEFT JOIN loans ON books.id = book_id LEFT JOIN members ON members.id = member_id
          ORDER BY lent_on, loans.id
          """);
    }
  }

  @Mistake(
      exercise = "3.9",
      violates = "with their book and member",
      idea = "The column's name is good enough",
      because = """
          The member's name is in the column `name`, and the record's component is called
          `member`: the mapper does not find it.""",
      instead = "`members.name AS member`.",
      rejectedBy = "loans_come_with_book_and_member",
      says = "member",
      earns = 0)
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
      violates = "books that came back, too",
      idea = "Loans are those that are out",
      because = "Asked for are all of them. A book that came back was lent, too.",
      instead = "No condition: `returned_on` may be NULL or not.",
      rejectedBy = "loans_come_with_book_and_member",
      says = "The loans",
      earns = 0)
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

  @Mistake(
      exercise = "3.9",
      violates = "loans that look alike",
      idea = "The same line twice is a mistake",
      because = """
          Two copies of a book went to the same member on the same day, and came back
          together: two loans.""",
      instead = "No `DISTINCT`, here or in the stream.",
      rejectedBy = "loans_come_with_book_and_member",
      says = "The loans",
      earns = 0)
  static class Distinct extends ReferenceCatalogue {
    @Override
    public List<Loan> loans(Jdbi jdbi) {
      return super.loans(jdbi).stream().distinct().toList();
    }
  }

  @Mistake(
      exercise = "3.9",
      violates = "Every row of loans is listed",
      idea = "A hundred rows are enough for anybody",
      because = "The 101st loan is missing, and no error says so.",
      instead = "No `LIMIT` that the contract does not ask for.",
      rejectedBy = "one_query_finds_all_loans",
      says = "How many loans are listed",
      earns = 1)
  static class OnlyAHundred extends ReferenceCatalogue {
    @Override
    public List<Loan> loans(Jdbi jdbi) {
      return joined(
          jdbi,
          """
          SELECT title, name AS member, lent_on, returned_on FROM loans
          JOIN books ON books.id = book_id JOIN members ON members.id = member_id
          ORDER BY lent_on, loans.id LIMIT 100
          """);
    }
  }

  @Mistake(
      exercise = "3.9",
      violates = "and then by the id of the loan",
      idea = "`ORDER BY lent_on, books.id`",
      because = """
          Of two loans of one day, the one of the book with the smaller id comes first. Asked
          for was the id of the loan.""",
      instead = "`ORDER BY lent_on, loans.id`.",
      rejectedBy = "loans_come_with_book_and_member",
      says = "by lent_on and then by the id of the loan",
      earns = 1)
  static class ByBook extends ReferenceCatalogue {
    @Override
    public List<Loan> loans(Jdbi jdbi) {
      return joined(
          jdbi,
          """
          SELECT title, name AS member, lent_on, returned_on FROM loans
          JOIN books ON books.id = book_id JOIN members ON members.id = member_id
          ORDER BY lent_on, books.id
          """);
    }
  }

  @Mistake(
      exercise = "3.9",
      violates = "and then by the id of the loan",
      idea = "The day decides",
      because = "Loans of one day come as the server finds them, in another order tomorrow.",
      instead = "`ORDER BY lent_on, loans.id`.",
      rejectedBy = "loans_come_with_book_and_member",
      says = "by lent_on and then by the id of the loan",
      earns = 1)
  static class ByDayOnly extends ReferenceCatalogue {
    @Override
    public List<Loan> loans(Jdbi jdbi) {
      return joined(
          jdbi,
          """
          SELECT title, name AS member, lent_on, returned_on FROM loans
          JOIN books ON books.id = book_id JOIN members ON members.id = member_id
          ORDER BY lent_on, loans.id DESC
          """);
    }
  }
}
