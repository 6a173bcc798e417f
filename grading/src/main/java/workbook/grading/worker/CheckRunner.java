package workbook.grading.worker;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.discovery.MethodSelector;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import workbook.engine.ErrorLog;
import workbook.engine.protocol.CheckResult;
import workbook.engine.protocol.Status;
import workbook.engine.protocol.WorkerEvent;
import workbook.grading.CheckFailure;
import workbook.grading.GradingExtension;
import workbook.support.EnvironmentException;

/**
 * Runs checks through the JUnit Platform.
 *
 * <p>Nothing on the class path can add an engine, a listener or a setting.
 */
public final class CheckRunner {
  private final CapturedOutput output;
  private volatile String running;
  private final Launcher launcher =
      LauncherFactory.create(
          LauncherConfig.builder()
              .enableTestEngineAutoRegistration(false)
              .enableLauncherSessionListenerAutoRegistration(false)
              .enableLauncherDiscoveryListenerAutoRegistration(false)
              .enablePostDiscoveryFilterAutoRegistration(false)
              .enableTestExecutionListenerAutoRegistration(false)
              .addTestEngines(new JupiterTestEngine())
              .build());

  /** For tests, which do not look at what an answer prints. */
  public CheckRunner() {
    this(new CapturedOutput());
  }

  CheckRunner(CapturedOutput output) {
    this.output = output;
  }

  /**
   * Runs some checks of a class.
   *
   * @param testClass the class, in a class loader of its own
   * @param checks the names of the checks
   * @param events is told as each begins and ends
   */
  public void run(Class<?> testClass, List<String> checks, Consumer<WorkerEvent> events) {
    run(testClass, checks, List.of(), events);
  }

  /**
   * The same with a short deadline for some checks.
   *
   * @param hurried the names of these
   */
  void run(
      Class<?> testClass, List<String> checks, List<String> hurried, Consumer<WorkerEvent> events) {
    List<MethodSelector> asked =
        ReflectionSupport.findMethods(
                testClass,
                method -> checks.contains(method.getName()),
                HierarchyTraversalMode.TOP_DOWN)
            .stream()
            .map(method -> DiscoverySelectors.selectMethod(testClass, method))
            .toList();
    launcher.execute(
        LauncherDiscoveryRequestBuilder.request()
            .enableImplicitConfigurationParameters(false)
            .configurationParameter(GradingExtension.HURRIED, String.join(",", hurried))
            .selectors(asked)
            .build(),
        new Reporter(events));
  }

  /** Reports the check that is ending this process, if one is. */
  void reportExit(Consumer<WorkerEvent> events) {
    CheckFailure failure = GradingExtension.ended();
    if (failure != null) {
      events.accept(
          WorkerEvent.finished(
              new CheckResult(
                  running, failure.status(), failure.getMessage(), failure.at(), 0, output.take()),
              true));
      events.accept(WorkerEvent.spoilt());
    }
  }

  private final class Reporter implements TestExecutionListener {
    private final Consumer<WorkerEvent> events;
    private long started;

    private Reporter(Consumer<WorkerEvent> events) {
      this.events = events;
    }

    @Override
    public void executionStarted(TestIdentifier test) {
      if (test.isTest()) {
        output.take();
        running = name(test);
        events.accept(WorkerEvent.started(running));
        started = System.nanoTime();
      }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (test.isTest()) {
        long millis = (System.nanoTime() - started) / 1_000_000;
        Throwable thrown = result.getThrowable().orElse(null);
        CheckFailure failure = thrown instanceof CheckFailure verdict ? verdict : null;
        events.accept(
            WorkerEvent.finished(
                new CheckResult(
                    name(test),
                    status(result, failure),
                    message(thrown),
                    failure == null ? null : failure.at(),
                    millis,
                    output.take() + unexpected(result, failure)),
                failure == null || failure.isCertain()));
        if (failure != null && failure.status() == Status.TIMED_OUT) {
          // Its threads may run on.
          events.accept(WorkerEvent.spoilt());
        }
      } else {
        result
            .getThrowable()
            .ifPresent(e -> events.accept(WorkerEvent.broken(ErrorLog.stackTrace(e))));
      }
    }

    // The command keeps it, since no learner can do anything about it.
    private static String unexpected(TestExecutionResult result, CheckFailure failure) {
      return status(result, failure) == Status.ENVIRONMENT
          ? result.getThrowable().map(ErrorLog::stackTrace).orElse("")
          : "";
    }

    // Whatever the extension has not judged is a fault of the checks or their surroundings.
    private static Status status(TestExecutionResult result, CheckFailure failure) {
      return switch (result.getStatus()) {
        case SUCCESSFUL -> Status.PASSED;
        case ABORTED -> Status.NOT_ATTEMPTED;
        case FAILED -> failure == null ? Status.ENVIRONMENT : failure.status();
      };
    }

    // JUnit wraps what a database that cannot be had throws.
    private static String message(Throwable thrown) {
      if (thrown == null) {
        return null;
      }
      return thrown.getCause() instanceof EnvironmentException broken
          ? broken.getMessage()
          : String.valueOf(thrown.getMessage());
    }

    private static String name(TestIdentifier test) {
      return ((MethodSource) test.getSource().orElseThrow()).getMethodName();
    }
  }
}
