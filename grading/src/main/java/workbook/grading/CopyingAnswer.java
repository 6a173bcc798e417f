package workbook.grading;

import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PRIVATE;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_SUPER;
import static org.objectweb.asm.Opcodes.V17;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;

/**
 * Makes classes that stand before an answer: they pass each call on, and copy what it returns.
 *
 * <p>They are no {@link java.lang.reflect.Proxy}, since whatever an answer throws has to come
 * through as it is, and the stack has to stay as short as it is.
 */
final class CopyingAnswer {
  private static final String SUFFIX = "$Copying";
  private static final String COPIER = Type.getInternalName(Returned.class);
  private static final org.objectweb.asm.commons.Method COPY =
      new org.objectweb.asm.commons.Method(
          "copy", "(Ljava/lang/Object;Ljava/lang/reflect/Type;)Ljava/lang/Object;");
  private static final Type TYPES = Type.getType(java.lang.reflect.Type[].class);

  private static final ClassValue<Copying> CLASSES =
      new ClassValue<>() {
        @Override
        protected Copying computeValue(Class<?> contract) {
          return Copying.of(contract);
        }
      };

  private CopyingAnswer() {}

  /** An object of a contract that passes calls on to another one. */
  static <T> T before(Class<T> contract, T answer) {
    Copying copying;
    // Two threads at once would define the class twice, which the JVM refuses.
    synchronized (CLASSES) {
      copying = CLASSES.get(contract);
    }
    try {
      return contract.cast(
          copying.type().getConstructors()[0].newInstance(answer, copying.returned()));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("No object can stand before an answer: " + e, e);
    }
  }

  /** Whether a contract has methods that return what is copied. */
  static boolean isNeeded(Class<?> contract) {
    return Arrays.stream(contract.getMethods())
        .map(Method::getGenericReturnType)
        .anyMatch(type -> type instanceof ParameterizedType);
  }

  /** The object that calls are passed on to; the given one itself if it passes none on. */
  static Object behind(Object object) {
    Class<?> type = object.getClass();
    boolean isCopying =
        Arrays.stream(type.getInterfaces())
            .anyMatch(contract -> type.getName().equals(contract.getName() + SUFFIX));
    if (!isCopying) {
      return object;
    }
    try {
      Field answer = type.getDeclaredField("answer");
      answer.setAccessible(true);
      return answer.get(object);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("What stands behind %s is unknown".formatted(type), e);
    }
  }

  /**
   * A class that was made.
   *
   * @param returned what each of the contract's methods returns
   */
  private record Copying(Class<?> type, java.lang.reflect.Type[] returned) {
    static Copying of(Class<?> contract) {
      List<Method> methods =
          Arrays.stream(contract.getMethods())
              .filter(method -> !Modifier.isStatic(method.getModifiers()))
              .toList();
      try {
        Class<?> made =
            MethodHandles.privateLookupIn(contract, MethodHandles.lookup())
                .defineClass(bytes(contract, methods));
        return new Copying(
            made,
            methods.stream()
                .map(Method::getGenericReturnType)
                .toArray(java.lang.reflect.Type[]::new));
      } catch (IllegalAccessException e) {
        throw new IllegalStateException("No class can be made beside " + contract.getName(), e);
      }
    }
  }

  private static byte[] bytes(Class<?> contract, List<Method> methods) {
    Type asked = Type.getType(contract);
    Type self = Type.getObjectType(asked.getInternalName() + SUFFIX);
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    String[] interfaces = {asked.getInternalName()};
    int access = ACC_PUBLIC | ACC_FINAL | ACC_SUPER;
    writer.visit(V17, access, self.getInternalName(), null, "java/lang/Object", interfaces);
    int field = ACC_PRIVATE | ACC_FINAL;
    writer.visitField(field, "answer", asked.getDescriptor(), null, null).visitEnd();
    writer.visitField(field, "types", TYPES.getDescriptor(), null, null).visitEnd();
    constructor(writer, self, asked);
    for (int i = 0; i < methods.size(); i++) {
      pass(writer, self, asked, methods.get(i), i);
    }
    writer.visitEnd();
    return writer.toByteArray();
  }

  private static void constructor(ClassWriter writer, Type self, Type asked) {
    var method =
        new org.objectweb.asm.commons.Method("<init>", Type.VOID_TYPE, new Type[] {asked, TYPES});
    GeneratorAdapter code = new GeneratorAdapter(ACC_PUBLIC, method, null, null, writer);
    code.loadThis();
    code.invokeConstructor(
        Type.getType(Object.class), org.objectweb.asm.commons.Method.getMethod("void <init> ()"));
    code.loadThis();
    code.loadArg(0);
    code.putField(self, "answer", asked);
    code.loadThis();
    code.loadArg(1);
    code.putField(self, "types", TYPES);
    code.returnValue();
    code.endMethod();
  }

  private static void pass(ClassWriter writer, Type self, Type asked, Method passed, int index) {
    var method = org.objectweb.asm.commons.Method.getMethod(passed);
    GeneratorAdapter code = new GeneratorAdapter(ACC_PUBLIC, method, null, null, writer);
    code.loadThis();
    code.getField(self, "answer", asked);
    code.loadArgs();
    code.invokeInterface(asked, method);
    if (!passed.getReturnType().isPrimitive()) {
      code.loadThis();
      code.getField(self, "types", TYPES);
      code.push(index);
      code.arrayLoad(Type.getType(java.lang.reflect.Type.class));
      code.invokeStatic(Type.getObjectType(COPIER), COPY);
      code.checkCast(method.getReturnType());
    }
    code.returnValue();
    code.endMethod();
  }
}
