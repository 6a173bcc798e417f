package workbook.grading;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Copies of what an answer returned, in classes of the grader's own.
 *
 * <p>A comparison asks the returned value's own {@code equals}, and an answer may have written
 * that; a list may have other elements the second time that it is asked. So checks are handed an
 * answer through {@link #by}, and need not think of it.
 */
public final class Returned {
  private static final Set<Class<?>> PLAIN =
      Set.of(
          ArrayList.class,
          LinkedList.class,
          Arrays.asList().getClass(),
          HashMap.class,
          LinkedHashMap.class,
          HashSet.class,
          LinkedHashSet.class);

  private Returned() {}

  /**
   * An answer that returns copies: of collections, maps and records, and of what they hold. What a
   * method returns as a variable type, a library's interface or an array comes as it is.
   */
  public static <T> T by(Class<T> contract, T answer) {
    return CopyingAnswer.before(contract, answer);
  }

  /** The class of what an answer returned, which may stand behind another object. */
  public static Class<?> classOf(Object returned) {
    return CopyingAnswer.behind(returned).getClass();
  }

  /**
   * A copy of a value.
   *
   * @param type as the contract declares it
   * @throws AssertionError if the value, or an element, is not of its declared type
   */
  public static Object copy(Object value, Type type) {
    if (value == null) {
      return null;
    }
    if (type instanceof ParameterizedType generic) {
      return copied(value, (Class<?>) generic.getRawType(), generic.getActualTypeArguments());
    }
    return type instanceof Class<?> plain && !plain.isPrimitive() ? copied(value, plain) : value;
  }

  private static Object copied(Object value, Class<?> type, Type... of) {
    if (type == Optional.class) {
      return ((Optional<?>) value).map(element -> copy(element, of[0]));
    }
    if (type == Map.class) {
      return copied((Map<?, ?>) value, of[0], of[1]);
    }
    return type == Set.class || type == List.class || type == Collection.class
        ? copied((Collection<?>) value, type, of[0])
        : value;
  }

  private static Object copied(Map<?, ?> map, Type keys, Type values) {
    Map<Object, Object> copy = new LinkedHashMap<>();
    boolean same = isPlain(map);
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object key = copy(entry.getKey(), keys);
      Object value = copy(entry.getValue(), values);
      same &= key == entry.getKey() && value == entry.getValue();
      copy.put(key, value);
    }
    if (!isPlain(map)) {
      Contradictions.assertNone(map, copy, values);
    }
    return same ? map : copy;
  }

  private static Object copied(Collection<?> elements, Class<?> type, Type of) {
    Collection<Object> copy = type == Set.class ? new LinkedHashSet<>() : new ArrayList<>();
    boolean same = isPlain(elements);
    for (Object element : elements) {
      Object copied = copy(element, of);
      same &= copied == element;
      copy.add(copied);
    }
    if (!isPlain(elements)) {
      Contradictions.assertNone(elements, copy, of);
    }
    return same ? elements : copy;
  }

  // These keep what they are given and compare as they should. They need no copy, and so a check
  // sees where an answer goes on changing what it has returned.
  private static boolean isPlain(Object collection) {
    Class<?> type = collection.getClass();
    return PLAIN.contains(type)
        || type.getName().startsWith("java.util.ImmutableCollections$")
            && !type.getSimpleName().equals("SubList");
  }

  private static Object copied(Object value, Class<?> type) {
    // The classes behind a library's interface may be an answer's or the library's.
    boolean isValue = !type.isInterface() && type != Object.class;
    if (isValue && (!type.isInstance(value) || isSubclass(value, type))) {
      throw new AssertionError(
          "Your code returned a value of another type.%nexpected: %s%n but was: %s"
              .formatted(type.getSimpleName(), value.getClass().getName()));
    }
    if (type.isRecord()) {
      return copied((Record) value, type);
    }
    if (!type.isInterface() || !type.isMemberClass()) {
      return value;
    }
    if (CopyingAnswer.isNeeded(type)) {
      return behindCopies(type, value);
    }
    if (Contradictions.isOfValues(type)) {
      Contradictions.assertNone(value, type);
    }
    return value;
  }

  private static <T> T behindCopies(Class<T> contract, Object value) {
    return CopyingAnswer.before(contract, contract.cast(value));
  }

  // Such as a BigDecimal that equals everything; a library's class may have subclasses of its own.
  private static boolean isSubclass(Object value, Class<?> type) {
    return type.getClassLoader() == null
        && value.getClass() != type
        && value.getClass().getClassLoader() != null;
  }

  private static Object copied(Record value, Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    try {
      Object[] parts = new Object[components.length];
      boolean same = true;
      for (int i = 0; i < parts.length; i++) {
        components[i].getAccessor().setAccessible(true);
        Object part = components[i].getAccessor().invoke(value);
        parts[i] = copy(part, components[i].getGenericType());
        same &= parts[i] == part;
      }
      if (same) {
        return value;
      }
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(parts);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("%s cannot be copied".formatted(type.getName()), e);
    }
  }
}
