package workbook.grading.worker;

/** How a process ends that has run an answer. */
final class OrderlyExit {
  private static final int PATIENCE_MILLIS = 10_000;

  private OrderlyExit() {}

  /** Ends this process; an answer may hold a lock that an orderly exit waits for, but not long. */
  static void exit() {
    Thread exit = new Thread(() -> System.exit(0), "exit");
    exit.setDaemon(true);
    exit.start();
    try {
      exit.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(0);
  }
}
