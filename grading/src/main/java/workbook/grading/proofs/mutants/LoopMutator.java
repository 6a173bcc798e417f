package workbook.grading.proofs.mutants;

import java.util.Set;
import org.pitest.mutationtest.engine.gregor.MethodInfo;
import org.pitest.mutationtest.engine.gregor.MethodMutatorFactory;
import org.pitest.mutationtest.engine.gregor.MutationContext;
import org.pitest.reloc.asm.MethodVisitor;
import org.pitest.reloc.asm.Opcodes;
import org.pitest.reloc.asm.Type;
import org.pitest.reloc.asm.commons.LocalVariablesSorter;

/** Ends loops over iterators and results after {@value #ROUNDS} rounds. */
final class LoopMutator implements MethodMutatorFactory {
  private static final int ROUNDS = 100;
  private static final Set<String> ASKED =
      Set.of("java/util/Iterator.hasNext", "java/sql/ResultSet.next");

  @Override
  public String getGloballyUniqueId() {
    return getName();
  }

  @Override
  public String getName() {
    return "LOOP_ENDS_EARLY";
  }

  @Override
  public MethodVisitor create(MutationContext context, MethodInfo method, MethodVisitor next) {
    return new Counting(context, method, next);
  }

  private final class Counting extends LocalVariablesSorter {
    private final MutationContext context;
    private int rounds;

    private Counting(MutationContext context, MethodInfo method, MethodVisitor next) {
      super(Opcodes.ASM9, method.getAccess(), method.getMethodDescriptor(), next);
      this.context = context;
    }

    @Override
    public void visitCode() {
      super.visitCode();
      rounds = newLocal(Type.INT_TYPE);
      super.visitInsn(Opcodes.ICONST_0);
      mv.visitVarInsn(Opcodes.ISTORE, rounds);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean ofInterface) {
      super.visitMethodInsn(opcode, owner, name, descriptor, ofInterface);
      if (ASKED.contains(owner + "." + name)
          && context.shouldMutate(
              context.registerMutation(
                  LoopMutator.this, "loop ends after %s rounds".formatted(ROUNDS)))) {
        // has & ((rounds++ - 100) >>> 31): no jump, so no new frame.
        mv.visitVarInsn(Opcodes.ILOAD, rounds);
        mv.visitIincInsn(rounds, 1);
        mv.visitIntInsn(Opcodes.BIPUSH, ROUNDS);
        mv.visitInsn(Opcodes.ISUB);
        mv.visitIntInsn(Opcodes.BIPUSH, Integer.SIZE - 1);
        mv.visitInsn(Opcodes.IUSHR);
        mv.visitInsn(Opcodes.IAND);
      }
    }
  }
}
