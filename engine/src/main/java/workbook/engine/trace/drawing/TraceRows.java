package workbook.engine.trace.drawing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import workbook.engine.Printable;
import workbook.engine.trace.Step;
import workbook.engine.trace.TracePart;
import workbook.engine.trace.TracePart.Event;
import workbook.engine.trace.TracePart.Kind;
import workbook.engine.trace.TracedSession;

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
   * @param at the number of the event, in its part
   * @param millis since the part began
   * @param session whose row it is
   * @param said what the client says, or what happens to it
   * @param answer what the server says to that; empty if it says nothing, or says it later
   * @param step what it is about; null if it is no statement, or stands for several
   */
  record Row(int at, long millis, TracedSession session, String said, String answer, Step step) {
    Row {
      said = Printable.of(said);
      answer = Printable.of(answer);
    }

    String text() {
      return said + rest();
    }

    /** The answer, parted from what was said; empty if there is none. */
    String rest() {
      return answer.isEmpty() ? "" : (said.endsWith("...") ? " " : "  ") + answer;
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
    page.add(more(last, more, "rows left out"));
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
        case OPENED -> add(i, opening(event), "");
        case CLOSED -> add(i, closing(event), "");
        case ASKED -> asked(event.step(), i);
        case ANSWERED -> answered(event.step(), i);
      }
    }
  }

  private String opening(Event event) {
    if (part.isAside(event.session())) {
      return null;
    }
    return part.isOneSession() ? "(connects)" : "(connects: " + part.name(event.session()) + ")";
  }

  private String closing(Event event) {
    if (part.isAside(event.session())) {
      return null;
    }
    return "(" + event.note() + ")";
  }

  private void asked(Step step, int at) {
    if (isAtOnce(step, at) || isNothingToTell(step)) {
      add(at, step.asked(), step.answer());
    } else {
      boolean isOpen = !answers.containsKey(step);
      String waits = step.waitsFor() == null ? "" : "waits for " + holders(step);
      add(at, step.asked() + " ...", waits.isEmpty() && isOpen ? step.answer() : waits);
    }
  }

  private void answered(Step step, int at) {
    Integer asked = questions.get(step);
    if (asked == null) {
      add(at, step.asked(), step.answer());
    } else if (!isAtOnce(step, asked) && !isNothingToTell(step)) {
      String answer = step.answer().isEmpty() ? "done" : step.answer();
      add(at, "... " + waited(step, asked, at) + answer, "");
    }
  }

  private String waited(Step step, int asked, int answered) {
    long nanos = part.events().get(answered).nanos() - part.events().get(asked).nanos();
    return step.waitsFor() == null ? "" : "after " + nanos / 1_000_000 + " ms: ";
  }

  // Such as the answer to BEGIN: it is no news whether another session asked something before it.
  private boolean isNothingToTell(Step step) {
    return answers.containsKey(step) && step.waitsFor() == null && step.answer().isEmpty();
  }

  private String holders(Step step) {
    String names =
        step.waitsFor().stream()
            .filter(holder -> part.sessions().contains(holder))
            .map(part::name)
            .collect(Collectors.joining(" and "));
    return names.isEmpty() ? "another session" : names;
  }

  // No other session asks anything between the question and its answer. An answer to another may
  // lie there: a COMMIT frees who waits for it, and which of both answers comes first is luck.
  private boolean isAtOnce(Step step, int asked) {
    Integer answer = answers.get(step);
    if (answer == null || step.waitsFor() != null) {
      return false;
    }
    return part.events().subList(asked, answer).stream()
        .filter(event -> event.kind() == Kind.ASKED || event.kind() == Kind.OPENED)
        .allMatch(event -> event.session() == step.session() || isAdministration(event));
  }

  // How a check finds out that others wait is not what others see.
  private boolean isAdministration(Event event) {
    return part.isAside(event.session())
        && event.step() != null
        && event.step().text().matches("(?i).*\\b(pg_stat_\\w+|pg_locks|pg_catalog)\\b.*");
  }

  private void add(int at, String said, String answer) {
    Event event = part.events().get(at);
    if (said != null && !isAdministration(event)) {
      long millis = (event.nanos() - part.events().get(0).nanos()) / 1_000_000;
      rows.add(new Row(at, millis, event.session(), said, answer, event.step()));
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
        folded.addAll(rows.subList(from, from + 2));
        folded.add(more(rows.get(from + 1), to - from - 3, "more like this"));
        folded.add(rows.get(to - 1));
      }
      from = to;
    }
    return folded;
  }

  private static Row more(Row beside, int number, String what) {
    return new Row(
        beside.at(),
        beside.millis(),
        beside.session(),
        "... (" + number + " " + what + ")",
        "",
        null);
  }

  private static boolean isLike(Row one, Row other) {
    return one.step() != null
        && other.step() != null
        && one.session() == other.session()
        && one.step().text().equals(other.step().text())
        && !one.step().isRefused()
        && !other.step().isRefused();
  }
}
