package workbook.grading;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Copies of what an answer returned, in collections of the grader's own.
 *
 * <p>A comparison asks the returned value's own {@code equals}, and an answer may have written
 * that.
 */
public final class Returned {
  private Returned() {}

  /** The elements in their order; null if there is no list. */
  public static <T> List<T> list(Iterable<? extends T> returned) {
    if (returned == null) {
      return null;
    }
    List<T> copy = new ArrayList<>();
    for (T element : returned) {
      copy.add(element);
    }
    return copy;
  }

  /** The entries in their order; null if there is no map. */
  public static <K, V> Map<K, V> map(Map<? extends K, ? extends V> returned) {
    if (returned == null) {
      return null;
    }
    Map<K, V> copy = new LinkedHashMap<>();
    for (Map.Entry<? extends K, ? extends V> entry : returned.entrySet()) {
      copy.put(entry.getKey(), entry.getValue());
    }
    return copy;
  }
}
