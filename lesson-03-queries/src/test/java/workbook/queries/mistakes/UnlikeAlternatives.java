package workbook.queries.mistakes;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedList;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import workbook.grading.proofs.Alternative;
import workbook.queries.Catalogue.Book;
import workbook.queries.Catalogue.BookDao;
import workbook.queries.Catalogue.Event;
import workbook.queries.Catalogue.NewBook;
import workbook.queries.reference.ReferenceCatalogue;

/** Right answers of several exercises that are little like the reference. */
final class UnlikeAlternatives {
  private UnlikeAlternatives() {}

  @Alternative(
      exercise = "3.1",
      idea = """
          `CREATE TABLE` without `IF NOT EXISTS`: 42P07 says that a table is there already;
          `bigserial`, and a further index.""")
  static class TriesToCreate extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement()) {
        isNew(
            statement,
            "CREATE TABLE books (published integer, genre text, author text NOT NULL,"
                + " title text NOT NULL, id bigserial PRIMARY KEY)");
        isNew(
            statement,
            "CREATE TABLE members (email text NOT NULL CONSTRAINT one_each UNIQUE,"
                + " name text NOT NULL, id bigserial PRIMARY KEY)");
        if (isNew(
            statement,
            "CREATE TABLE loans (id bigserial, book_id bigint NOT NULL REFERENCES books,"
                + " member_id bigint NOT NULL, lent_on date DEFAULT now() NOT NULL,"
                + " returned_on date, PRIMARY KEY (id),"
                + " FOREIGN KEY (member_id) REFERENCES members (id) ON DELETE NO ACTION)")) {
          statement.execute("CREATE INDEX ON loans (book_id)");
        }
      }
    }

    private static boolean isNew(Statement statement, String sql) throws SQLException {
      try {
        statement.execute(sql);
        return true;
      } catch (SQLException e) {
        if (e.getSQLState().equals("42P07")) {
          return false;
        }
        throw e;
      }
    }
  }

  @Alternative(
      exercise = "3.3",
      idea = """
          The title taken apart at the string: two parts or more; read from the end of a result
          that can be scrolled.""")
  static class TakesTitlesApart extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      String sql =
          "SELECT id, title, author, genre, published FROM books, (SELECT ?::text AS t) AS typed"
              + " WHERE t = '' OR cardinality(string_to_array(title, t)) > 1"
              + " ORDER BY title, books.id";
      LinkedList<Book> found = new LinkedList<>();
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement =
              connection.prepareStatement(
                  sql, ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
        statement.setString(1, text);
        try (ResultSet rows = statement.executeQuery()) {
          rows.afterLast();
          while (rows.previous()) {
            int year = rows.getInt(5);
            Integer published = rows.wasNull() ? null : Integer.valueOf(year);
            found.addFirst(
                new Book(
                    rows.getLong(1),
                    rows.getString(2),
                    rows.getString(3),
                    rows.getString(4),
                    published));
          }
        }
      }
      return found;
    }
  }

  @Alternative(
      exercise = "3.10",
      idea = "`addAll` as a default method over one `@SqlUpdate`, with `unnest` of four arrays.")
  static class AddsArrays extends ReferenceCatalogue {
    @Override
    public BookDao dao(Jdbi jdbi) {
      return jdbi.installPlugin(new SqlObjectPlugin())
          .registerArrayType(String.class, "text")
          .registerArrayType(Integer.class, "int4")
          .onDemand(Arrays4.class);
    }

    /** The reference's, but for this. */
    public interface Arrays4 extends Books {
      @Override
      default int[] addAll(List<NewBook> books) {
        addArrays(
            books.stream().map(NewBook::title).toArray(String[]::new),
            books.stream().map(NewBook::author).toArray(String[]::new),
            books.stream().map(NewBook::genre).toArray(String[]::new),
            books.stream().map(NewBook::published).toArray(Integer[]::new));
        int[] counts = new int[books.size()];
        Arrays.fill(counts, 1);
        return counts;
      }

      /** Adds what these arrays have, position by position. */
      @SqlUpdate(
          "INSERT INTO books (title, author, genre, published)"
              + " SELECT * FROM unnest(:t, :a, :g, :p)")
      int addArrays(
          @Bind("t") String[] titles,
          @Bind("a") String[] authors,
          @Bind("g") String[] genres,
          @Bind("p") Integer[] years);
    }
  }

  @Alternative(
      exercise = "3.11",
      idea = """
          Numbers as strings that the SQL casts, and topics that are compared one by one.""")
  static class CastsStrings extends EventsByHand {
    @Override
    String insert() {
      return "INSERT INTO events SELECT ?, ?::timestamptz, ?::numeric, ?::integer, ?, ?::jsonb";
    }

    @Override
    String select() {
      return """
          SELECT * FROM events AS e WHERE EXISTS (
            SELECT FROM unnest(e.topics) AS t WHERE t = ANY(?))
          ORDER BY begins ASC, id ASC
          """;
    }

    @Override
    void setFee(PreparedStatement insert, Event event) throws SQLException {
      insert.setString(3, event.fee() == null ? null : event.fee().toPlainString());
    }

    @Override
    void setSeats(PreparedStatement insert, Event event) throws SQLException {
      insert.setString(4, event.seats() == null ? null : event.seats().toString());
    }
  }
}
