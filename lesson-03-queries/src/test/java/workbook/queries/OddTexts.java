package workbook.queries;

import java.util.List;
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
      List.of("e\u0301", "\u00e9", "\ufb01", "fi", "FI", "fi\u00a0", "fi ");

  private OddTexts() {}

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
