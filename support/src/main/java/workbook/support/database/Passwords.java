package workbook.support.database;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes passwords for servers and roles of the workbook's own. */
final class Passwords {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Passwords() {}

  static String random() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
