package workbook.grading;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.MethodOrdererContext;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Runs the tests of a class in the order of its source, inherited ones first.
 *
 * <p>Reflection promises no order, but a class file keeps that of its source.
 */
public final class SourceOrder implements MethodOrderer {
  @Override
  public void orderMethods(MethodOrdererContext context) {
    List<String> order = new ArrayList<>();
    for (Class<?> type = context.getTestClass();
        type != Object.class;
        type = type.getSuperclass()) {
      order.addAll(0, methodsOf(type));
    }
    context
        .getMethodDescriptors()
        .sort(Comparator.comparingInt(method -> order.indexOf(method.getMethod().getName())));
  }

  private static List<String> methodsOf(Class<?> type) {
    List<String> names = new ArrayList<>();
    ClassVisitor collector =
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            names.add(name);
            return null;
          }
        };
    String file = type.getName().replace('.', '/') + ".class";
    try (InputStream bytes = type.getClassLoader().getResourceAsStream(file)) {
      new ClassReader(bytes).accept(collector, ClassReader.SKIP_CODE);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the class file of " + type.getName(), e);
    }
    return names;
  }
}
