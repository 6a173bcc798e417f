package workbook.engine.trace;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The statements that a session has prepared, and the portals in which they have values. */
final class Portals {
  private static final Pattern PASSWORD =
      Pattern.compile("(?is)(\\bpassword\\s+)('(?:[^']|'')*'|\\$(\\w*)\\$.*?\\$\\3\\$)");
  private static final short[] ALL_TEXT = {};

  private final Map<String, Statement> statements = new HashMap<>();
  private final Map<String, Portal> portals = new HashMap<>();

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
    final List<String> values;
    final short[] formats;
    boolean fetched;
    private final Statement statement;

    private Portal(Statement statement, List<String> values, short[] formats) {
      this.statement = statement;
      this.values = values;
      this.formats = formats;
    }

    Statement statement() {
      return statement;
    }
  }

  /** Takes the message Parse. */
  void parse(ByteBuffer body) {
    String name = Values.string(body);
    String text = line(Values.string(body));
    List<Integer> types = new ArrayList<>();
    if (body.remaining() >= 2) {
      int count = Short.toUnsignedInt(body.getShort());
      for (int i = 0; i < count && body.remaining() >= 4; i++) {
        types.add(body.getInt());
      }
    }
    statements.put(name, new Statement(text, types));
  }

  /** Takes the message Bind. */
  void bind(ByteBuffer body) {
    String portal = Values.string(body);
    Statement statement = statement(Values.string(body));
    short[] formats = Values.formats(body);
    List<String> values = Values.list(body, formats, statement.parameters);
    short[] results = body.remaining() >= 2 ? Values.formats(body) : ALL_TEXT;
    portals.put(portal, new Portal(statement, values, results));
  }

  /** Takes the message Describe: what is described. */
  Portal described(ByteBuffer body) {
    boolean isPortal = body.get() == 'P';
    String name = Values.string(body);
    return isPortal ? portals.get(name) : new Portal(statement(name), List.of(), ALL_TEXT);
  }

  /** The portal of a name; null if there is none. */
  Portal portal(String name) {
    return portals.get(name);
  }

  private Statement statement(String name) {
    return statements.getOrDefault(name, new Statement("(unknown)", List.of()));
  }

  /** A statement in one line, without passwords. */
  static String line(String text) {
    String line = masked(text).strip().replaceAll("\\s+", " ");
    return line.isEmpty() ? "(an empty statement)" : line;
  }

  /** A text without passwords. */
  static String masked(String text) {
    return PASSWORD.matcher(text).replaceAll("$1'(hidden)'");
  }
}
