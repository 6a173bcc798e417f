package workbook.queries.mistakes;

import static workbook.queries.mistakes.LoanMistakes.rows;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import workbook.grading.proofs.Alternative;
import workbook.queries.Catalogue.Loan;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.9: right answers that differ from the reference. */
final class LoanAlternatives {
  private LoanAlternatives() {}

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

  @Alternative(
      exercise = "3.9",
      idea =
          "A row as a map, joined from right to left; `java.sql.Date` knows the day that "
          + "it is here.")
  static class WithSqlDate extends ReferenceCatalogue {
    @Override
    public List<Loan> loans(Jdbi jdbi) {
      try (Handle handle = jdbi.open()) {
        return handle
            .createQuery(
                "SELECT l.*, b.title, m.name FROM members m"
                    + " RIGHT JOIN loans l ON l.member_id = m.id"
                    + " LEFT JOIN books b ON b.id = l.book_id ORDER BY l.lent_on, l.id")
            .mapToMap()
            .map(
                row ->
                    new Loan(
                        (String) row.get("title"),
                        (String) row.get("name"),
                        day(row.get("lent_on")),
                        day(row.get("returned_on"))))
            .list();
      }
    }

    private static LocalDate day(Object date) {
      return date == null ? null : ((Date) date).toLocalDate();
    }
  }

  @Alternative(
      exercise = "3.9",
      idea = "JDBC on the handle's connection, and the dates as strings.")
  static class WithJdbc extends ReferenceCatalogue {
    @Override
    public List<Loan> loans(Jdbi jdbi) {
      String sql =
          "WITH named AS (SELECT loans.*, name FROM loans, members WHERE members.id = member_id)"
              + " SELECT title, name, lent_on::text, returned_on::text FROM named, books"
              + " WHERE books.id = book_id ORDER BY named.lent_on, named.id";
      try (Handle handle = jdbi.open();
          Statement statement = handle.getConnection().createStatement();
          ResultSet rows = statement.executeQuery(sql)) {
        List<Loan> loans = new ArrayList<>();
        while (rows.next()) {
          String back = rows.getString(4);
          loans.add(
              new Loan(
                  rows.getString(1),
                  rows.getString(2),
                  LocalDate.parse(rows.getString(3)),
                  back == null ? null : LocalDate.parse(back)));
        }
        return loans;
      } catch (SQLException e) {
        throw new IllegalStateException("The loans could not be read.", e);
      }
    }
  }
}
