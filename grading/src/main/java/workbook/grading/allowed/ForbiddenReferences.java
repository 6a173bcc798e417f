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
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Collects what classes refer to that is not on the list, and where.
 *
 * <p>What stands in a method's code concerns that method. What stands elsewhere in a class, or in
 * its static initialiser, concerns the class, and so whatever refers to that class.
 */
public final class ForbiddenReferences {
  private final AllowedApi api;
  private final Predicate<String> own;
  private final Map<String, Reference> found = new LinkedHashMap<>();
  private final Map<String, Reference> ofClasses = new LinkedHashMap<>();
  private final Map<String, Map<String, Reference>> ofMethods = new LinkedHashMap<>();
  private final Map<String, List<String>> above = new HashMap<>();
  private String owner = "";
  private String method;
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
      // Old examples begin with it.
      String why = what.equals("java.lang.Class.forName") ? ": the driver is found without it" : "";
      return "uses %s%s, which no exercise needs%s"
          .formatted(what, line == 0 ? "" : " in line " + line, why);
    }

    /** The same with the source's name in front. */
    String sentence() {
      return (file.isEmpty() ? "The answer" : file) + " " + message();
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
    int before;
    do {
      before = ofClasses.size();
      classes.forEach(this::scan);
      // Classes that refer to one of those are found the next time.
    } while (ofClasses.size() > before);
    return found.values();
  }

  /** The classes that cannot be used, by name, each with the first reason. */
  Map<String, Reference> ofClasses() {
    return ofClasses;
  }

  /** The methods that cannot be run, by their class's name and by name and descriptor. */
  Map<String, Map<String, Reference>> ofMethods() {
    return ofMethods;
  }

  private void scan(byte[] bytes) {
    ClassReader reader = new ClassReader(bytes);
    owner = reader.getClassName().replace('/', '.');
    method = null;
    file = sourceOf(reader);
    line = 0;
    reader.accept(new ReferenceScan(this), ClassReader.SKIP_FRAMES);
  }

  // A class's superclass is visited before its source is.
  private static String sourceOf(ClassReader reader) {
    StringBuilder name = new StringBuilder();
    ClassVisitor finder =
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public void visitSource(String source, String debug) {
            name.append(source);
          }
        };
    reader.accept(finder, ClassReader.SKIP_CODE | ClassReader.SKIP_FRAMES);
    return name.toString();
  }

  /** What comes next is in the code of a method, or in none if it is null. */
  void inCodeOf(String nameAndDescriptor) {
    method = nameAndDescriptor;
  }

  void at(int number) {
    line = number;
  }

  void type(String internalName) {
    String name = internalName.replace('/', '.');
    if (!own.test(name) && !api.allows(name)) {
      add(name);
    } else if (ofClasses.containsKey(name) && !name.equals(owner)) {
      Reference reason = ofClasses.get(name);
      put(reason.line() == 0 ? new Reference(reason.what(), file, line) : reason);
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
    String shown = what.replace('$', '.');
    Reference reference = new Reference(shown, file, line);
    Reference before = found.get(shown);
    if (before == null || before.line() == 0) {
      found.put(shown, reference);
    }
    put(reference);
  }

  private void put(Reference reference) {
    Map<String, Reference> places =
        method == null ? ofClasses : ofMethods.computeIfAbsent(owner, it -> new LinkedHashMap<>());
    Reference before = places.get(method == null ? owner : method);
    if (before == null || before.line() == 0) {
      places.put(method == null ? owner : method, reference);
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
