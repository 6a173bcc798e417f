package workbook.engine;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names, passwords and seals that are not to be guessed. */
public final class RandomHex {
  private static final SecureRandom RANDOM = new SecureRandom();

  private RandomHex() {}

  /** So many random bytes, two hexadecimal digits each. */
  public static String of(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
