package workbook.queries.mistakes;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.Loan;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercises 3.8 and 3.9: many rows, and rows of three tables. */
final class ReadMistakes {
  private static final String TITLES = "SELECT title FROM books ORDER BY id";

  private ReadMistakes() {}

  @Mistake(
      exercise = "3.8",
      idea = "A list of all titles, and a loop over it",
      because = """
          All titles are in memory at once, twice: in the driver, and in the list. With enough books
          that is the end of the program.""",
      instead = "A stream, with a fetch size, in a transaction.",
      rejectedBy = "a_title_can_be_forgotten_once_it_was_handed_over",
      says = "A list of all titles would keep it there")
  static class AListFirst extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      List<String> titles =
          jdbi.withHandle(handle -> handle.createQuery(TITLES).mapTo(String.class).list());
      titles.forEach(action);
    }
  }

  @Mistake(
      exercise = "3.8",
      idea = "`setFetchSize` alone",
      because = """
          pgjdbc heeds it only in a transaction. With autocommit it takes the whole result
          at once, and says nothing.""",
      instead = "`useTransaction`.",
      rejectedBy = "the_driver_never_holds_the_whole_result",
      says = "look up when the driver heeds that",
      earns = 4)
  static class UnderAutocommit extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      jdbi.useHandle(
          handle ->
              handle
                  .createQuery(TITLES)
                  .setFetchSize(500)
                  .mapTo(String.class)
                  .useStream(titles -> titles.forEach(action)));
    }
  }

  @Mistake(
      exercise = "3.8",
      idea = "A stream reads row by row",
      because = """
          Yours does, but the driver has read all rows before it gives you the first:
          without a fetch size it knows no portions.""",
      instead = "`setFetchSize`, in a transaction.",
      rejectedBy = "the_driver_never_holds_the_whole_result",
      says = "fetch some rows at a time",
      earns = 4)
  static class WithoutFetchSize extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      jdbi.useTransaction(
          handle ->
              handle
                  .createQuery(TITLES)
                  .mapTo(String.class)
                  .useStream(titles -> titles.forEach(action)));
    }
  }

  @Mistake(
      exercise = "3.8",
      idea = "Page by page, with `LIMIT` and `OFFSET`",
      because = """
          Each page is another query. What is removed between two of them moves the rest up,
          and titles get lost. And the server reads all rows before the offset each time.""",
      instead = "One query, whose result comes in portions.",
      rejectedBy = "others_may_write_while_the_titles_come",
      says = "page by page, books get lost",
      earns = 4)
  static class Pages extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      List<String> page = List.of("");
      for (int offset = 0; !page.isEmpty(); offset += page.size()) {
        int from = offset;
        page =
            jdbi.withHandle(
                handle ->
                    handle
                        .createQuery(TITLES + " LIMIT 500 OFFSET :offset")
                        .bind("offset", from)
                        .mapTo(String.class)
                        .list());
        page.forEach(action);
      }
    }
  }

  @Mistake(
      exercise = "3.8",
      idea = "Return the stream from `withHandle`, and use it outside",
      because = """
          The handle is closed by then, and the result with it: 55000.""",
      instead = "Use the stream inside: `useStream`.",
      rejectedBy = "every_title_comes_once_and_in_order",
      says = "SQLSTATE 55000")
  static class StreamEscapes extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      Stream<String> titles =
          jdbi.withHandle(
              handle ->
                  handle.createQuery(TITLES).setFetchSize(500).mapTo(String.class).stream());
      titles.forEach(action);
    }
  }

  @Mistake(
      exercise = "3.8",
      idea = "What the action throws is about one title: go on with the next",
      because = """
          It is the action's way to say "stop". Whoever swallows it hides a full disk, or a bug.""",
      instead = "Let it through; the handle is closed all the same.",
      rejectedBy = "what_the_action_throws_reaches_the_caller",
      says = "What forEachTitle threw when the action threw this",
      earns = 4)
  static class SwallowsTheAction extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      super.forEachTitle(
          jdbi,
          title -> {
            try {
              action.accept(title);
            } catch (RuntimeException e) {
              // the next one may be fine
            }
          });
    }
  }

  @Alternative(
      exercise = "3.8",
      idea = "JDBC: autocommit off, a fetch size, and a loop over the `ResultSet`.")
  static class WithJdbc extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      try (Handle handle = jdbi.open()) {
        handle.getConnection().setAutoCommit(false);
        try (PreparedStatement statement = handle.getConnection().prepareStatement(TITLES)) {
          statement.setFetchSize(100);
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              action.accept(rows.getString(1));
            }
          }
        }
        handle.getConnection().rollback();
        handle.getConnection().setAutoCommit(true);
      } catch (SQLException e) {
        throw new IllegalStateException("The titles could not be read.", e);
      }
    }
  }

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
