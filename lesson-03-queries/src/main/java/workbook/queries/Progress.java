package workbook.queries;

import java.util.AbstractList;
import java.util.List;

/** A list that prints a dot for each further tenth of it that has been read. */
final class Progress<T> extends AbstractList<T> {
  private static final int DOTS = 10;

  private final List<T> elements;
  private int printed;

  Progress(List<T> elements) {
    this.elements = elements;
  }

  @Override
  public T get(int index) {
    while (printed < (index + 1L) * DOTS / elements.size()) {
      printed++;
      System.out.print('.');
      System.out.flush();
    }
    return elements.get(index);
  }

  @Override
  public int size() {
    return elements.size();
  }
}
