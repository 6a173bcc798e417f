package workbook.grading.proofs.mutants;

import java.util.List;
import org.pitest.mutationtest.engine.MutationIdentifier;
import org.pitest.mutationtest.engine.gregor.MethodInfo;
import org.pitest.mutationtest.engine.gregor.MethodMutatorFactory;
import org.pitest.mutationtest.engine.gregor.MutationContext;
import org.pitest.reloc.asm.AnnotationVisitor;
import org.pitest.reloc.asm.MethodVisitor;
import org.pitest.reloc.asm.Opcodes;
import workbook.grading.proofs.mutants.sql.Shortened;
import workbook.grading.proofs.mutants.sql.SqlOperator;

/**
 * Changes SQL in constants of a method and in the annotations of a SQL Object.
 *
 * @param operator what it changes
 * @param number which of the operator's changes of a text it makes, from 0
 */
record SqlMutator(SqlOperator operator, int number) implements MethodMutatorFactory {
  /** No statement of the references has more places for one operator. */
  static final int MOST = 24;

  private static final String SQL_OBJECT = "Lorg/jdbi/v3/sqlobject/statement/Sql";

  @Override
  public String getGloballyUniqueId() {
    return getName() + "_" + number;
  }

  @Override
  public String getName() {
    return "SQL_" + operator;
  }

  @Override
  public MethodVisitor create(MutationContext context, MethodInfo method, MethodVisitor next) {
    return new MethodVisitor(Opcodes.ASM9, next) {
      @Override
      public void visitLdcInsn(Object constant) {
        super.visitLdcInsn(constant instanceof String sql ? mutated(context, sql) : constant);
      }

      @Override
      public AnnotationVisitor visitAnnotation(String type, boolean visible) {
        AnnotationVisitor values = super.visitAnnotation(type, visible);
        return type.startsWith(SQL_OBJECT) ? mutating(context, values) : values;
      }
    };
  }

  private AnnotationVisitor mutating(MutationContext context, AnnotationVisitor next) {
    return new AnnotationVisitor(Opcodes.ASM9, next) {
      @Override
      public void visit(String name, Object value) {
        super.visit(name, value instanceof String sql ? mutated(context, sql) : value);
      }
    };
  }

  private String mutated(MutationContext context, String sql) {
    List<String> mutants = operator.mutants(sql);
    if (number >= mutants.size()) {
      return sql;
    }
    String mutant = mutants.get(number);
    MutationIdentifier id =
        context.registerMutation(
            this, "%s: %s".formatted(operator.description(), Shortened.difference(sql, mutant)));
    return context.shouldMutate(id) ? mutant : sql;
  }
}
