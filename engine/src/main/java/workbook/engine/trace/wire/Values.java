package workbook.engine.trace.wire;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Values as the protocol carries them, as text or in binary, made readable and short. */
public final class Values {
  private static final int LONGEST = 40;
  // Object ids of types, from pg_type.dat.
  private static final int BOOL = 16;
  private static final int INT8 = 20;
  private static final int INT2 = 21;
  private static final int INT4 = 23;
  private static final int FLOAT4 = 700;
  private static final int FLOAT8 = 701;
  private static final int DATE = 1082;
  private static final int TIMESTAMP = 1114;
  private static final int TIMESTAMPTZ = 1184;
  private static final int UUID_OID = 2950;
  private static final LocalDate EPOCH = LocalDate.of(2000, 1, 1);

  private Values() {}

  /** Reads a string that ends with a zero byte. */
  public static String string(ByteBuffer body, Charset charset) {
    int start = body.position();
    int end = start;
    while (end < body.limit() && body.get(end) != 0) {
      end++;
    }
    body.position(Math.min(end + 1, body.limit()));
    return new String(body.array(), start, end - start, charset);
  }

  /** Reads a count and so many format codes: 0 is text, 1 is binary. */
  public static short[] formats(ByteBuffer body) {
    short[] formats = new short[Short.toUnsignedInt(body.getShort())];
    for (int i = 0; i < formats.length; i++) {
      formats[i] = body.getShort();
    }
    return formats;
  }

  /**
   * Reads a count and so many values; stops where a cut message ends.
   *
   * @param formats none: all are text; one: it is that of all
   * @param types object ids, as far as they are known
   * @param charset in which text is
   */
  public static List<String> list(
      ByteBuffer body, short[] formats, List<Integer> types, Charset charset) {
    List<String> values = new ArrayList<>();
    int count = Short.toUnsignedInt(body.getShort());
    try {
      for (int i = 0; i < count; i++) {
        int length = body.getInt();
        if (length < 0) {
          values.add("NULL");
          continue;
        }
        byte[] bytes = new byte[Math.min(length, body.remaining())];
        body.get(bytes);
        boolean binary = formats.length > 0 && formats[Math.min(i, formats.length - 1)] == 1;
        values.add(
            binary
                ? binary(bytes, i < types.size() ? types.get(i) : 0)
                : text(bytes, length, charset));
      }
    } catch (BufferUnderflowException cut) {
      values.add("...");
    }
    return values;
  }

  /** Passes by what {@link #list} reads. */
  public static void skipList(ByteBuffer body) {
    int count = Short.toUnsignedInt(body.getShort());
    for (int i = 0; i < count && body.remaining() >= 4; i++) {
      int length = Math.max(0, body.getInt());
      body.position(body.position() + Math.min(length, body.remaining()));
    }
  }

  private static String text(byte[] bytes, int length, Charset charset) {
    String text = oneLine(SqlText.masked(new String(bytes, charset)));
    if (length > bytes.length || text.codePointCount(0, text.length()) > LONGEST) {
      return "'" + cut(text, LONGEST) + "...' (" + length + " bytes)";
    }
    return text.matches("-?[0-9]{1,18}(\\.[0-9]+)?") ? text : "'" + text.replace("'", "''") + "'";
  }

  // As a string of Java or of SQL with an E before it would have them.
  private static String oneLine(String text) {
    return text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
  }

  private static String binary(byte[] bytes, int type) {
    ByteBuffer value = ByteBuffer.wrap(bytes);
    try {
      return switch (type) {
        case BOOL -> String.valueOf(value.get() != 0);
        case INT2 -> String.valueOf(value.getShort());
        case INT4 -> String.valueOf(value.getInt());
        case INT8 -> String.valueOf(value.getLong());
        case FLOAT4 -> String.valueOf(value.getFloat());
        case FLOAT8 -> String.valueOf(value.getDouble());
        case DATE -> "'" + EPOCH.plusDays(value.getInt()) + "'";
        case TIMESTAMP -> "'" + moment(value.getLong()) + "'";
        case TIMESTAMPTZ -> "'" + moment(value.getLong()).atOffset(ZoneOffset.UTC) + "'";
        case UUID_OID -> "'" + new UUID(value.getLong(), value.getLong()) + "'";
        default -> "(" + bytes.length + " bytes)";
      };
    } catch (BufferUnderflowException odd) {
      return "(" + bytes.length + " bytes)";
    }
  }

  private static LocalDateTime moment(long micros) {
    return EPOCH.atStartOfDay().plus(micros, ChronoUnit.MICROS);
  }

  private static String cut(String text, int characters) {
    return text.codePointCount(0, text.length()) <= characters
        ? text
        : text.substring(0, text.offsetByCodePoints(0, characters));
  }
}
