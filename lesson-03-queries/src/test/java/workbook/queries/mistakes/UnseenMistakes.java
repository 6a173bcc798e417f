package workbook.queries.mistakes;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObject;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.customizer.Define;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.Book;
import workbook.queries.Catalogue.BookDao;
import workbook.queries.Catalogue.Loan;
import workbook.queries.Catalogue.NewBook;
import workbook.queries.reference.ReferenceCatalogue;

/** What goes by a check that looks at a statement's text, or at its results, only. */
final class UnseenMistakes {
  private static final String INTO = "COPY books (title, author, genre, published) FROM STDIN CSV";

  private UnseenMistakes() {}

  private static CopyManager copies(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class).getCopyAPI();
  }

  @Mistake(
      exercise = "3.1",
      violates = "a second member with exactly the same email (23505)",
      idea = "A trigger looks for the email, and for the book and the member",
      because = """
          It sees only what is committed. Two sessions at once both find nothing, and both
          write: afterwards there are two members of one email, and loans of books that are
          gone.""",
      instead = "Constraints: the server has the second session wait for the first.",
      rejectedBy = "the_server_refuses_rows_that_break_the_rules",
      says = "it has to wait for the other one",
      earns = 2)
  static class TriggersLook extends ReferenceCatalogue {
    @Override
    public void createTables(DataSource dataSource) throws SQLException {
      TableMistakes.run(
          dataSource,
          TableMistakes.RIGHT.replaceAll(" REFERENCES \\w+| UNIQUE", "")
              + """
              ;
              CREATE OR REPLACE FUNCTION check_member() RETURNS trigger LANGUAGE plpgsql AS $$
              BEGIN
                IF EXISTS (SELECT FROM members WHERE email = NEW.email AND id <> NEW.id) THEN
                  RAISE unique_violation;
                END IF;
                RETURN NEW;
              END $$;
              CREATE OR REPLACE FUNCTION check_loan() RETURNS trigger LANGUAGE plpgsql AS $$
              BEGIN
                IF NEW.book_id IS NOT NULL AND NEW.member_id IS NOT NULL
                  AND NOT EXISTS (SELECT FROM books, members
                    WHERE books.id = NEW.book_id AND members.id = NEW.member_id) THEN
                  RAISE foreign_key_violation;
                END IF;
                RETURN NEW;
              END $$;
              CREATE OR REPLACE FUNCTION check_gone() RETURNS trigger LANGUAGE plpgsql AS $$
              BEGIN
                IF EXISTS (SELECT FROM loans WHERE OLD.id =
                    CASE TG_TABLE_NAME WHEN 'books' THEN book_id ELSE member_id END) THEN
                  RAISE foreign_key_violation;
                END IF;
                RETURN OLD;
              END $$;
              CREATE OR REPLACE TRIGGER check_member BEFORE INSERT OR UPDATE ON members
                FOR EACH ROW EXECUTE FUNCTION check_member();
              CREATE OR REPLACE TRIGGER check_loan BEFORE INSERT OR UPDATE ON loans
                FOR EACH ROW EXECUTE FUNCTION check_loan();
              CREATE OR REPLACE TRIGGER check_gone BEFORE DELETE ON books
                FOR EACH ROW EXECUTE FUNCTION check_gone();
              CREATE OR REPLACE TRIGGER check_gone BEFORE DELETE ON members
                FOR EACH ROW EXECUTE FUNCTION check_gone()
              """);
    }
  }

  @Mistake(
      exercise = "3.2",
      violates = "The values travel apart from the SQL text, as placeholders",
      idea = "In hexadecimal, no value can break out of its quotes",
      because = """
          It cannot, but each book makes another SQL text, which the server parses and plans
          anew.""",
      instead = "Placeholders: one text for all books.",
      rejectedBy = "a_book_is_added_and_its_id_returned",
      says = "SQL that was sent for other values",
      earns = 1)
  static class InHexadecimal extends ReferenceCatalogue {
    @Override
    public long addBook(DataSource dataSource, NewBook book) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement();
          ResultSet id =
              statement.executeQuery(
                  "INSERT INTO books (title, author, genre, published) VALUES (%s, %s, %s, %s::int)"
                          .formatted(
                              hex(book.title()),
                              hex(book.author()),
                              hex(book.genre()),
                              hex(book.published() == null ? null : "" + book.published()))
                      + " RETURNING id")) {
        id.next();
        return id.getLong(1);
      }
    }

    private static String hex(String text) {
      return text == null
          ? "NULL"
          : "convert_from('\\x%s', 'UTF8')"
              .formatted(HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Mistake(
      exercise = "3.3",
      violates = "the server does the search: only the books found are read",
      idea = "COPY is quick: all books, and Java looks through them",
      because = "The whole table travels for each search, however it is read.",
      instead = "`strpos` or `LIKE`, and a placeholder.",
      rejectedBy = "titles_that_contain_the_text_come_in_order",
      says = "Rows that search",
      earns = 1)
  static class CopiesTheTable extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      List<Book> found = new ArrayList<>();
      try (Connection connection = dataSource.getConnection();
          PreparedStatement none =
              connection.prepareStatement("SELECT FROM books WHERE title = ? AND false")) {
        none.setString(1, text);
        none.executeQuery();
        StringWriter all = new StringWriter();
        copies(connection)
            .copyOut(
                "COPY (SELECT id, encode(convert_to(title, 'UTF8'), 'hex'),"
                    + " encode(convert_to(author, 'UTF8'), 'hex'),"
                    + " encode(convert_to(genre, 'UTF8'), 'hex'), published"
                    + " FROM books ORDER BY title, id) TO STDOUT",
                all);
        for (String line : all.toString().lines().toList()) {
          String[] parts = line.split("\t");
          if (decoded(parts[1]).contains(text)) {
            found.add(
                new Book(
                    Long.parseLong(parts[0]),
                    decoded(parts[1]),
                    decoded(parts[2]),
                    decoded(parts[3]),
                    parts[4].equals("\\N") ? null : Integer.valueOf(parts[4])));
          }
        }
        return found;
      } catch (IOException e) {
        throw new SQLException("Writing to memory failed.", e);
      }
    }
  }

  private static String decoded(String hex) {
    return hex.equals("\\N")
        ? null
        : new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
  }

  @Mistake(
      exercise = "3.4",
      violates = "not one by one and not in portions",
      idea = "`insertRow()` of a result: no INSERT to write",
      because = "The driver sends an INSERT for each row, as soon as it is called.",
      instead = "`addBatch()`, an array for each column, or COPY.",
      rejectedBy = "many_books_make_one_batch",
      says = "Times that books were sent to the server",
      earns = 0)
  static class InsertsThroughAResult extends ReferenceCatalogue {
    @Override
    public int addBooks(DataSource dataSource, List<NewBook> books) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          Statement statement =
              connection.createStatement(
                  ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_UPDATABLE)) {
        connection.setAutoCommit(false);
        try (ResultSet rows = statement.executeQuery("SELECT * FROM books LIMIT 0")) {
          rows.moveToInsertRow();
          for (NewBook book : books) {
            rows.updateString("title", book.title());
            rows.updateString("author", book.author());
            rows.updateString("genre", book.genre());
            rows.updateObject("published", book.published(), Types.INTEGER);
            rows.insertRow();
          }
        }
        connection.commit();
        return books.size();
      }
    }
  }

  @Mistake(
      exercise = "3.4",
      violates = "not one by one and not in portions",
      idea = "A COPY for every hundred books",
      because = "Each of them is a trip, and one COPY takes as many rows as there are.",
      instead = "One COPY for all.",
      rejectedBy = "many_books_make_one_batch",
      says = "Times that books were sent to the server",
      earns = 0)
  static class CopiesPortions extends ReferenceCatalogue {
    @Override
    public int addBooks(DataSource dataSource, List<NewBook> books) throws SQLException {
      try (Connection connection = dataSource.getConnection()) {
        connection.setAutoCommit(false);
        for (int from = 0; from < books.size(); from += 100) {
          StringBuilder csv = new StringBuilder();
          for (NewBook book : books.subList(from, Math.min(from + 100, books.size()))) {
            csv.append(quoted(book.title())).append(',').append(quoted(book.author()));
            csv.append(',').append(quoted(book.genre())).append(',');
            csv.append(book.published() == null ? "" : book.published()).append('\n');
          }
          copies(connection).copyIn(INTO, new StringReader(csv.toString()));
        }
        connection.commit();
        return books.size();
      } catch (IOException e) {
        throw new SQLException("Reading from memory failed.", e);
      }
    }
  }

  private static String quoted(String text) {
    return text == null ? "" : '"' + text.replace("\"", "\"\"") + '"';
  }

  @Mistake(
      exercise = "3.8",
      violates = "at most 2,000 of them are fetched at a time",
      idea = "COPY into a text, and then line by line",
      because = "All titles are in memory before the first is handed over.",
      instead = "A fetch size, or COPY row by row with `readFromCopy()`.",
      rejectedBy = "the_driver_never_holds_the_whole_result",
      says = "read ahead of the action",
      earns = 2)
  static class CopiesAllTitles extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      StringWriter all = new StringWriter();
      try (Handle handle = jdbi.open()) {
        copies(handle.getConnection())
            .copyOut(
                "COPY (SELECT encode(convert_to(title, 'UTF8'), 'hex') FROM books ORDER BY id)"
                    + " TO STDOUT",
                all);
      } catch (SQLException | IOException e) {
        throw new IllegalStateException(e);
      }
      all.toString().lines().map(UnseenMistakes::decoded).forEach(action);
    }
  }

  @Mistake(
      exercise = "3.9",
      violates = "by one query",
      idea = "Three queries in one text are one",
      because = """
          The server runs three queries. If another session removes a book between two of them,
          a loan comes without its title.""",
      instead = "A join.",
      rejectedBy = "one_query_finds_all_loans",
      says = "Queries sent for 1137 loans",
      earns = 1)
  static class ThreeInOneText extends ReferenceCatalogue {
    @Override
    public List<Loan> loans(Jdbi jdbi) {
      try (Handle handle = jdbi.open();
          Statement statement = handle.getConnection().createStatement()) {
        statement.execute(
            "SELECT id, title FROM books; SELECT id, name FROM members;"
                + " SELECT book_id, member_id, lent_on, returned_on FROM loans"
                + " ORDER BY lent_on, id");
        Map<Long, String> titles = names(statement);
        statement.getMoreResults();
        Map<Long, String> members = names(statement);
        statement.getMoreResults();
        List<Loan> loans = new ArrayList<>();
        ResultSet results = statement.getResultSet();
        while (results.next()) {
          loans.add(
              new Loan(
                  titles.get(results.getLong(1)),
                  members.get(results.getLong(2)),
                  results.getObject(3, LocalDate.class),
                  results.getObject(4, LocalDate.class)));
        }
        return loans;
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    private static Map<Long, String> names(Statement statement) throws SQLException {
      Map<Long, String> names = new HashMap<>();
      ResultSet results = statement.getResultSet();
      while (results.next()) {
        names.put(results.getLong(1), results.getString(2));
      }
      return names;
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "every statement comes from an annotation",
      idea = "One method with `@SqlUpdate(\"<sql>\")` runs everything",
      because = "The annotation says nothing: the SQL is somewhere in the code again.",
      instead = "The statement of each method in its own annotation.",
      rejectedBy = "the_methods_run_their_sql",
      says = "Statements that came from elsewhere",
      earns = 1)
  static class DefinesItsSql extends ReferenceCatalogue {
    @Override
    public BookDao dao(Jdbi jdbi) {
      return DaoMistakes.withPlugin(jdbi).onDemand(Anything.class);
    }

    /** Runs what it is given. */
    @RegisterConstructorMapper(Book.class)
    public interface Anything extends BookDao {
      /** Adds a book. */
      @SqlUpdate("<sql>")
      @GetGeneratedKeys("id")
      long insert(@Define("sql") String sql, @BindMethods NewBook book);

      @Override
      default long add(NewBook book) {
        return insert(DaoMistakes.INSERT, book);
      }

      @Override
      @SqlBatch(DaoMistakes.INSERT)
      int[] addAll(@BindMethods List<NewBook> books);

      @Override
      @SqlQuery("SELECT * FROM books WHERE author = :author ORDER BY title, id")
      List<Book> byAuthor(@Bind("author") String author);

      @Override
      @SqlUpdate("DELETE FROM books WHERE id = :id")
      boolean remove(@Bind("id") long id);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "every statement comes from an annotation",
      idea = "A Jdbi of my own, on the connections of the one that I am given",
      because = "What its statements are is then written in methods, as in 3.9.",
      instead = "`onDemand` of an interface whose methods carry their SQL.",
      rejectedBy = "the_methods_run_their_sql",
      says = "Statements that came from elsewhere",
      earns = 1)
  static class OwnJdbi extends ReferenceCatalogue {
    @Override
    public BookDao dao(Jdbi jdbi) {
      Jdbi own = Jdbi.create(() -> jdbi.open().getConnection());
      return DaoMistakes.withPlugin(own).onDemand(ByHand.class);
    }

    /** Runs one of its statements by hand. */
    @RegisterConstructorMapper(Book.class)
    public interface ByHand extends BookDao, SqlObject {
      @Override
      @SqlUpdate(DaoMistakes.INSERT)
      @GetGeneratedKeys("id")
      long add(@BindMethods NewBook book);

      @Override
      @SqlBatch(DaoMistakes.INSERT)
      int[] addAll(@BindMethods List<NewBook> books);

      @Override
      @SqlQuery("SELECT * FROM books WHERE author = :author ORDER BY title, id")
      List<Book> byAuthor(@Bind("author") String author);

      @Override
      default boolean remove(long id) {
        return withHandle(handle -> handle.execute("DELETE FROM books WHERE id = ?", id)) > 0;
      }
    }
  }
}
