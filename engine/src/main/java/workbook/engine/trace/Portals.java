package workbook.engine.trace;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import workbook.engine.trace.wire.SqlText;
import workbook.engine.trace.wire.Values;

/** The statements that a session has prepared, and the portals in which they have values. */
final class Portals {
  private static final int MOST = 1_000;
  private static final short[] ALL_TEXT = {};

  private final TracedSession session;
  private final Map<String, Statement> statements = new HashMap<>();
  private final Map<String, Portal> portals = new HashMap<>();

  Portals(TracedSession session) {
    this.session = session;
  }

  /** A prepared statement, with the types that its columns turned out to have. */
  static final class Statement {
    private final String text;
    private final List<Integer> parameters;
    List<Integer> columns = List.of();

    private Statement(String text, List<Integer> parameters) {
      this.text = text;
      this.parameters = parameters;
    }

    String text() {
      return text;
    }
  }

  /** A statement with its values. */
  static final class Portal {
    final short[] formats;
    boolean fetched;
    private final Statement statement;
    // Only the first of a batch is shown, so most are never read.
    private final Supplier<List<String>> values;

    private Portal(Statement statement, Supplier<List<String>> values, short[] formats) {
      this.statement = statement;
      this.values = values;
      this.formats = formats;
    }

    Statement statement() {
      return statement;
    }

    /** What it is to be executed, or to be fetched from, for so many rows; 0 is all. */
    Step step(TracedSession session, int most) {
      String text = statement.text;
      return fetched
          ? new Step(session, "fetch " + most + " more of: " + text, List.of())
          : new Step(session, most > 0 ? "fetch " + most + " of: " + text : text, values.get());
    }
  }

  /** Takes the message Parse. */
  void parse(ByteBuffer body) {
    String name = Values.string(body, session.charset);
    String text = SqlText.line(Values.string(body, session.charset));
    List<Integer> types = new ArrayList<>();
    if (body.remaining() >= 2) {
      int count = Short.toUnsignedInt(body.getShort());
      for (int i = 0; i < count && body.remaining() >= 4; i++) {
        types.add(body.getInt());
      }
    }
    put(statements, name, new Statement(text, types));
  }

  /** Takes the message Bind. */
  void bind(ByteBuffer body) {
    String portal = Values.string(body, session.charset);
    Statement statement = statement(Values.string(body, session.charset));
    // If there are so many values that the message was cut, this is what is known.
    put(portals, portal, new Portal(statement, () -> List.of("..."), ALL_TEXT));
    short[] formats = Values.formats(body);
    ByteBuffer list = body.duplicate();
    Charset charset = session.charset;
    Values.skipList(body);
    short[] results = body.remaining() >= 2 ? Values.formats(body) : ALL_TEXT;
    put(
        portals,
        portal,
        new Portal(
            statement,
            () -> Values.list(list.duplicate(), formats, statement.parameters, charset),
            results));
  }

  /** Takes the message Describe: what is described. */
  Portal described(ByteBuffer body) {
    boolean isPortal = body.get() == 'P';
    String name = Values.string(body, session.charset);
    return isPortal ? portals.get(name) : new Portal(statement(name), List::of, ALL_TEXT);
  }

  /** The portal of a name; null if there is none. */
  Portal portal(String name) {
    return portals.get(name);
  }

  private Statement statement(String name) {
    return statements.getOrDefault(
        name, new Statement("(a statement that was prepared before)", List.of()));
  }

  // A client may prepare millions, and never close any.
  private static <T> void put(Map<String, T> map, String name, T value) {
    if (map.size() >= MOST) {
      map.clear();
    }
    map.put(name, value);
  }
}
