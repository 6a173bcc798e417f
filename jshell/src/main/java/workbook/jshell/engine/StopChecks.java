package workbook.jshell.engine;

import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Puts a call of {@link StopRequest#check} where each method of a snippet begins and where each
 * loop begins again.
 *
 * <p>{@code Thread.stop} would do without, but newer JDKs refuse it.
 */
final class StopChecks extends ClassVisitor {
  private static final String OWNER = Type.getInternalName(StopRequest.class);

  private StopChecks(ClassVisitor target) {
    super(Opcodes.ASM9, target);
  }

  static byte[] in(byte[] classFile) {
    ClassReader reader;
    try {
      reader = new ClassReader(classFile);
    } catch (IllegalArgumentException newerJdk) {
      // Its loops cannot be stopped, but it runs.
      return classFile;
    }
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(new StopChecks(writer), 0);
    return writer.toByteArray();
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    return new Method(super.visitMethod(access, name, descriptor, signature, exceptions));
  }

  private static final class Method extends MethodVisitor {
    private final Set<Label> before = new HashSet<>();

    private Method(MethodVisitor target) {
      super(Opcodes.ASM9, target);
    }

    @Override
    public void visitCode() {
      super.visitCode();
      check();
    }

    @Override
    public void visitLabel(Label label) {
      before.add(label);
      super.visitLabel(label);
    }

    @Override
    public void visitJumpInsn(int opcode, Label target) {
      if (before.contains(target)) {
        check();
      }
      super.visitJumpInsn(opcode, target);
    }

    private void check() {
      super.visitMethodInsn(Opcodes.INVOKESTATIC, OWNER, "check", "()V", false);
    }
  }
}
