package workbook.queries.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import workbook.queries.Catalogue.Book;
import workbook.queries.Catalogue.BookCursor;

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
