package workbook.grading.allowed;

import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import workbook.grading.allowed.ForbiddenReferences.Reference;

/** Takes the code of methods away that are not allowed to run; they throw {@link Refused}. */
final class MethodRefusal extends ClassVisitor {
  private final Map<String, Reference> methods;

  private MethodRefusal(ClassVisitor next, Map<String, Reference> methods) {
    super(Opcodes.ASM9, next);
    this.methods = methods;
  }

  /**
   * The class without that code.
   *
   * @param methods by name and descriptor, each with the reason
   */
  static byte[] in(byte[] bytes, Map<String, Reference> methods) {
    ClassReader reader = new ClassReader(bytes);
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    reader.accept(new MethodRefusal(writer, methods), 0);
    return writer.toByteArray();
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    MethodVisitor kept = super.visitMethod(access, name, descriptor, signature, exceptions);
    Reference reason = methods.get(name + descriptor);
    if (reason == null) {
      return kept;
    }
    kept.visitCode();
    Label start = new Label();
    kept.visitLabel(start);
    kept.visitLineNumber(Math.max(1, reason.line()), start);
    kept.visitLdcInsn(reason.sentence());
    kept.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        Type.getInternalName(Refused.class),
        "method",
        Type.getMethodDescriptor(Type.getType(Refused.class), Type.getType(String.class)),
        false);
    kept.visitInsn(Opcodes.ATHROW);
    kept.visitMaxs(0, 0);
    kept.visitEnd();
    return null;
  }
}
