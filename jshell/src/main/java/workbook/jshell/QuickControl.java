package workbook.jshell;

import com.sun.jdi.BooleanValue;
import com.sun.jdi.ClassNotLoadedException;
import com.sun.jdi.Field;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.InvalidTypeException;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.StackFrame;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import jdk.jshell.execution.JdiExecutionControl;
import jdk.jshell.execution.RemoteExecutionControl;
import jdk.jshell.spi.ExecutionEnv;

/** The JVM that runs the snippets, as JShell sees it. */
final class QuickControl extends JdiExecutionControl {
  private static final Set<String> ENTRIES = Set.of("invoke", "varValue");

  private final VirtualMachine vm;
  private final Process process;
  private final Object turn = new Object();
  private boolean running;

  QuickControl(ObjectOutput out, ObjectInput in, VirtualMachine vm, Process process) {
    super(out, in);
    this.vm = vm;
    this.process = process;
  }

  @Override
  protected VirtualMachine vm() throws EngineTerminationException {
    if (!process.isAlive()) {
      throw new EngineTerminationException("The JVM that runs the snippets has ended.");
    }
    return vm;
  }

  @Override
  public String invoke(String className, String method)
      throws RunException, EngineTerminationException, InternalException {
    isRunning(true);
    try {
      return super.invoke(className, method);
    } finally {
      isRunning(false);
    }
  }

  private void isRunning(boolean now) {
    synchronized (turn) {
      running = now;
      turn.notifyAll();
    }
  }

  /**
   * Stops the snippet that runs: first by cancelling its statements, then by force.
   *
   * <p>Force does not reach a driver that waits for its server, and when the server answers at
   * last, force would strike in the middle of the answer: such a connection is spoilt.
   */
  @Override
  public void stop() throws EngineTerminationException, InternalException {
    synchronized (turn) {
      try {
        // More than once: a statement may be on its way to the server.
        for (int i = 0; running && i < 5; i++) {
          cancelStatements();
          turn.wait(100);
        }
        if (running) {
          stopByForce();
        }
      } catch (VMDisconnectedException e) {
        // It has ended by itself.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void cancelStatements() throws EngineTerminationException {
    for (ThreadReference thread : vm().allThreads()) {
      if (thread.name().equals(QuickAgent.CANCELLER)) {
        thread.interrupt();
      }
    }
  }

  private void stopByForce() throws EngineTerminationException, InternalException {
    vm().suspend();
    try {
      for (ThreadReference thread : vm().allThreads()) {
        for (StackFrame frame : thread.frames()) {
          if (isEntry(frame)) {
            throwInto(thread, frame.thisObject());
            return;
          }
        }
      }
    } catch (ClassNotLoadedException | IncompatibleThreadStateException | InvalidTypeException e) {
      throw new InternalException("The snippet cannot be stopped: " + e);
    } finally {
      vm().resume();
    }
  }

  private static boolean isEntry(StackFrame frame) {
    return frame.location().declaringType().name().equals(RemoteExecutionControl.class.getName())
        && ENTRIES.contains(frame.location().method().name());
  }

  // The fields are JShell's own, for this very purpose; its engine reaches them the same way.
  private void throwInto(ThreadReference thread, ObjectReference engine)
      throws ClassNotLoadedException, IncompatibleThreadStateException, InvalidTypeException {
    Field expectingStop = field(engine, "expectingStop");
    if (((BooleanValue) engine.getValue(field(engine, "inClientCode"))).value()) {
      engine.setValue(expectingStop, vm.mirrorOf(true));
      vm.resume();
      thread.stop((ObjectReference) engine.getValue(field(engine, "stopException")));
      engine.setValue(expectingStop, vm.mirrorOf(false));
    }
  }

  private static Field field(ObjectReference engine, String name) {
    return engine.referenceType().fieldByName(name);
  }

  /** After {@code System.exit} in a snippet: JShell goes on, with another JVM. */
  void ended(ExecutionEnv env) {
    env.closeDown();
    dispose();
  }

  @Override
  public void close() {
    super.close();
    try {
      process.waitFor(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    dispose();
  }

  private void dispose() {
    try {
      vm.dispose();
    } catch (VMDisconnectedException e) {
      // It has ended by itself.
    }
    process.destroy();
  }
}
