package workbook.engine.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import workbook.engine.Printable;
import workbook.engine.trace.TracePart.Event;
import workbook.engine.trace.TracePart.Kind;

/** What a picture of a trace shows, row by row: who says what, and when. */
final class TraceRows {
  private static final int MOST_ROWS = 200;
  private static final int LONGEST_RUN = 4;

  private final TracePart part;
  private final Map<Step, Integer> questions = new HashMap<>();
  private final Map<Step, Integer> answers = new HashMap<>();
  private final List<Row> rows = new ArrayList<>();

  private TraceRows(TracePart part) {
    this.part = part;
  }

  /**
   * A row.
   *
   * @param millis since the part began
   * @param session whose row it is
   * @param text what it says
   * @param step what it is about; null if it is no statement, or stands for several
   */
  record Row(long millis, TracedSession session, String text, Step step) {
    Row {
      text = Printable.of(text);
    }
  }

  /** The rows of a part, with runs of the same statement folded, and no more than fit a page. */
  static List<Row> of(TracePart part) {
    TraceRows made = new TraceRows(part);
    made.read();
    List<Row> folded = made.folded();
    if (folded.size() <= MOST_ROWS) {
      return folded;
    }
    List<Row> page = new ArrayList<>(folded.subList(0, MOST_ROWS - 1));
    Row last = folded.get(folded.size() - 1);
    int more = folded.size() - MOST_ROWS;
    page.add(new Row(last.millis(), last.session(), "... (" + more + " rows left out)", null));
    page.add(last);
    return page;
  }

  private void read() {
    List<Event> events = part.events();
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i).kind() == Kind.ASKED) {
        questions.put(events.get(i).step(), i);
      } else if (events.get(i).kind() == Kind.ANSWERED) {
        answers.put(events.get(i).step(), i);
      }
    }
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      switch (event.kind()) {
        case OPENED -> add(event, opening(event));
        case CLOSED -> add(event, closing(event));
        case ASKED -> add(event, asked(event.step(), i));
        case ANSWERED -> add(event, answered(event.step()));
      }
    }
  }

  private String opening(Event event) {
    if (event.session().isObserver()) {
      return null;
    }
    return part.isOneSession() ? "(connects)" : "(connects: " + part.name(event.session()) + ")";
  }

  private String closing(Event event) {
    if (event.session().isObserver()) {
      return null;
    }
    return event.note() == null ? "(closes)" : "(closes " + event.note() + ")";
  }

  private String asked(Step step, int at) {
    if (isAtOnce(step, at)) {
      return (step.asked() + "  " + step.answer()).strip();
    }
    return step.asked() + " ..." + (step.waitsFor == null ? "" : " waits for " + holders(step));
  }

  private String answered(Step step) {
    Integer asked = questions.get(step);
    if (asked != null && isAtOnce(step, asked)) {
      return null;
    }
    return asked == null
        ? step.asked() + "  " + step.answer()
        : "... " + (step.answer().isEmpty() ? "done" : step.answer());
  }

  private String holders(Step step) {
    String names =
        step.waitsFor.stream()
            .filter(holder -> part.sessions().contains(holder))
            .map(part::name)
            .collect(Collectors.joining(" and "));
    return names.isEmpty() ? "another session" : names;
  }

  // No other session asks anything between the question and its answer. An answer to another may
  // lie there: a COMMIT frees who waits for it, and which of both answers comes first is luck.
  private boolean isAtOnce(Step step, int asked) {
    Integer answer = answers.get(step);
    if (answer == null || step.waitsFor != null) {
      return false;
    }
    return part.events().subList(asked, answer).stream()
        .filter(event -> event.kind() == Kind.ASKED || event.kind() == Kind.OPENED)
        .allMatch(event -> event.session() == step.session || isAdministration(event));
  }

  // How a check finds out that others wait is not what others see.
  private static boolean isAdministration(Event event) {
    return event.session().isObserver()
        && event.step() != null
        && event.step().text.matches("(?i).*\\b(pg_stat_activity|pg_locks|pg_catalog)\\b.*");
  }

  private void add(Event event, String text) {
    if (text != null && !isAdministration(event)) {
      long millis = (event.nanos() - part.events().get(0).nanos()) / 1_000_000;
      rows.add(new Row(millis, event.session(), text, event.step()));
    }
  }

  private List<Row> folded() {
    List<Row> folded = new ArrayList<>();
    int from = 0;
    while (from < rows.size()) {
      int to = from + 1;
      while (to < rows.size() && isLike(rows.get(from), rows.get(to))) {
        to++;
      }
      if (to - from <= LONGEST_RUN) {
        folded.addAll(rows.subList(from, to));
      } else {
        Row second = rows.get(from + 1);
        int more = to - from - 3;
        folded.addAll(rows.subList(from, from + 2));
        folded.add(
            new Row(second.millis(), second.session(), "... (" + more + " more like this)", null));
        folded.add(rows.get(to - 1));
      }
      from = to;
    }
    return folded;
  }

  private static boolean isLike(Row one, Row other) {
    return one.step() != null
        && other.step() != null
        && one.session() == other.session()
        && one.step().text.equals(other.step().text)
        && one.step().error == null
        && other.step().error == null;
  }
}
