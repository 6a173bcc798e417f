package workbook.grading.proofs.mutants;

import org.pitest.mutationtest.engine.gregor.MethodInfo;
import org.pitest.mutationtest.engine.gregor.MethodMutatorFactory;
import org.pitest.mutationtest.engine.gregor.MutationContext;
import org.pitest.reloc.asm.MethodVisitor;
import org.pitest.reloc.asm.Opcodes;
import workbook.grading.proofs.mutants.CallOperator.Call;

/** Changes calls. */
record CallMutator(CallOperator operator) implements MethodMutatorFactory {
  @Override
  public String getGloballyUniqueId() {
    return getName();
  }

  @Override
  public String getName() {
    return "CALL_" + operator;
  }

  @Override
  public MethodVisitor create(MutationContext context, MethodInfo method, MethodVisitor next) {
    return new MethodVisitor(Opcodes.ASM9, next) {
      @Override
      public void visitMethodInsn(
          int opcode, String owner, String name, String descriptor, boolean ofInterface) {
        Call call = new Call(opcode, owner, name, descriptor, ofInterface);
        if (operator.matches(call)
            && context.shouldMutate(
                context.registerMutation(CallMutator.this, operator.description() + ": " + name))) {
          operator.write(call, mv);
        } else {
          call.write(mv);
        }
      }
    };
  }
}
