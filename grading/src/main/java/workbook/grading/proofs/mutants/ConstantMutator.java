package workbook.grading.proofs.mutants;

import java.util.Map;
import java.util.Set;
import org.pitest.mutationtest.engine.gregor.MethodInfo;
import org.pitest.mutationtest.engine.gregor.MethodMutatorFactory;
import org.pitest.mutationtest.engine.gregor.MutationContext;
import org.pitest.reloc.asm.Handle;
import org.pitest.reloc.asm.MethodVisitor;
import org.pitest.reloc.asm.Opcodes;

/**
 * Lowers Jdbi's isolation levels, and drops the calls that method references stand for: those a
 * mutator of calls does not meet.
 */
final class ConstantMutator implements MethodMutatorFactory {
  private static final String LEVEL = "org/jdbi/v3/core/transaction/TransactionIsolationLevel";
  private static final Map<String, String> LOWER =
      Map.of("SERIALIZABLE", "REPEATABLE_READ", "REPEATABLE_READ", "READ_COMMITTED");
  private static final Set<String> STEPS = Set.of("commit", "rollback", "close");

  @Override
  public String getGloballyUniqueId() {
    return getName();
  }

  @Override
  public String getName() {
    return "CALL_CONSTANT";
  }

  @Override
  public MethodVisitor create(MutationContext context, MethodInfo method, MethodVisitor next) {
    return new MethodVisitor(Opcodes.ASM9, next) {
      @Override
      public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        boolean lower =
            owner.equals(LEVEL)
                && LOWER.containsKey(name)
                && isChosen("isolation level lowered: " + name);
        super.visitFieldInsn(opcode, owner, lower ? LOWER.get(name) : name, descriptor);
      }

      @Override
      public void visitInvokeDynamicInsn(
          String name, String descriptor, Handle bootstrap, Object... arguments) {
        Object[] changed = arguments.clone();
        for (int i = 0; i < changed.length; i++) {
          if (changed[i] instanceof Handle step
              && step.getOwner().equals("java/sql/Connection")
              && STEPS.contains(step.getName())
              && isChosen("step dropped: " + step.getName())) {
            changed[i] = new Handle(step.getTag(), step.getOwner(), "clearWarnings", "()V", true);
          }
        }
        super.visitInvokeDynamicInsn(name, descriptor, bootstrap, changed);
      }

      private boolean isChosen(String description) {
        return context.shouldMutate(context.registerMutation(ConstantMutator.this, description));
      }
    };
  }
}
