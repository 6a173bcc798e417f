package workbook.jshell.session;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import workbook.jshell.engine.Interpreter;

/** Tells the line editor when lines of Java are complete, and how a name may go on. */
final class JavaInput implements Parser, Completer {
  private final Supplier<Interpreter> interpreter;
  private Predicate<String> complete = text -> true;

  JavaInput(Supplier<Interpreter> interpreter) {
    this.interpreter = interpreter;
  }

  void setComplete(Predicate<String> complete) {
    this.complete = complete;
  }

  @Override
  public ParsedLine parse(String text, int cursor, ParseContext context) {
    if (context == ParseContext.ACCEPT_LINE && !complete.test(text)) {
      throw new EOFError(-1, -1, "more lines are needed");
    }
    return context == ParseContext.COMPLETE
        ? atTab(text, cursor)
        : new Input(text, cursor, 0, null);
  }

  private Input atTab(String text, int cursor) {
    if (Commands.isCommand(text)) {
      List<Candidate> commands = Commands.NAMES.stream().map(it -> candidate(it, true)).toList();
      return new Input(text, cursor, 0, commands);
    }
    int[] anchor = {cursor};
    List<Candidate> candidates =
        interpreter.get().suggestions(text, cursor, anchor).stream()
            .map(it -> it.continuation())
            .distinct()
            .map(it -> candidate(it, false))
            .toList();
    return new Input(text, cursor, Math.max(0, Math.min(anchor[0], cursor)), candidates);
  }

  private static Candidate candidate(String text, boolean complete) {
    return new Candidate(text, text, null, null, null, null, complete);
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    List<String> signatures =
        line.line().substring(0, line.cursor()).matches("(?s).*[(,]\\s*")
            ? interpreter.get().signatures(line.line(), line.cursor())
            : List.of();
    // Where an argument is to come, everything would be possible.
    if (signatures.isEmpty()) {
      candidates.addAll(((Input) line).candidates());
    } else {
      reader.printAbove(String.join("\n", signatures));
    }
  }

  /**
   * What is being typed; the word that Tab completes goes from the anchor to the cursor.
   *
   * @param candidates for that word
   */
  private record Input(String line, int cursor, int anchor, List<Candidate> candidates)
      implements CompletingParsedLine {
    @Override
    public String word() {
      return line.substring(anchor, cursor);
    }

    @Override
    public int wordCursor() {
      return cursor - anchor;
    }

    @Override
    public int wordIndex() {
      return 0;
    }

    @Override
    public List<String> words() {
      return List.of(word());
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
      return candidate;
    }

    @Override
    public int rawWordCursor() {
      return wordCursor();
    }

    @Override
    public int rawWordLength() {
      return word().length();
    }
  }
}
