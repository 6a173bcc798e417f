package workbook.engine.playground;

import java.util.Arrays;

/** How many columns of a terminal a text takes: East Asian characters take two, accents none. */
final class TextWidth {
  // First and last of each range, as Unicode's EastAsianWidth.txt has them (W and F).
  private static final int[] WIDE = {
    0x1100, 0x115F, 0x231A, 0x231B, 0x2E80, 0x303E, 0x3041, 0x33FF, 0x3400, 0x4DBF, 0x4E00, 0x9FFF,
    0xA000, 0xA4CF, 0xA960, 0xA97F, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE30, 0xFE6F, 0xFF00, 0xFF60,
    0xFFE0, 0xFFE6, 0x1F300, 0x1F64F, 0x1F680, 0x1F6FF, 0x1F900, 0x1FAFF, 0x20000, 0x3FFFD
  };

  private TextWidth() {}

  static int of(String text) {
    return text.codePoints().map(TextWidth::of).sum();
  }

  /** The beginning of a text, at most so many columns wide. */
  static String cut(String text, int columns) {
    StringBuilder cut = new StringBuilder();
    int width = 0;
    for (int codePoint : text.codePoints().toArray()) {
      width += of(codePoint);
      if (width > columns) {
        break;
      }
      cut.appendCodePoint(codePoint);
    }
    return cut.toString();
  }

  private static int of(int codePoint) {
    switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK:
      case Character.ENCLOSING_MARK:
      case Character.FORMAT:
      case Character.CONTROL:
        return 0;
      default:
        int at = Arrays.binarySearch(WIDE, codePoint);
        // A last or first one was hit, or the place to insert lies within a range.
        return at >= 0 || at % 2 == 0 ? 2 : 1;
    }
  }
}
