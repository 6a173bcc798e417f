package workbook.grading.allowed;

import java.util.Set;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.RecordComponentVisitor;
import org.objectweb.asm.Type;
import org.objectweb.asm.TypePath;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/** Visits every type that a class names, by way of a remapper that changes none. */
final class ReferenceScan extends ClassRemapper {
  // What the compiler itself writes into lambdas, string concatenation and records.
  private static final Set<String> BOOTSTRAPS =
      Set.of(
          "java.lang.invoke.LambdaMetafactory.metafactory",
          "java.lang.invoke.LambdaMetafactory.altMetafactory",
          "java.lang.invoke.StringConcatFactory.makeConcatWithConstants",
          "java.lang.runtime.ObjectMethods.bootstrap");

  private final ForbiddenReferences found;
  private String method;

  ReferenceScan(ForbiddenReferences found) {
    super(
        Opcodes.ASM9,
        new EveryPart(),
        // It is asked for the new name of each type, and so sees it.
        new Remapper(Opcodes.ASM9) {
          @Override
          public String map(String internalName) {
            found.type(internalName);
            return internalName;
          }
        });
    this.found = found;
  }

  @Override
  public void visitInnerClass(String name, String outer, String inner, int access) {
    // The compiler lists MethodHandles.Lookup here for every lambda; a use shows elsewhere.
  }

  // The compiler lists here what belongs together; no use of it.
  @Override
  public void visitNestMember(String name) {}

  @Override
  public void visitNestHost(String name) {}

  @Override
  public void visitPermittedSubclass(String name) {}

  @Override
  public void visitOuterClass(String owner, String name, String descriptor) {}

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    boolean hasCode = (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0;
    method = hasCode && !name.equals("<clinit>") ? name + descriptor : null;
    found.at(0);
    found.inCodeOf(method);
    MethodVisitor scan = super.visitMethod(access, name, descriptor, signature, exceptions);
    // Libraries read a method's annotations without running its code.
    found.inCodeOf(null);
    return scan;
  }

  @Override
  protected MethodVisitor createMethodRemapper(MethodVisitor visitor) {
    return new MethodScan(super.createMethodRemapper(visitor), method);
  }

  private void handle(Handle handle) {
    found.type(handle.getOwner());
    found.member(handle.getOwner(), handle.getName(), handle.getDesc());
    types(Type.getType(handle.getDesc()));
  }

  private void constant(Object constant) {
    if (constant instanceof Handle target) {
      handle(target);
    } else if (constant instanceof Type type) {
      types(type);
    } else if (constant instanceof ConstantDynamic dynamic) {
      found.add("a constant that is computed by " + dynamic.getBootstrapMethod());
    }
  }

  private void types(Type type) {
    switch (type.getSort()) {
      case Type.METHOD -> {
        for (Type argument : type.getArgumentTypes()) {
          types(argument);
        }
        types(type.getReturnType());
      }
      case Type.ARRAY -> types(type.getElementType());
      case Type.OBJECT -> found.type(type.getInternalName());
      default -> {}
    }
  }

  /** Visits instructions: a member that is called, what makes a lambda, and which line it is. */
  private final class MethodScan extends MethodVisitor {
    private final String method;

    private MethodScan(MethodVisitor next, String method) {
      super(Opcodes.ASM9, next);
      this.method = method;
    }

    @Override
    public void visitCode() {
      found.inCodeOf(method);
      super.visitCode();
    }

    @Override
    public void visitEnd() {
      found.inCodeOf(null);
      super.visitEnd();
    }

    @Override
    public void visitLineNumber(int number, Label start) {
      found.at(number);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      found.member(owner, name, descriptor);
      super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
      found.member(owner, name, descriptor);
      super.visitFieldInsn(opcode, owner, name, descriptor);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      String maker = bootstrap.getOwner().replace('/', '.') + "." + bootstrap.getName();
      if (!BOOTSTRAPS.contains(maker)) {
        found.add(maker);
      }
      for (Object argument : arguments) {
        constant(argument);
      }
      // Not passed on: the types of the bootstrap method itself are the compiler's.
      types(Type.getType(descriptor));
    }

    @Override
    public void visitLdcInsn(Object value) {
      constant(value);
      super.visitLdcInsn(value);
    }
  }

  /** Has visitors for all parts of a class, so that all parts are visited. */
  private static final class EveryPart extends ClassVisitor {
    private static final AnnotationVisitor ANNOTATION =
        new AnnotationVisitor(Opcodes.ASM9) {
          @Override
          public AnnotationVisitor visitAnnotation(String name, String descriptor) {
            return this;
          }

          @Override
          public AnnotationVisitor visitArray(String name) {
            return this;
          }
        };

    private EveryPart() {
      super(Opcodes.ASM9);
    }

    @Override
    public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
      return ANNOTATION;
    }

    @Override
    public AnnotationVisitor visitTypeAnnotation(
        int reference, TypePath path, String descriptor, boolean visible) {
      return ANNOTATION;
    }

    @Override
    public FieldVisitor visitField(
        int access, String name, String descriptor, String signature, Object value) {
      return new FieldVisitor(Opcodes.ASM9) {
        @Override
        public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
          return ANNOTATION;
        }
      };
    }

    @Override
    public RecordComponentVisitor visitRecordComponent(
        String name, String descriptor, String signature) {
      return new RecordComponentVisitor(Opcodes.ASM9) {
        @Override
        public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
          return ANNOTATION;
        }
      };
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
          return ANNOTATION;
        }

        @Override
        public AnnotationVisitor visitParameterAnnotation(
            int parameter, String annotation, boolean visible) {
          return ANNOTATION;
        }
      };
    }
  }
}
