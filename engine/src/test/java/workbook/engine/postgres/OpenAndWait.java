package workbook.engine.postgres;

import java.nio.file.Path;

/** A program that opens a throwaway server, says its port and waits for its end. */
final class OpenAndWait {
  private OpenAndWait() {}

  public static void main(String[] arguments) throws InterruptedException {
    ThrowawayServer server = EmbeddedServer.open(Path.of(arguments[0]), "", line -> {});
    System.out.println(server.admin().port());
    Thread.sleep(60_000);
  }
}
