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
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.MethodDescriptor;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.MethodOrdererContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Has JUnit sort and name checks by their exercise.
 *
 * <p>They run in the order of the exercises, and those of an exercise in the order of the source:
 * reflection promises no order, but a class file keeps that of its source. They are shown with the
 * exercise's id in front, as in {@code 1.3 variables win over the section}.
 */
public final class ByExercise extends DisplayNameGenerator.Standard implements MethodOrderer {
  @Override
  public String generateDisplayNameForMethod(
      List<Class<?>> enclosing, Class<?> type, Method method) {
    return AnnotationSupport.findAnnotation(method, Check.class)
        .map(check -> check.exercise() + " " + method.getName().replace('_', ' '))
        .orElseGet(() -> super.generateDisplayNameForMethod(enclosing, type, method));
  }

  @Override
  public void orderMethods(MethodOrdererContext context) {
    Map<Class<?>, List<String>> sources = new HashMap<>();
    context
        .getMethodDescriptors()
        .sort(
            Comparator.<MethodDescriptor>comparingInt(ByExercise::number)
                .thenComparingInt(method -> line(method.getMethod(), sources)));
  }

  // The number after the dot: a class of checks has one lesson. Other tests come first.
  private static int number(MethodDescriptor method) {
    return method
        .findAnnotation(Check.class)
        .map(check -> Integer.parseInt(check.exercise().split("\\.")[1]))
        .orElse(0);
  }

  private static int line(Method method, Map<Class<?>, List<String>> sources) {
    return sources
        .computeIfAbsent(method.getDeclaringClass(), ByExercise::methodsOf)
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
