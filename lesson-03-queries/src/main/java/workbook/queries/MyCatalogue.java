package workbook.queries;

import static workbook.support.Todo.todo;

import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** Your answers to lesson 3; {@link Catalogue} says what each has to do. */
public final class MyCatalogue implements Catalogue {

  @Override
  public void createTables(DataSource dataSource) throws SQLException {
    // TODO: CREATE TABLE books, members and loans
    todo("3.1");
  }

  @Override
  public long addBook(DataSource dataSource, NewBook book)
      throws SQLException {
    // TODO: INSERT with placeholders, and ask for the key
    return todo("3.2");
  }

  @Override
  public List<Book> search(DataSource dataSource, String text)
      throws SQLException {
    // TODO: SELECT ... LIKE, and read the rows into books
    return todo("3.3");
  }

  @Override
  public int addBooks(DataSource dataSource, List<NewBook> books)
      throws SQLException {
    // TODO: one batch
    return todo("3.4");
  }

  @Override
  public BookCursor openCursor(Jdbi jdbi) {
    // TODO: a class that keeps its place in one result
    return todo("3.5");
  }

  @Override
  public List<AuthorCount> authorsWithMoreThan(Jdbi jdbi, int count) {
    // TODO: GROUP BY and HAVING
    return todo("3.6");
  }

  @Override
  public Tidied tidy(
      Jdbi jdbi, String genre, String newGenre, long bookId) {
    // TODO: UPDATE, DELETE, and look at what they return
    return todo("3.7");
  }

  @Override
  public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
    // TODO: a stream that fetches some rows at a time
    todo("3.8");
  }

  @Override
  public List<Loan> loans(Jdbi jdbi) {
    // TODO: a join
    return todo("3.9");
  }

  @Override
  public BookDao dao(Jdbi jdbi) {
    // TODO: an interface with annotations, and onDemand
    return todo("3.10");
  }

  @Override
  public List<Event> addEvent(DataSource dataSource, Event event)
      throws SQLException {
    // TODO: INSERT and SELECT; each column has its own type in Java
    return todo("3.11");
  }
}
