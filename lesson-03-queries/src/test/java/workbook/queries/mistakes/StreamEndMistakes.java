package workbook.queries.mistakes;

import static workbook.queries.mistakes.StreamMistakes.TITLES;

import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.ResultIterator;
import workbook.grading.proofs.Mistake;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.8: where the titles end. */
final class StreamEndMistakes {
  private StreamEndMistakes() {}


  @Mistake(
      exercise = "3.8",
      violates = "What it throws, be it an Error or an exception of Jdbi, reaches the caller",
      idea = "`next()` until a `NoSuchElementException`",
      because = "The action may throw one, too. Then the titles end early, and nothing says so.",
      instead = "Ask `hasNext()`.",
      rejectedBy = "what_the_action_throws_reaches_the_caller",
      says = "expected: the same java.util.NoSuchElementException",
      earns = 4,
      detail = true)
  static class EndsWithAnException extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      jdbi.useTransaction(
          handle -> {
            try (ResultIterator<String> titles =
                handle.createQuery(TITLES).setFetchSize(1_000).mapTo(String.class).iterator()) {
              while (true) {
                action.accept(titles.next());
              }
            } catch (NoSuchElementException end) {
              // That was the last one.
            }
          });
    }
  }

  @Mistake(
      exercise = "3.8",
      violates = "at most 2,000 of them are fetched at a time",
      idea = "A fetch size of 2,048, a power of two",
      because = "2,000 are allowed.",
      instead = "A smaller fetch size; it need not be a power of two.",
      rejectedBy = "the_driver_never_holds_the_whole_result",
      says = "room for 2,000 of them",
      earns = 2)
  static class PowerOfTwo extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      jdbi.useTransaction(
          handle ->
              handle
                  .createQuery(TITLES)
                  .setFetchSize(2_048)
                  .mapTo(String.class)
                  .useStream(titles -> titles.forEach(action)));
    }
  }

  @Mistake(
      exercise = "3.8",
      violates = "Hands the title of each book to an action, by id, however many there are",
      idea = "`setMaxRows(100_000)` protects the memory",
      because = "The fetch size does. A limit leaves titles out, and nothing says so.",
      instead = "No limit.",
      rejectedBy = "the_driver_never_holds_the_whole_result",
      says = "setMaxRows(100000)",
      earns = 2)
  static class AtMostAHundredThousand extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      jdbi.useTransaction(
          handle ->
              handle
                  .createQuery(TITLES)
                  .setFetchSize(500)
                  .setMaxRows(100_000)
                  .mapTo(String.class)
                  .useStream(titles -> titles.forEach(action)));
    }
  }

  @Mistake(
      exercise = "3.8",
      violates = "Hands the title of each book to an action, by id, however many there are",
      idea = "A `LIMIT` whose number is a placeholder",
      because = "It leaves titles out all the same, and nothing says so.",
      instead = "No limit.",
      rejectedBy = "the_driver_never_holds_the_whole_result",
      says = "LIMIT 200000",
      earns = 2)
  static class BoundLimit extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      jdbi.useTransaction(
          handle ->
              handle
                  .createQuery(TITLES + " LIMIT :most")
                  .bind("most", 200_000L)
                  .setFetchSize(500)
                  .mapTo(String.class)
                  .useStream(titles -> titles.forEach(action)));
    }
  }
}
