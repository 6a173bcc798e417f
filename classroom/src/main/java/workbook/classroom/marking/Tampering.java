package workbook.classroom.marking;

/** An answer tried to write its own verdict; the message says how that was seen. */
final class Tampering extends RuntimeException {
  private static final long serialVersionUID = 1;

  Tampering(String message) {
    super(message);
  }
}
