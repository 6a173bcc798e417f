package workbook.queries.mistakes;

import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import workbook.grading.proofs.Mistake;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.8: many rows. */
final class StreamMistakes {
  static final String TITLES = "SELECT title FROM books ORDER BY id";

  private StreamMistakes() {}

  record Row(long id, String title) {}

  static void streamed(Jdbi jdbi, String sql, Consumer<String> action) {
    jdbi.useTransaction(
        handle ->
            handle
                .createQuery(sql)
                .setFetchSize(500)
                .mapTo(String.class)
                .useStream(titles -> titles.forEach(action)));
  }

  static List<String> portion(Handle handle) {
    return handle.createQuery("FETCH 500 FROM titles").mapTo(String.class).list();
  }

  static void pages(Handle handle, Consumer<String> action) {
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
      violates = "at most 2,000 of them are fetched at a time",
      idea = "A list of all titles, and a loop over it",
      because = """
          All titles are in memory at once, twice: in the driver, and in the list. With enough
          books that is the end of the program.""",
      instead = "A stream, with a fetch size, in a transaction.",
      rejectedBy = "the_driver_never_holds_the_whole_result",
      says = "Does the query have a fetch size",
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
      violates = "at most 2,000 of them are fetched at a time",
      idea = "`setFetchSize` alone",
      because = """
          pgjdbc heeds it only in a transaction. With autocommit it takes the whole result at
          once, and says nothing.""",
      instead = "`useTransaction`.",
      rejectedBy = "the_driver_never_holds_the_whole_result",
      says = "does the driver heed it",
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
      violates = "at most 2,000 of them are fetched at a time",
      idea = "A stream reads row by row",
      because = """
          Yours does, but the driver has read all rows before it gives you the first: without
          a fetch size it knows no portions.""",
      instead = "`setFetchSize`, in a transaction.",
      rejectedBy = "the_driver_never_holds_the_whole_result",
      says = "Does the query have a fetch size",
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
      violates = "at most 2,000 of them are fetched at a time",
      idea = "A large fetch size is fast",
      because = """
          With 10,000 rows at a time the driver holds 10,000 rows. It saves a few trips, and
          costs the memory that you wanted to spare.""",
      instead = "Some hundred rows at a time.",
      rejectedBy = "the_driver_never_holds_the_whole_result",
      says = "Does the query have a fetch size",
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
      earns = 1)
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
      earns = 1)
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
      earns = 0)
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
      earns = 1)
  static class FiveThousand extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      streamed(jdbi, "SELECT title FROM books ORDER BY id LIMIT 5000", action);
    }
  }
}
