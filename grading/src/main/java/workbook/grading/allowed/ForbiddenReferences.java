package workbook.grading.allowed;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.objectweb.asm.ClassReader;

/** Collects what classes refer to that is not on the list. */
public final class ForbiddenReferences {
  private final AllowedApi api;
  private final Predicate<String> own;
  private final Map<String, Reference> found = new LinkedHashMap<>();
  private final Map<String, List<String>> above = new HashMap<>();
  private String file = "";
  private int line;

  /**
   * @param own the classes of the answer itself and of its lesson, by name
   */
  public ForbiddenReferences(AllowedApi api, Predicate<String> own) {
    this.api = api;
    this.own = own;
  }

  /**
   * A reference that no exercise needs.
   *
   * @param what a class, or a class and its member
   * @param file the source's name; empty if the class file does not say
   * @param line of the source; 0 if the class file does not say
   */
  public record Reference(String what, String file, int line) {
    /** What is said of it, to learners and teachers. */
    public String message() {
      return "uses %s%s, which no exercise needs"
          .formatted(what, line == 0 ? "" : " in line " + line);
    }
  }

  /** What an answer's classes refer to that is not on the list, each once, in their order. */
  public Collection<Reference> in(Collection<byte[]> classes) {
    for (byte[] bytes : classes) {
      ClassReader reader = new ClassReader(bytes);
      Deque<String> direct = new ArrayDeque<>(List.of(reader.getInterfaces()));
      direct.addFirst(reader.getSuperName());
      above.put(reader.getClassName(), List.copyOf(direct));
    }
    for (byte[] bytes : classes) {
      file = "";
      line = 0;
      new ClassReader(bytes).accept(new ReferenceScan(this), ClassReader.SKIP_FRAMES);
    }
    return found.values();
  }

  void at(String source, int number) {
    file = source;
    line = number;
  }

  void at(int number) {
    line = number;
  }

  void type(String internalName) {
    String name = internalName.replace('/', '.');
    if (!own.test(name) && !api.allows(name)) {
      add(name);
    }
  }

  /** A method may be called by the name of a class that inherits it. */
  void member(String internalOwner, String member, String descriptor) {
    if (internalOwner.startsWith("[")) {
      return;
    }
    for (String owner : withAncestors(internalOwner)) {
      if (!own.test(owner) && !api.allows(owner, member, descriptor)) {
        add(owner + "." + member);
        return;
      }
    }
  }

  void add(String what) {
    Reference before = found.get(what);
    if (before == null || before.line() == 0) {
      found.put(what.replace('$', '.'), new Reference(what.replace('$', '.'), file, line));
    }
  }

  private Set<String> withAncestors(String internalName) {
    Set<String> names = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(internalName));
    while (!open.isEmpty()) {
      String next = open.pop();
      if (names.add(next.replace('/', '.'))) {
        List<String> answers = above.get(next);
        open.addAll(answers == null ? ancestorsOf(next.replace('/', '.')) : answers);
      }
    }
    return names;
  }

  // Loads no class of an answer, and initialises none.
  private List<String> ancestorsOf(String name) {
    if (own.test(name) || !api.allows(name)) {
      return List.of();
    }
    try {
      Class<?> type = Class.forName(name, false, getClass().getClassLoader());
      Deque<String> ancestors = new ArrayDeque<>();
      for (Class<?> each : type.getInterfaces()) {
        ancestors.add(each.getName());
      }
      if (type.getSuperclass() != null) {
        ancestors.addFirst(type.getSuperclass().getName());
      }
      return List.copyOf(ancestors);
    } catch (ClassNotFoundException | LinkageError e) {
      // Then the answer cannot call it, either.
      return List.of();
    }
  }
}
