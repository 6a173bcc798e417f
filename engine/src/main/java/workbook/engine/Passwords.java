package workbook.engine;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes passwords for servers and roles of the workbook's own. */
public final class Passwords {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Passwords() {}

  public static String random() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
