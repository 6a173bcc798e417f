package workbook.transactions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jdbi.v3.core.transaction.TransactionException;
import workbook.transactions.LendingDesk.NewBook;

/**
 * A delivery as exercises 4.3 and 4.4 get it: it can be read once only, it may
 * break off, and it looks at what others see while it is read.
 */
final class Delivery implements Iterable<NewBook> {
  private final Library library;
  private final List<NewBook> books;
  private final Throwable failure;
  private final List<String> before;
  private final List<String> seen = new ArrayList<>();
  private Runnable meanwhile = () -> {};
  private boolean read;

  private Delivery(Library library, List<NewBook> books, Throwable failure) {
    this.library = library;
    this.books = books;
    this.failure = failure;
    before = library.everything();
  }

  /** A delivery of these books. */
  static Delivery of(Library library, List<NewBook> books) {
    return new Delivery(library, books, null);
  }

  /** Has something happen when its second book is asked for. */
  Delivery meanwhile(Runnable action) {
    meanwhile = action;
    return this;
  }

  /** A delivery that fails when all these books are read. */
  static Delivery thatBreaksOff(
      Library library, List<NewBook> books, Throwable failure) {
    return new Delivery(library, books, failure);
  }

  /** What reading may end in; it may come from another database. */
  static List<Throwable> failures() {
    return List.of(
        new UncheckedIOException(new IOException("the line broke")),
        new IllegalStateException("the line is closed"),
        new NoSuchElementException("there should be more"),
        new NullPointerException("a bug of the delivery's"),
        new CancellationException("called off"),
        new ConnectionException(
            new SQLException("another library's", "23505")),
        new TransactionException(
            new SQLException("another library's commit", "40001")),
        new UnableToExecuteStatementException(
            new SQLException("another library's statement", "23505"), null),
        new IllegalArgumentException(
            new SQLException("another library's, by JDBC", "23514")),
        new RuntimeException("of no type of its own"),
        new LinkageError("no Exception at all"),
        new AssertionError("nor is this one"));
  }

  /** What others saw change while it was read; it should be nothing. */
  List<String> seenInBetween() {
    return seen;
  }

  /** What others see differently now, without the books' ids. */
  List<String> changes() {
    return library.changesSince(before).stream()
        .map(change -> change.replaceFirst("book [0-9]+, ", "book "))
        .sorted()
        .toList();
  }

  /** What others see differently once these books are in. */
  static List<String> changesBy(List<NewBook> books) {
    return books.stream()
        .map(
            book ->
                "+ book ISBN %s, %s, stock %s"
                    .formatted(book.isbn(), book.title(), "" + book.copies()))
        .sorted()
        .toList();
  }

  @Override
  public Iterator<NewBook> iterator() {
    if (read) {
      throw new AssertionError(
          "The delivery was read a second time."
              + " It may come over a network: it can be read only once.");
    }
    read = true;
    return new Reading();
  }

  /** The one time that it is read. */
  private final class Reading implements Iterator<NewBook> {
    private int position;
    private boolean failed;

    @Override
    public boolean hasNext() {
      if (position < books.size()) {
        return true;
      }
      // Errors break off before a book is asked for, the others instead of it.
      if (!failed && failure instanceof Error error) {
        failed = true;
        throw error;
      }
      return !failed && failure != null;
    }

    @Override
    public NewBook next() {
      // Not each time, as that takes long.
      if (List.of(2, 12, 102, 502, 1002, 1902).contains(position)) {
        look();
      }
      if (position == 1) {
        meanwhile.run();
      }
      if (position < books.size()) {
        return books.get(position++);
      }
      if (!failed && failure instanceof RuntimeException e) {
        failed = true;
        throw e;
      }
      throw new NoSuchElementException("The delivery has ended.");
    }

    private void look() {
      if (seen.isEmpty()) {
        seen.addAll(library.changesSince(before));
      }
    }
  }
}
