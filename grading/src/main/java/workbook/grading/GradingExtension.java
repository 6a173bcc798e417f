package workbook.grading;

import java.lang.reflect.Method;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;
import workbook.engine.databases.CheckDatabases;
import workbook.engine.databases.DatabaseHost;
import workbook.engine.protocol.Status;
import workbook.grading.FreshDatabase.Session;
import workbook.grading.allowed.Refused;
import workbook.grading.globals.Defaults;
import workbook.grading.globals.HoldingDriver;
import workbook.support.NotAttempted;

/**
 * Runs checks: each on a fresh database if it asks for one, within its deadline, and with a look at
 * the server afterwards.
 *
 * <p>A check during which {@link NotAttempted} was raised, on whatever thread, is aborted.
 */
public final class GradingExtension implements InvocationInterceptor, ParameterResolver {
  /** The system property that sets the deadline of checks without one of their own, in seconds. */
  public static final String DEADLINE = "workbook.deadline";

  /** The configuration parameter that names checks with a short deadline, separated by commas. */
  public static final String HURRIED = "workbook.hurried";

  // A test that is no check may start whole programs, on a slow machine.
  private static final int OTHER_TESTS = 180;
  private static final Duration INTERRUPT_GRACE = Duration.ofMillis(500);
  // The driver logs URLs that it finds odd, passwords included.
  private static final Logger DRIVER = Logger.getLogger("org.postgresql");

  static {
    DRIVER.setLevel(Level.OFF);
  }

  private static final AtomicReference<Running> RUNNING = new AtomicReference<>();

  private static final HoldingDriver HELD = HoldingDriver.registered();
  private static volatile DatabaseHost host;

  private static final PreparedDatabases PREPARED =
      new PreparedDatabases(() -> host == null ? CheckDatabases.shared() : host);

  /** Has databases come from elsewhere than this process's own server. */
  public static void useDatabasesOf(DatabaseHost elsewhere) {
    host = elsewhere;
  }

  /** Prepares for the next checks, while no check waits. */
  public static void rest() {
    PREPARED.prepare();
  }

  /** The verdict on a check whose own thread is ending the process; null if there is none. */
  public static CheckFailure ended() {
    Running running = RUNNING.get();
    return running == null || !running.isExiting()
        ? null
        : running.verdict().ended(running.thread());
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == FreshDatabase.class;
  }

  @Override
  public FreshDatabase resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return PREPARED.take();
  }

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    Verdict verdict = new Verdict(context.getRequiredTestClass(), () -> HELD.openPids().size());
    List<FreshDatabase> databases =
        method.getArguments().stream()
            .filter(FreshDatabase.class::isInstance)
            .map(FreshDatabase.class::cast)
            .toList();
    NotAttempted.forget();
    Refused.forget();
    HELD.forget();
    HELD.calledBy(context.getRequiredTestClass());
    Defaults defaults = Defaults.now();
    try {
      Throwable thrown =
          runWithDeadline(invocation, deadline(method.getExecutable(), context), verdict);
      // The answer may have set them, for the whole process.
      defaults.restore();
      DriverManager.setLoginTimeout(0);
      Set<String> missing = NotAttempted.raised();
      if (!missing.isEmpty()) {
        throw new TestAbortedException(unwritten(missing, method.getExecutable()));
      }
      if (thrown instanceof TestAbortedException || isTimeOut(thrown)) {
        throw thrown;
      }
      if (Refused.first() != null) {
        throw verdict.notAllowed(Refused.first());
      }
      if (thrown != null) {
        // Without a server every answer fails, and it is not the answer's fault.
        databases.forEach(FreshDatabase::sessions);
        throw thrown;
      }
      for (FreshDatabase database : databases) {
        List<Session> open = database.leftOpen(HELD::openPids);
        if (!open.isEmpty()) {
          throw verdict.leaked(open);
        }
      }
    } finally {
      defaults.restore();
      HELD.forget();
      databases.forEach(PREPARED::remember);
      databases.forEach(FreshDatabase::discard);
    }
  }

  private static boolean isTimeOut(Throwable thrown) {
    return thrown instanceof CheckFailure failure && failure.status() == Status.TIMED_OUT;
  }

  // On the check's thread, within its deadline: the methods of an exception may be the answer's.
  private static Throwable judged(Throwable thrown, Verdict verdict) {
    if (thrown instanceof TestAbortedException || thrown instanceof CheckFailure) {
      return thrown;
    }
    try {
      return verdict.failed(thrown);
    } catch (RuntimeException | Error unreadable) {
      return verdict.unreadable(thrown);
    }
  }

  private static Throwable runWithDeadline(
      Invocation<Void> invocation, CheckDeadline deadline, Verdict verdict)
      throws InterruptedException {
    // A thread that ends without returning from the check has not passed it.
    Throwable[] thrown = {
      verdict.failed(new IllegalThreadStateException("The check's thread was ended."))
    };
    Thread thread =
        new Thread(
            () -> {
              try {
                invocation.proceed();
                thrown[0] = null;
              } catch (Throwable e) {
                thrown[0] = judged(e, verdict);
              }
            },
            "check");
    thread.setDaemon(true);
    thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    RUNNING.set(new Running(thread, verdict));
    thread.start();
    AtomicBoolean stoodStill = new AtomicBoolean();
    if (deadline.await(thread, () -> stoodStill.set(true))) {
      return thrown[0] instanceof CheckFailure failure && stoodStill.get()
          ? failure.uncertain()
          : thrown[0];
    }
    CheckFailure failure = verdict.timedOut(deadline, deadline.isCertain(thread), thread);
    thread.interrupt();
    thread.join(INTERRUPT_GRACE.toMillis());
    return failure;
  }

  // An answer may use that to another exercise, and then it is that one which is missing.
  private static String unwritten(Set<String> missing, Method method) {
    String all = String.join(", ", missing);
    String exercise = check(method).map(Check::exercise).orElse(all);
    if (missing.contains(exercise)) {
      return NotAttempted.message(exercise);
    }
    return missing.size() == 1
        ? "%s is not written yet, and %s uses it.".formatted(all, exercise)
        : "%s are not written yet, and %s uses them.".formatted(all, exercise);
  }

  private static Optional<Check> check(Method method) {
    return AnnotationSupport.findAnnotation(method, Check.class);
  }

  private static CheckDeadline deadline(Method method, ExtensionContext context) {
    int seconds =
        check(method)
            .map(it -> it.deadline() > 0 ? it.deadline() : Integer.getInteger(DEADLINE, 10))
            .orElse(OTHER_TESTS);
    String hurried = context.getConfigurationParameter(HURRIED).orElse("");
    return List.of(hurried.split(",")).contains(method.getName())
        ? CheckDeadline.hurried(seconds)
        : new CheckDeadline(seconds, false);
  }

  /** A check's thread. */
  private record Running(Thread thread, Verdict verdict) {
    // System.exit does not return: the thread that called it waits inside.
    private boolean isExiting() {
      return Arrays.stream(thread.getStackTrace())
          .anyMatch(
              line ->
                  line.getClassName().equals(Runtime.class.getName())
                      && line.getMethodName().equals("exit"));
    }
  }
}
