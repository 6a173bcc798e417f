package workbook.grading.proofs.mutants;

import java.util.Set;
import java.util.function.Predicate;
import org.pitest.reloc.asm.MethodVisitor;
import org.pitest.reloc.asm.Opcodes;
import org.pitest.reloc.asm.Type;

/** What people get wrong in calls of the JDK, JDBC and Jdbi, as changes of one instruction. */
enum CallOperator {
  TRANSACTION_DROPPED(
      "run without a transaction",
      call ->
          call.isOf("org/jdbi/v3/core/Jdbi", "inTransaction", "useTransaction")
              && !call.descriptor().contains("TransactionIsolationLevel")) {
    @Override
    void write(Call call, MethodVisitor code) {
      call.named(call.name().equals("inTransaction") ? "withHandle" : "useHandle").write(code);
    }
  },
  JDBI_STEP_DROPPED(
      "step dropped",
      call ->
          call.isOf("", "setFetchSize")
              || call.isOf(
                  "org/jdbi/v3/core/Handle",
                  "savepoint",
                  "releaseSavepoint",
                  "rollbackToSavepoint",
                  "begin",
                  "commit",
                  "rollback",
                  "setTransactionIsolationLevel")) {
    @Override
    void write(Call call, MethodVisitor code) {
      Type[] arguments = Type.getArgumentTypes(call.descriptor());
      for (int i = arguments.length - 1; i >= 0; i--) {
        code.visitInsn(arguments[i].getSize() == 2 ? Opcodes.POP2 : Opcodes.POP);
      }
      if (Type.getReturnType(call.descriptor()) == Type.VOID_TYPE) {
        code.visitInsn(Opcodes.POP);
      }
    }
  },
  ISOLATION_LOWERED(
      "isolation level lowered",
      call -> call.isOf("java/sql/Connection", "setTransactionIsolation")) {
    @Override
    void write(Call call, MethodVisitor code) {
      code.visitInsn(Opcodes.POP);
      code.visitInsn(Opcodes.ICONST_2);
      call.write(code);
    }
  },
  OPENED_TWICE(
      "connection opened twice, closed once",
      call ->
          call.descriptor().startsWith("()")
              && (call.isOf("", "getConnection") || call.isOf("org/jdbi/v3/core/Jdbi", "open"))) {
    @Override
    void write(Call call, MethodVisitor code) {
      code.visitInsn(Opcodes.DUP);
      call.write(code);
      code.visitInsn(Opcodes.POP);
      call.write(code);
    }
  },
  STRIPPED("strip and trim exchanged", call -> call.isOf("java/lang/String", "strip", "trim")) {
    @Override
    void write(Call call, MethodVisitor code) {
      call.named(call.name().equals("strip") ? "trim" : "strip").write(code);
    }
  },
  EMPTY(
      "isEmpty and isBlank exchanged",
      call -> call.isOf("java/lang/String", "isEmpty", "isBlank")) {
    @Override
    void write(Call call, MethodVisitor code) {
      call.named(call.name().equals("isEmpty") ? "isBlank" : "isEmpty").write(code);
    }
  },
  LOCALE(
      "Locale dropped",
      call ->
          call.isOf("java/lang/String", "toLowerCase", "toUpperCase")
              && call.descriptor().startsWith("(Ljava/util/Locale;)")) {
    @Override
    void write(Call call, MethodVisitor code) {
      code.visitInsn(Opcodes.POP);
      call.described("()Ljava/lang/String;").write(code);
    }
  },
  INT_FOR_LONG("int in place of long", call -> call.isOf("java/sql/ResultSet", "getLong")) {
    @Override
    void write(Call call, MethodVisitor code) {
      call.named("getInt").described(call.descriptor().replace(")J", ")I")).write(code);
      code.visitInsn(Opcodes.I2L);
    }
  };

  private final String description;
  private final Predicate<Call> matches;

  CallOperator(String description, Predicate<Call> matches) {
    this.description = description;
    this.matches = matches;
  }

  String description() {
    return description;
  }

  boolean matches(Call call) {
    return matches.test(call);
  }

  /** Writes what stands in a call's place: it takes from the stack what the call takes. */
  abstract void write(Call call, MethodVisitor code);

  /** A call, as it stands in a class file. */
  record Call(int opcode, String owner, String name, String descriptor, boolean ofInterface) {
    boolean isOf(String type, String... names) {
      return owner.startsWith(type) && Set.of(names).contains(name);
    }

    Call named(String other) {
      return new Call(opcode, owner, other, descriptor, ofInterface);
    }

    Call described(String other) {
      return new Call(opcode, owner, name, other, ofInterface);
    }

    void write(MethodVisitor code) {
      code.visitMethodInsn(opcode, owner, name, descriptor, ofInterface);
    }
  }
}
