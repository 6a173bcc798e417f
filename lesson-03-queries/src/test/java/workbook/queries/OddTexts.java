package workbook.queries;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.IntStream;
import workbook.queries.Catalogue.NewBook;

/** Texts that are easily "put right", or taken for others. */
final class OddTexts {

  /** Blanks of several kinds, letters that can be written otherwise, a tag. */
  static final String ODD =
      " \u00a0e\u0301\u00e9\ufb01\u212b  \u2019\u201c<b>&amp;</b>%41"
          + "\\u0041\u3000 ";

  /** More than 2,000 characters, some of them unseen. */
  static final String LONG =
      (ODD + "\ufeff\u00ad\u200b\u0007\r\n").repeat(60);

  /** Each is another text, however alike they look. */
  static final List<String> ALIKE =
      List.of(
          "e\u0301", "\u00e9", "\ufb01", "fi", "FI", "Fi", "fi\u00a0", "fi ",
          " fi", "f i", "f  i", "f\ti", "fi\n", "f\u00adi", "f\u0131", "fi.",
          "f-i");

  /** Each character of the first plane but NUL, and two of others. */
  static final String EVERY =
      "Every character: "
          + range('!', 0xffff)
          + range(1, ' ')
          + "\ud83d\ude00\udbff\udffd";

  /** Characters that an answer may think that no text has: each once. */
  static final String RARE =
      "Rare ones: \u007f\u20ac\ue000\ue001\uf000\uf8ff\ufeff\ufffd\uffff"
          + range(1, 31)
          + range(0x80, 0x24f)
          + range(0x2000, 0x206f)
          + range(0x2190, 0x21ff);

  private OddTexts() {}

  private static String range(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .filter(c -> !Character.isSurrogate((char) c))
        .mapToObj(Character::toString)
        .collect(joining());
  }

  /** A text for a message: of a long one its beginning, and what tells it. */
  static String shown(String text) {
    return text == null || text.length() <= 200
        ? text
        : "%s... (%s characters, hash %s)"
            .formatted(
                text.substring(0, 20),
                text.length(),
                Integer.toHexString(text.hashCode()));
  }

  /** A book for a message. */
  static NewBook shown(NewBook book) {
    return new NewBook(
        shown(book.title()),
        shown(book.author()),
        shown(book.genre()),
        book.published());
  }
}
