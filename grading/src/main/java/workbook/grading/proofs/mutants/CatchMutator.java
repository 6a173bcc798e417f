package workbook.grading.proofs.mutants;

import java.util.List;
import java.util.Map;
import org.pitest.mutationtest.engine.gregor.MethodInfo;
import org.pitest.mutationtest.engine.gregor.MethodMutatorFactory;
import org.pitest.mutationtest.engine.gregor.MutationContext;
import org.pitest.reloc.asm.Label;
import org.pitest.reloc.asm.MethodVisitor;
import org.pitest.reloc.asm.Opcodes;

/**
 * Catches more or less than it should.
 *
 * @param number which of a method's handlers it changes, from 0
 * @param wider whether it catches more
 */
record CatchMutator(int number, boolean wider) implements MethodMutatorFactory {
  /** No method of the references has more handlers. */
  static final int MOST = 8;

  private static final String JDBI = "org/jdbi/v3/core/";
  private static final List<List<String>> NARROWER =
      List.of(
          List.of("java/lang/Throwable", "java/lang/Exception"),
          List.of("java/lang/Exception", "java/lang/RuntimeException"),
          List.of("java/lang/RuntimeException", JDBI + "JdbiException"),
          List.of(JDBI + "JdbiException", JDBI + "statement/UnableToExecuteStatementException"),
          List.of("java/sql/SQLException", "org/postgresql/util/PSQLException"));
  private static final Map<String, String> WIDER =
      Map.of(
          "java/lang/Exception",
          "java/lang/Throwable",
          "java/lang/RuntimeException",
          "java/lang/Exception",
          JDBI + "JdbiException",
          "java/lang/RuntimeException",
          "java/sql/SQLException",
          "java/lang/Exception");

  @Override
  public String getGloballyUniqueId() {
    return getName() + "_" + number;
  }

  @Override
  public String getName() {
    return wider ? "CATCH_WIDENED" : "CATCH_NARROWED";
  }

  @Override
  public MethodVisitor create(MutationContext context, MethodInfo method, MethodVisitor next) {
    return new MethodVisitor(Opcodes.ASM9, next) {
      private int handlers;

      @Override
      public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
        String other = other(type);
        boolean changed =
            other != null
                && handlers++ == number
                && context.shouldMutate(
                    context.registerMutation(
                        CatchMutator.this,
                        "catch %s in place of %s".formatted(simple(other), simple(type))));
        super.visitTryCatchBlock(start, end, handler, changed ? other : type);
      }
    };
  }

  private String other(String type) {
    if (wider) {
      // Without a type it is a finally.
      return type == null ? null : WIDER.get(type);
    }
    return NARROWER.stream()
        .filter(pair -> pair.get(0).equals(type))
        .map(pair -> pair.get(1))
        .findFirst()
        .orElse(null);
  }

  private static String simple(String type) {
    return type.substring(type.lastIndexOf('/') + 1);
  }
}
