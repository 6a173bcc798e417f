package workbook.grading.proofs;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** Notes which methods of an answer are called from outside; what it calls itself is its affair. */
final class CallRecorder {
  private final Set<String> methods = new ConcurrentSkipListSet<>();
  private final Class<?> contract;

  CallRecorder(Class<?> contract) {
    this.contract = contract;
  }

  /** The names of the methods called so far. */
  Set<String> methods() {
    return methods;
  }

  /** An answer that does what another one does. */
  Object watched(Object answer) {
    return Proxy.newProxyInstance(
        contract.getClassLoader(),
        new Class<?>[] {contract},
        (proxy, method, arguments) -> {
          methods.add(method.getName());
          try {
            return method.invoke(answer, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  /** Whether a method is one that a contract asks for. */
  static boolean isOf(Class<?> contract, Method method) {
    return Arrays.stream(contract.getMethods())
        .anyMatch(
            asked ->
                asked.getName().equals(method.getName())
                    && Arrays.equals(asked.getParameterTypes(), method.getParameterTypes()));
  }
}
