package workbook.queries.mistakes;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.8: many rows. */
final class StreamMistakes {
  private static final String TITLES = "SELECT title FROM books ORDER BY id";

  private StreamMistakes() {}

  private record Row(long id, String title) {}

  private static void streamed(Jdbi jdbi, String sql, Consumer<String> action) {
    jdbi.useTransaction(
        handle ->
            handle
                .createQuery(sql)
                .setFetchSize(500)
                .mapTo(String.class)
                .useStream(titles -> titles.forEach(action)));
  }

  private static List<String> portion(Handle handle) {
    return handle.createQuery("FETCH 500 FROM titles").mapTo(String.class).list();
  }

  private static void pages(Handle handle, Consumer<String> action) {
    long last = 0;
    List<Row> page;
    do {
      page =
          handle
              .select("SELECT id, title FROM books WHERE id > ? ORDER BY id LIMIT 500", last)
              .map((row, context) -> new Row(row.getLong(1), row.getString(2)))
              .list();
      for (Row row : page) {
        action.accept(row.title());
        last = row.id();
      }
    } while (!page.isEmpty());
  }

  @Mistake(
      exercise = "3.8",
      violates = "at most 2,000 of them are in it at a time",
      idea = "A list of all titles, and a loop over it",
      because = """
          All titles are in memory at once, twice: in the driver, and in the list. With enough
          books that is the end of the program.""",
      instead = "A stream, with a fetch size, in a transaction.",
      rejectedBy = "the_driver_never_holds_the_whole_result",
      says = "fetch some rows at a time",
      earns = 2)
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
      violates = "at most 2,000 of them are in it at a time",
      idea = "`setFetchSize` alone",
      because = """
          pgjdbc heeds it only in a transaction. With autocommit it takes the whole result at
          once, and says nothing.""",
      instead = "`useTransaction`.",
      rejectedBy = "the_driver_never_holds_the_whole_result",
      says = "look up when the driver heeds that",
      earns = 2)
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
      violates = "at most 2,000 of them are in it at a time",
      idea = "A stream reads row by row",
      because = """
          Yours does, but the driver has read all rows before it gives you the first: without
          a fetch size it knows no portions.""",
      instead = "`setFetchSize`, in a transaction.",
      rejectedBy = "the_driver_never_holds_the_whole_result",
      says = "fetch some rows at a time",
      earns = 2)
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
      violates = "at most 2,000 of them are in it at a time",
      idea = "A large fetch size is fast",
      because = """
          With 10,000 rows at a time the driver holds 10,000 rows. It saves a few trips, and
          costs the memory that you wanted to spare.""",
      instead = "Some hundred rows at a time.",
      rejectedBy = "the_driver_never_holds_the_whole_result",
      says = "fetch some rows at a time",
      earns = 2)
  static class HugePortions extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      jdbi.useTransaction(
          handle ->
              handle
                  .createQuery(TITLES)
                  .setFetchSize(10_000)
                  .mapTo(String.class)
                  .useStream(titles -> titles.forEach(action)));
    }
  }

  @Mistake(
      exercise = "3.8",
      violates = "each can be forgotten when the action has had it",
      idea = "Fetch in portions, then collect them",
      because = """
          The driver holds 500 rows, and your list all of them. A stream that ends up in a
          list has gained nothing.""",
      instead = "Call the action for each row as it comes.",
      rejectedBy = "the_driver_never_holds_the_whole_result",
      says = "A list of all titles would keep it there",
      earns = 2)
  static class CollectsThePortions extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      jdbi.useTransaction(
          handle ->
              handle
                  .createQuery(TITLES)
                  .setFetchSize(500)
                  .mapTo(String.class)
                  .list()
                  .forEach(action));
    }
  }

  @Mistake(
      exercise = "3.8",
      violates = "what others write meanwhile does not show",
      idea = "Page by page, with `LIMIT` and `OFFSET`",
      because = """
          Each page is another query. What is removed between two of them moves the rest up,
          and titles get lost. And the server reads all rows before the offset each time.""",
      instead = "One query, whose result comes in portions.",
      rejectedBy = "the_driver_never_holds_the_whole_result",
      says = "what one query found stays as it was",
      earns = 2)
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
      violates = "what others write meanwhile does not show",
      idea = "Page by page, each from the last id on",
      because = """
          No title gets lost, but each page is a query of its own, which finds what others
          have written since the first.""",
      instead = "One query, whose result comes in portions.",
      rejectedBy = "the_driver_never_holds_the_whole_result",
      says = "what one query found stays as it was",
      earns = 2)
  static class PagesById extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      jdbi.useHandle(handle -> pages(handle, action));
    }
  }

  @Mistake(
      exercise = "3.8",
      violates = "They come from one query",
      idea = "Page by page, in a transaction that sees one state",
      because = """
          It is right, and slower than it needs to be: the server begins a query anew for each
          page. The contract asks for one.""",
      instead = "One query, whose result comes in portions.",
      rejectedBy = "the_driver_never_holds_the_whole_result",
      says = "The queries sent that read books",
      earns = 2)
  static class PagesOfOneSnapshot extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      jdbi.useTransaction(
          TransactionIsolationLevel.REPEATABLE_READ, handle -> pages(handle, action));
    }
  }

  @Mistake(
      exercise = "3.8",
      violates = "They come from one query",
      idea = "A list of ids is small: ask for each title",
      because = "It is one query for each book, and a list that grows with the table.",
      instead = "One query, whose result comes in portions.",
      rejectedBy = "the_driver_never_holds_the_whole_result",
      says = "The first difference between the titles",
      earns = 2)
  static class IdsFirst extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      jdbi.useHandle(
          handle ->
              handle
                  .createQuery("SELECT id FROM books ORDER BY id")
                  .mapTo(long.class)
                  .list()
                  .forEach(
                      id ->
                          handle
                              .select("SELECT title FROM books WHERE id = ?", id)
                              .mapTo(String.class)
                              .findOne()
                              .ifPresent(action)));
    }
  }

  @Mistake(
      exercise = "3.8",
      violates = "however many there are",
      idea = "A portion that is not full is the end",
      because = "It is the last one, and it has titles in it, too.",
      instead = "Hand out the portion first, then look at its size.",
      rejectedBy = "every_title_comes_once_and_in_order",
      says = "The titles handed to the action",
      earns = 1)
  static class FullPortionsOnly extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      jdbi.useTransaction(
          handle -> {
            handle.execute("DECLARE titles CURSOR FOR " + TITLES);
            List<String> portion = portion(handle);
            while (portion.size() == 500) {
              portion.forEach(action);
              portion = portion(handle);
            }
          });
    }
  }

  @Mistake(
      exercise = "3.8",
      violates = "however many there are",
      idea = "No library has more than 5,000 books",
      because = "This one has three more, and nothing says that they are missing.",
      instead = "No `LIMIT`.",
      rejectedBy = "the_driver_never_holds_the_whole_result",
      says = "The first difference between the titles",
      earns = 2)
  static class FiveThousand extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      streamed(jdbi, "SELECT title FROM books ORDER BY id LIMIT 5000", action);
    }
  }

  @Mistake(
      exercise = "3.8",
      violates = "once for each book, equal titles or not",
      idea = "Each title once: `DISTINCT`",
      because = "Two copies of a book are two books, and the action is called for both.",
      instead = "No `DISTINCT`, no `GROUP BY`.",
      rejectedBy = "every_title_comes_once_and_in_order",
      says = "The titles handed to the action",
      earns = 4,
      detail = true)
  static class Distinct extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      streamed(jdbi, "SELECT title FROM books GROUP BY title ORDER BY min(id)", action);
    }
  }

  @Mistake(
      exercise = "3.8",
      violates = "by id",
      idea = "Titles come in the order of titles",
      because = "Asked for was the order of the ids.",
      instead = "`ORDER BY id`.",
      rejectedBy = "every_title_comes_once_and_in_order",
      says = "by the id of their books",
      earns = 1)
  static class ByTitle extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      streamed(jdbi, "SELECT title FROM books ORDER BY title, id", action);
    }
  }

  @Mistake(
      exercise = "3.8",
      violates = "by id",
      idea = "Rows come in the order in which they were added",
      because = "They come as the server finds them: what was updated has moved.",
      instead = "`ORDER BY id`.",
      rejectedBy = "every_title_comes_once_and_in_order",
      says = "by the id of their books",
      earns = 1)
  static class AsTheyLie extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      streamed(jdbi, "SELECT title FROM books", action);
    }
  }

  @Mistake(
      exercise = "3.8",
      violates = "Hands the title of each book to an action",
      idea = "Return the stream from `withHandle`, and use it outside",
      because = "The handle is closed by then, and the result with it: 55000.",
      instead = "Use the stream inside: `useStream`.",
      rejectedBy = "every_title_comes_once_and_in_order",
      says = "SQLSTATE 55000",
      earns = 0)
  static class StreamEscapes extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      Stream<String> titles =
          jdbi.withHandle(
              handle -> handle.createQuery(TITLES).setFetchSize(500).mapTo(String.class).stream());
      titles.forEach(action);
    }
  }

  @Mistake(
      exercise = "3.8",
      violates = "in the thread of the caller",
      idea = "The action can run in a thread of its own",
      because = """
          The caller's locals, its locks and its handles belong to its thread. And it waits
          all the same.""",
      instead = "Call it where you are.",
      rejectedBy = "every_title_comes_once_and_in_order",
      says = "The threads in which the action was called",
      earns = 4,
      detail = true)
  static class InAnotherThread extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      super.forEachTitle(
          jdbi,
          title -> {
            try {
              CompletableFuture.runAsync(() -> action.accept(title)).join();
            } catch (CompletionException e) {
              if (e.getCause() instanceof Error error) {
                throw error;
              }
              throw (RuntimeException) e.getCause();
            }
          });
    }
  }

  @Mistake(
      exercise = "3.8",
      violates = "reaches the caller as it is",
      idea = "What the action throws is about one title: go on with the next",
      because = """
          It is the action's way to say "stop". Whoever swallows it hides a full disk, or a
          bug.""",
      instead = "Let it through; the handle is closed all the same.",
      rejectedBy = "what_the_action_throws_reaches_the_caller",
      says = "What forEachTitle threw when the action threw",
      earns = 4,
      detail = true)
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

  @Mistake(
      exercise = "3.8",
      violates = "the action is not called again",
      idea = "Remember what was thrown, and throw it at the end",
      because = """
          The action has said that it can go no further, and gets thousands of titles more.""",
      instead = "Let it through at once.",
      rejectedBy = "what_the_action_throws_reaches_the_caller",
      says = "Calls of the action, which threw at call 1",
      earns = 4,
      detail = true)
  static class ThrowsAtTheEnd extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      Throwable[] first = {null};
      super.forEachTitle(
          jdbi,
          title -> {
            try {
              action.accept(title);
            } catch (RuntimeException | Error e) {
              first[0] = first[0] == null ? e : first[0];
            }
          });
      if (first[0] instanceof Error error) {
        throw error;
      } else if (first[0] != null) {
        throw (RuntimeException) first[0];
      }
    }
  }

  @Mistake(
      exercise = "3.8",
      violates = "reaches the caller as it is",
      idea = "Wrap what is thrown, and say where it was",
      because = """
          The caller waits for the exception that their own action throws, and gets another
          one.""",
      instead = "Let it through.",
      rejectedBy = "what_the_action_throws_reaches_the_caller",
      says = "expected: the same java.lang.IllegalStateException: enough",
      earns = 4,
      detail = true)
  static class WrapsTheAction extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      super.forEachTitle(
          jdbi,
          title -> {
            try {
              action.accept(title);
            } catch (RuntimeException e) {
              throw new IllegalStateException("At the title " + title, e);
            }
          });
    }
  }

  @Mistake(
      exercise = "3.8",
      violates = "What it throws, be it an Error, reaches the caller",
      idea = "Make an exception of an `Error`",
      because = """
          An `Error` says that the program is broken. Its caller may rely on telling one from
          an exception.""",
      instead = "Let it through.",
      rejectedBy = "what_the_action_throws_reaches_the_caller",
      says = "expected: the same java.lang.Error: enough",
      earns = 4,
      detail = true)
  static class CatchesErrors extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      super.forEachTitle(
          jdbi,
          title -> {
            try {
              action.accept(title);
            } catch (Error e) {
              throw new IllegalStateException("The action failed.", e);
            }
          });
    }
  }

  @Mistake(
      exercise = "3.8",
      violates = "Close what you open, on every path",
      idea = "Close the handle when the titles are done",
      because = """
          They are not when the action throws: the exception passes by `close()`, and a
          transaction stays open.""",
      instead = "`useTransaction`, or try-with-resources.",
      rejectedBy = "what_the_action_throws_reaches_the_caller",
      says = "the server still sees 4 open connections",
      earns = 4,
      detail = true)
  static class KeepsTheHandle extends ReferenceCatalogue {
    private static final List<Handle> KEPT = new ArrayList<>();

    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      Handle handle = jdbi.open();
      KEPT.add(handle);
      handle.begin();
      handle.createQuery(TITLES).setFetchSize(500).mapTo(String.class).stream().forEach(action);
      handle.commit();
      handle.close();
    }
  }

  @Mistake(
      exercise = "3.8",
      violates = "Errors of the server reach the caller",
      idea = "Without a table there are no titles",
      because = "The caller thinks that the library is empty.",
      instead = "Let the exception through.",
      rejectedBy = "what_the_action_throws_reaches_the_caller",
      says = "42P01",
      earns = 4,
      detail = true)
  static class NoTitlesOnFailure extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      try {
        super.forEachTitle(jdbi, action);
      } catch (JdbiException e) {
        // nothing to hand over
      }
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

  @Alternative(
      exercise = "3.8",
      idea = "`DECLARE ... CURSOR` and `FETCH`, in a transaction.")
  static class DeclaredCursor extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      jdbi.useTransaction(
          handle -> {
            handle.execute("DECLARE titles NO SCROLL CURSOR FOR " + TITLES);
            List<String> portion = portion(handle);
            while (!portion.isEmpty()) {
              portion.forEach(action);
              portion = portion(handle);
            }
          });
    }
  }

  @Alternative(
      exercise = "3.8",
      idea = "`COPY ... TO STDOUT`, which needs neither a fetch size nor a transaction.")
  static class CopiedOut extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      String copy = "COPY (SELECT encode(convert_to(title, 'UTF8'), 'hex')"
          + " FROM books ORDER BY id) TO STDOUT";
      try (Handle handle = jdbi.open()) {
        CopyOut rows =
            handle.getConnection().unwrap(PGConnection.class).getCopyAPI().copyOut(copy);
        try {
          for (byte[] row = rows.readFromCopy(); row != null; row = rows.readFromCopy()) {
            String hex = new String(row, US_ASCII).strip();
            action.accept(new String(HexFormat.of().parseHex(hex), UTF_8));
          }
        } finally {
          if (rows.isActive()) {
            rows.cancelCopy();
          }
        }
      } catch (SQLException e) {
        throw new IllegalStateException("The titles could not be read.", e);
      }
    }
  }

  @Alternative(
      exercise = "3.8",
      idea =
          "`WITH HOLD`: the server keeps the result, and no transaction stays open "
          + "meanwhile.")
  static class HeldOpen extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      jdbi.useHandle(
          handle -> {
            handle.execute("DECLARE titles CURSOR WITH HOLD FOR " + TITLES);
            List<String> portion = portion(handle);
            while (!portion.isEmpty()) {
              portion.forEach(action);
              portion = portion(handle);
            }
          });
    }
  }

  @Alternative(
      exercise = "3.8",
      idea = "A `ResultIterator`, 2,000 rows at a time, in a serializable transaction.")
  static class WithIterator extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      jdbi.useTransaction(
          TransactionIsolationLevel.SERIALIZABLE,
          handle -> {
            try (ResultIterator<String> titles =
                handle
                    .createQuery("SELECT id, title FROM books ORDER BY id")
                    .setFetchSize(2_000)
                    .map((row, context) -> row.getString("title"))
                    .iterator()) {
              titles.forEachRemaining(action);
            }
          });
    }
  }
}
