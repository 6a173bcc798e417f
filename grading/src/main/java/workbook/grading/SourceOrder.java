package workbook.grading;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodDescriptor;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.MethodOrdererContext;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Runs checks in the order of their exercises, and those of an exercise in the order of the source.
 *
 * <p>Reflection promises no order, but a class file keeps that of its source.
 */
public final class SourceOrder implements MethodOrderer {
  @Override
  public void orderMethods(MethodOrdererContext context) {
    Map<Class<?>, List<String>> sources = new HashMap<>();
    context
        .getMethodDescriptors()
        .sort(
            Comparator.<MethodDescriptor>comparingInt(SourceOrder::exercise)
                .thenComparingInt(method -> line(method.getMethod(), sources)));
  }

  // The number after the dot: a class of checks has one lesson. Other tests come first.
  private static int exercise(MethodDescriptor method) {
    return method
        .findAnnotation(Check.class)
        .map(check -> Integer.parseInt(check.exercise().split("\\.")[1]))
        .orElse(0);
  }

  private static int line(Method method, Map<Class<?>, List<String>> sources) {
    return sources
        .computeIfAbsent(method.getDeclaringClass(), SourceOrder::methodsOf)
        .indexOf(method.getName());
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
