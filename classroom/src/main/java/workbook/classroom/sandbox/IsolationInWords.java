package workbook.classroom.sandbox;

import workbook.classroom.sandbox.Sandbox.Level;

/** Tells other commands what {@code grade} would keep hand-ins away with on this computer. */
public final class IsolationInWords {
  private IsolationInWords() {}

  /** The strongest level there is, found out by starting Java in it. */
  public static String inWords() {
    return inWords(Sandbox.find(null).isolation());
  }

  static String inWords(Level isolation) {
    String found =
        switch (isolation) {
          case bubblewrap -> "isolated by bubblewrap";
          case container -> "isolated by a container";
          case process -> "not isolated, which matters to teachers only; see docs/teaching.md";
        };
    return "of others' answers: " + found;
  }
}
