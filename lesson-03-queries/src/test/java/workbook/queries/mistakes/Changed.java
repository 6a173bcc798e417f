package workbook.queries.mistakes;

import java.util.List;
import java.util.Optional;
import workbook.queries.Catalogue.Book;
import workbook.queries.Catalogue.BookCursor;

/** A right cursor, for a subclass to get one method of it wrong. */
class Changed implements BookCursor {
  private final BookCursor right;

  Changed(BookCursor right) {
    this.right = right;
  }

  @Override
  public Optional<Book> next() {
    return right.next();
  }

  @Override
  public List<Book> next(int count) {
    return right.next(count);
  }

  @Override
  public List<Book> rest() {
    return right.rest();
  }

  @Override
  public void close() {
    right.close();
  }
}
