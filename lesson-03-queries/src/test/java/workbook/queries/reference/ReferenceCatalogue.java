package workbook.queries.reference;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import workbook.queries.Catalogue.Book;
import workbook.queries.Catalogue.BookCursor;
import workbook.queries.Catalogue;

/** One way to write the catalogue, with the reasons. */
public class ReferenceCatalogue implements Catalogue {

  // Rules that must hold for every row belong in the server: it is the only
  // place that every program goes through. NO ACTION, the default of
  // REFERENCES, is what keeps a lent book from being removed.
  private static final String TABLES =
      """
      CREATE TABLE IF NOT EXISTS books (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        title text NOT NULL,
        author text NOT NULL,
        genre text,
        published integer);
      CREATE TABLE IF NOT EXISTS members (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        name text NOT NULL,
        email text NOT NULL UNIQUE);
      CREATE TABLE IF NOT EXISTS loans (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        book_id bigint NOT NULL REFERENCES books,
        member_id bigint NOT NULL REFERENCES members,
        lent_on date NOT NULL DEFAULT CURRENT_DATE,
        returned_on date)
      """;

  private static final String INSERT =
      "INSERT INTO books (title, author, genre, published)"
          + " VALUES (?, ?, ?, ?)";

  @Override
  public void createTables(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      // No values, so no placeholders: a plain Statement will do, and pgjdbc
      // runs all three commands of the text.
      statement.execute(TABLES);
    }
  }

  @Override
  public long addBook(DataSource dataSource, NewBook book)
      throws SQLException {
    // Asking for the key in the same statement, not with a second query such
    // as SELECT max(id): somebody else may insert in between.
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(INSERT, new String[] {"id"})) {
      bind(statement, book);
      statement.executeUpdate();
      try (ResultSet keys = statement.getGeneratedKeys()) {
        keys.next();
        return keys.getLong("id");
      }
    }
  }

  @Override
  public List<Book> search(DataSource dataSource, String text)
      throws SQLException {
    // A placeholder keeps the text from being SQL, but LIKE still reads % and
    // _ in it as wildcards: two different things to guard against.
    String query =
        "SELECT id, title, author, genre, published FROM books"
            + " WHERE title LIKE ? ORDER BY title, id";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, "%" + literally(text) + "%");
      try (ResultSet results = statement.executeQuery()) {
        List<Book> books = new ArrayList<>();
        while (results.next()) {
          books.add(book(results));
        }
        return books;
      }
    }
  }

  // The backslash first: done last, it would double those just added.
  private static String literally(String text) {
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }

  private static Book book(ResultSet results) throws SQLException {
    return new Book(
        results.getLong("id"),
        results.getString("title"),
        results.getString("author"),
        results.getString("genre"),
        // getInt would make a year 0 of NULL.
        results.getObject("published", Integer.class));
  }

  @Override
  public int addBooks(DataSource dataSource, List<NewBook> books)
      throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(INSERT)) {
      for (NewBook book : books) {
        bind(statement, book);
        statement.addBatch();
      }
      statement.executeBatch();
      // Not the sum of what executeBatch returns: with reWriteBatchedInserts
      // these are SUCCESS_NO_INFO, which is -2. A row that cannot be added
      // makes executeBatch throw, so all of them were.
      return books.size();
    }
  }

  private static void bind(PreparedStatement statement, NewBook book)
      throws SQLException {
    statement.setString(1, book.title());
    statement.setString(2, book.author());
    statement.setString(3, book.genre());
    // setInt cannot take a null; setObject sends NULL.
    statement.setObject(4, book.published());
  }

  @Override
  public BookCursor openCursor(Jdbi jdbi) {
    // The handle has to live as long as the cursor, so this is one of the few
    // places for open() in place of withHandle(): and then every way out has
    // to close it, the failing one too.
    Handle handle = jdbi.open();
    try {
      return new ResultCursor(
          handle,
          handle
              .createQuery("SELECT * FROM books ORDER BY title, id")
              .map(ConstructorMapper.of(Book.class))
              .iterator());
    } catch (RuntimeException e) {
      handle.close();
      throw e;
    }
  }

  @Override
  public List<AuthorCount> authorsWithMoreThan(Jdbi jdbi, int count) {
    // The alias is what the mapper goes by: without it the column would be
    // called "count", and AuthorCount has no such component.
    String query =
        """
        SELECT author, count(*) AS books FROM books
        GROUP BY author HAVING count(*) > :count
        ORDER BY books DESC, author
        """;
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(query)
                .bind("count", count)
                .map(ConstructorMapper.of(AuthorCount.class))
                .list());
  }

  @Override
  public Tidied tidy(
      Jdbi jdbi, String genre, String newGenre, long bookId) {
    return jdbi.withHandle(
        handle -> {
          int renamed =
              handle
                  .createUpdate("UPDATE books SET genre = :b WHERE genre = :a")
                  .bind("a", genre)
                  .bind("b", newGenre)
                  .execute();
          int removed =
              handle
                  .createUpdate("DELETE FROM books WHERE id = :id")
                  .bind("id", bookId)
                  .execute();
          // id is the key, so it is one or none.
          return new Tidied(renamed, removed == 1);
        });
  }

  @Override
  public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
    // pgjdbc heeds the fetch size in a transaction only: outside of one, the
    // server would close the cursor after the first portion, so the driver
    // takes the whole result at once.
    jdbi.useTransaction(
        handle ->
            handle
                .createQuery("SELECT title FROM books ORDER BY id")
                .setFetchSize(500)
                .mapTo(String.class)
                .useStream(titles -> titles.forEach(action)));
  }

  @Override
  public List<Loan> loans(Jdbi jdbi) {
    // Every loan has a book and a member, the keys see to that; so an inner
    // join loses none. lent_on finds lentOn by itself.
    String query =
        """
        SELECT books.title, members.name AS member, lent_on, returned_on
        FROM loans
        JOIN books ON books.id = loans.book_id
        JOIN members ON members.id = loans.member_id
        ORDER BY lent_on, loans.id
        """;
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(query)
                .map(ConstructorMapper.of(Loan.class))
                .list());
  }

  @Override
  public BookDao dao(Jdbi jdbi) {
    // onDemand, not open(): nobody would know when to close the handle.
    return jdbi.installPlugin(new SqlObjectPlugin()).onDemand(Books.class);
  }

  @Override
  public List<Event> addEvent(DataSource dataSource, Event event)
      throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      Array topics =
          connection.createArrayOf("text", event.topics().toArray());
      insert(connection, event, topics);
      return sharing(connection, topics);
    }
  }

  private static void insert(
      Connection connection, Event event, Array topics) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO events (id, begins, fee, seats, topics, details)"
                + " VALUES (?, ?, ?, ?, ?, ?::jsonb)")) {
      statement.setObject(1, event.id());
      // With its offset, a moment means the same in every time zone.
      statement.setObject(2, event.begins().atOffset(ZoneOffset.UTC));
      statement.setBigDecimal(3, event.fee());
      statement.setObject(4, event.seats(), Types.INTEGER);
      statement.setArray(5, topics);
      statement.setString(6, event.details());
      statement.executeUpdate();
    }
  }

  private static List<Event> sharing(Connection connection, Array topics)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT * FROM events WHERE topics && ? ORDER BY begins, id")) {
      statement.setArray(1, topics);
      List<Event> events = new ArrayList<>();
      try (ResultSet results = statement.executeQuery()) {
        while (results.next()) {
          events.add(event(results));
        }
      }
      return events;
    }
  }

  private static Event event(ResultSet results) throws SQLException {
    String[] topics = (String[]) results.getArray("topics").getArray();
    return new Event(
        results.getObject("id", UUID.class),
        results.getObject("begins", OffsetDateTime.class).toInstant(),
        results.getBigDecimal("fee"),
        // Not getInt: of NULL it makes 0, and no seats are no unlimited ones.
        results.getObject("seats", Integer.class),
        List.of(topics),
        results.getString("details"));
  }

  /** The SQL beside the method that runs it, and nothing else to write. */
  @RegisterConstructorMapper(Book.class)
  public interface Books extends BookDao {
    /** The columns that {@code @BindMethods} fills from a {@link NewBook}. */
    String INSERT =
        "INSERT INTO books (title, author, genre, published)"
            + " VALUES (:title, :author, :genre, :published)";

    @Override
    @SqlUpdate(INSERT)
    @GetGeneratedKeys("id")
    long add(@BindMethods NewBook book);

    @Override
    @SqlBatch(INSERT)
    int[] addAll(@BindMethods List<NewBook> books);

    @Override
    @SqlQuery("SELECT * FROM books WHERE author = :author ORDER BY title, id")
    List<Book> byAuthor(@Bind("author") String author);

    @Override
    @SqlUpdate("DELETE FROM books WHERE id = :id")
    boolean remove(@Bind("id") long id);
  }

  /** The reference's cursor: one iterator, so there is only one position. */
  record ResultCursor(Handle handle, ResultIterator<Book> books)
      implements BookCursor {

    @Override
    public Optional<Book> next() {
      return books.hasNext() ? Optional.of(books.next()) : Optional.empty();
    }

    @Override
    public List<Book> next(int count) {
      List<Book> next = new ArrayList<>();
      // The count first: hasNext() may already move the position.
      while (next.size() < count && books.hasNext()) {
        next.add(books.next());
      }
      return next;
    }

    @Override
    public List<Book> rest() {
      return next(Integer.MAX_VALUE);
    }

    @Override
    public void close() {
      // The iterator's statement and result close with their handle.
      handle.close();
    }
  }
}
