package workbook.grading;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Tells which methods of a contract are entered, also when the answer calls them itself.
 *
 * <p>It makes a subclass that overrides each of them to say so first.
 */
public final class Entries {
  private static final Set<String> ENTERED = new ConcurrentSkipListSet<>();

  private Entries() {}

  /** Called by the subclass, on any thread. */
  public static void entered(String method) {
    ENTERED.add(method);
  }

  /** What was entered since the last call. */
  static Set<String> take() {
    Set<String> entered = new TreeSet<>(ENTERED);
    ENTERED.clear();
    return entered;
  }

  /** A subclass of an answer's class, which has a public constructor without parameters. */
  static Class<?> watched(Class<?> answer, Class<?> contract) {
    String parent = Type.getInternalName(answer);
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, parent + "Watched", null, parent, null);
    MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitMethodInsn(Opcodes.INVOKESPECIAL, parent, "<init>", "()V", false);
    code.visitInsn(Opcodes.RETURN);
    code.visitMaxs(0, 0);
    for (Method method : answer.getMethods()) {
      if (isOf(contract, method)) {
        override(writer, parent, method);
      }
    }
    try {
      return MethodHandles.privateLookupIn(answer, MethodHandles.lookup())
          .defineClass(writer.toByteArray());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(answer + " cannot be watched.", e);
    }
  }

  /** Whether a method is one that the contract asks for. */
  static boolean isOf(Class<?> contract, Method method) {
    return Arrays.stream(contract.getMethods())
        .anyMatch(
            asked ->
                asked.getName().equals(method.getName())
                    && Arrays.equals(asked.getParameterTypes(), method.getParameterTypes()));
  }

  private static void override(ClassWriter writer, String parent, Method method) {
    String descriptor = Type.getMethodDescriptor(method);
    MethodVisitor code =
        writer.visitMethod(Opcodes.ACC_PUBLIC, method.getName(), descriptor, null, null);
    code.visitLdcInsn(method.getName());
    code.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        Type.getInternalName(Entries.class),
        "entered",
        "(Ljava/lang/String;)V",
        false);
    code.visitVarInsn(Opcodes.ALOAD, 0);
    int slot = 1;
    for (Type parameter : Type.getArgumentTypes(descriptor)) {
      code.visitVarInsn(parameter.getOpcode(Opcodes.ILOAD), slot);
      slot += parameter.getSize();
    }
    code.visitMethodInsn(Opcodes.INVOKESPECIAL, parent, method.getName(), descriptor, false);
    code.visitInsn(Type.getReturnType(descriptor).getOpcode(Opcodes.IRETURN));
    code.visitMaxs(0, 0);
  }
}
