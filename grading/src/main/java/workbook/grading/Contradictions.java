package workbook.grading;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * Finds what a returned object says in one way and not in another, or once and never again: checks
 * read it once, and callers as they like.
 */
final class Contradictions {
  private static final int ROUNDS = 3;
  private static final int FEW = 100;

  private Contradictions() {}

  /**
   * Demands that a map is what was read of it.
   *
   * @param read a copy of its entries
   * @param values the type of its values
   */
  static void assertNone(Map<?, ?> map, Map<?, ?> read, Type values) {
    same("a map", "size()", read.size(), map.size());
    for (Map.Entry<?, ?> entry : read.entrySet()) {
      Object key = entry.getKey();
      same("a map", "get(\"" + key + "\")", entry.getValue(), Returned.copy(map.get(key), values));
      same("a map", "containsKey(\"" + key + "\")", true, map.containsKey(key));
    }
    int again = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object value = Returned.copy(entry.getValue(), values);
      same("a map", "the value of " + entry.getKey(), read.get(entry.getKey()), value);
      again++;
    }
    same("a map", "the number of entries at the second pass", read.size(), again);
  }

  /**
   * Demands that a collection is what was read of it.
   *
   * @param read a copy of its elements
   * @param of their type
   */
  static void assertNone(Collection<?> collection, Collection<?> read, Type of) {
    String what = collection instanceof List ? "a list" : "a collection";
    same(what, "size()", read.size(), collection.size());
    Iterator<?> again = collection.iterator();
    int index = 0;
    for (Object element : read) {
      String name = "element " + ++index + " of the second pass";
      same(what, name, element, again.hasNext() ? Returned.copy(again.next(), of) : "missing");
      if (collection instanceof List<?> list && isQuick(list, index)) {
        Object got = Returned.copy(list.get(index - 1), of);
        same(what, "get(" + (index - 1) + ")", element, got);
      }
    }
    same(what, "hasNext() at the end of the second pass", false, again.hasNext());
  }

  // Other lists may walk through all elements before.
  private static boolean isQuick(List<?> list, int index) {
    return list instanceof RandomAccess || index <= FEW;
  }

  /** Whether an interface has nothing but methods that read a value. */
  static boolean isOfValues(Class<?> contract) {
    return Arrays.stream(contract.getMethods())
        .allMatch(
            method -> method.getParameterCount() == 0 && method.getReturnType() != void.class);
  }

  /** Demands that an object of such an interface says the same each time. */
  static void assertNone(Object object, Class<?> contract) {
    Map<String, Object> read = new HashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (Method method : contract.getMethods()) {
        // What an object is as text is an exercise of its own.
        if (Modifier.isAbstract(method.getModifiers()) && !method.getName().equals("toString")) {
          Object now = valueOf(method, object);
          String name = method.getName();
          if (read.containsKey(name)) {
            same("an object", name + "(), asked again,", read.get(name), now);
          }
          read.put(name, now);
        }
      }
    }
  }

  // What it throws, the check will meet.
  private static Object valueOf(Method method, Object object) {
    try {
      method.setAccessible(true);
      return method.invoke(object);
    } catch (InvocationTargetException e) {
      return e.getCause().getClass();
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(method + " cannot be called", e);
    }
  }

  private static void same(String what, String where, Object expected, Object was) {
    if (!Objects.equals(expected, was)) {
      throw new AssertionError(
          "Your code returned %s that contradicts itself: %s%nexpected: %s%n but was: %s"
              .formatted(what, where, expected, was));
    }
  }
}
