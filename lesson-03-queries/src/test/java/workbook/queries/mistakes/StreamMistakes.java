package workbook.queries.mistakes;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.8: many rows. */
final class StreamMistakes {
  private static final String TITLES = "SELECT title FROM books ORDER BY id";

  private StreamMistakes() {}

  @Mistake(
      exercise = "3.8",
      idea = "A list of all titles, and a loop over it",
      because = """
          All titles are in memory at once, twice: in the driver, and in the list. With enough books
          that is the end of the program.""",
      instead = "A stream, with a fetch size, in a transaction.",
      rejectedBy = "a_title_can_be_forgotten_once_it_was_handed_over",
      says = "A list of all titles would keep it there")
  static class AListFirst extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      List<String> titles =
          jdbi.withHandle(handle -> handle.createQuery(TITLES).mapTo(String.class).list());
      titles.forEach(action);
    }
  }

  @Mistake(
      exercise = "3.8",
      idea = "`setFetchSize` alone",
      because = """
          pgjdbc heeds it only in a transaction. With autocommit it takes the whole result
          at once, and says nothing.""",
      instead = "`useTransaction`.",
      rejectedBy = "the_driver_never_holds_the_whole_result",
      says = "look up when the driver heeds that",
      earns = 4)
  static class UnderAutocommit extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      jdbi.useHandle(
          handle ->
              handle
                  .createQuery(TITLES)
                  .setFetchSize(500)
                  .mapTo(String.class)
                  .useStream(titles -> titles.forEach(action)));
    }
  }

  @Mistake(
      exercise = "3.8",
      idea = "A stream reads row by row",
      because = """
          Yours does, but the driver has read all rows before it gives you the first:
          without a fetch size it knows no portions.""",
      instead = "`setFetchSize`, in a transaction.",
      rejectedBy = "the_driver_never_holds_the_whole_result",
      says = "fetch some rows at a time",
      earns = 4)
  static class WithoutFetchSize extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      jdbi.useTransaction(
          handle ->
              handle
                  .createQuery(TITLES)
                  .mapTo(String.class)
                  .useStream(titles -> titles.forEach(action)));
    }
  }

  @Mistake(
      exercise = "3.8",
      idea = "Page by page, with `LIMIT` and `OFFSET`",
      because = """
          Each page is another query. What is removed between two of them moves the rest up,
          and titles get lost. And the server reads all rows before the offset each time.""",
      instead = "One query, whose result comes in portions.",
      rejectedBy = "others_may_write_while_the_titles_come",
      says = "page by page, books get lost",
      earns = 4)
  static class Pages extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      List<String> page = List.of("");
      for (int offset = 0; !page.isEmpty(); offset += page.size()) {
        int from = offset;
        page =
            jdbi.withHandle(
                handle ->
                    handle
                        .createQuery(TITLES + " LIMIT 500 OFFSET :offset")
                        .bind("offset", from)
                        .mapTo(String.class)
                        .list());
        page.forEach(action);
      }
    }
  }

  @Mistake(
      exercise = "3.8",
      idea = "Return the stream from `withHandle`, and use it outside",
      because = """
          The handle is closed by then, and the result with it: 55000.""",
      instead = "Use the stream inside: `useStream`.",
      rejectedBy = "every_title_comes_once_and_in_order",
      says = "SQLSTATE 55000")
  static class StreamEscapes extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      Stream<String> titles =
          jdbi.withHandle(
              handle ->
                  handle.createQuery(TITLES).setFetchSize(500).mapTo(String.class).stream());
      titles.forEach(action);
    }
  }

  @Mistake(
      exercise = "3.8",
      idea = "What the action throws is about one title: go on with the next",
      because = """
          It is the action's way to say "stop". Whoever swallows it hides a full disk, or a bug.""",
      instead = "Let it through; the handle is closed all the same.",
      rejectedBy = "what_the_action_throws_reaches_the_caller",
      says = "What forEachTitle threw when the action threw this",
      earns = 4)
  static class SwallowsTheAction extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      super.forEachTitle(
          jdbi,
          title -> {
            try {
              action.accept(title);
            } catch (RuntimeException e) {
              // the next one may be fine
            }
          });
    }
  }

  @Alternative(
      exercise = "3.8",
      idea = "JDBC: autocommit off, a fetch size, and a loop over the `ResultSet`.")
  static class WithJdbc extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      try (Handle handle = jdbi.open()) {
        handle.getConnection().setAutoCommit(false);
        try (PreparedStatement statement = handle.getConnection().prepareStatement(TITLES)) {
          statement.setFetchSize(100);
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              action.accept(rows.getString(1));
            }
          }
        }
        handle.getConnection().rollback();
        handle.getConnection().setAutoCommit(true);
      } catch (SQLException e) {
        throw new IllegalStateException("The titles could not be read.", e);
      }
    }
  }
}
