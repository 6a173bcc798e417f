package workbook.engine.playground;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** What this machine calls the address that the playground listens on. */
final class Loopback {
  private static final String NAME = "localhost";
  private static final String ADDRESS = "127.0.0.1";

  private Loopback() {}

  /** The name {@code localhost}, if it leads there; else the address itself. */
  static String name() {
    try {
      return name(List.of(InetAddress.getAllByName(NAME)));
    } catch (UnknownHostException noSuchName) {
      return ADDRESS;
    }
  }

  // A machine may know it as ::1 alone.
  static String name(List<InetAddress> localhost) {
    return localhost.stream().anyMatch(it -> it.getHostAddress().equals(ADDRESS)) ? NAME : ADDRESS;
  }
}
