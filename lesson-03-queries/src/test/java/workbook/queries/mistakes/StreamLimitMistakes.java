package workbook.queries.mistakes;

import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import workbook.grading.proofs.Mistake;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.8: the size of a portion, and exceptions of Jdbi. */
final class StreamLimitMistakes {
  private StreamLimitMistakes() {}

  @Mistake(
      exercise = "3.8",
      violates = "at most 2,000 of them are fetched at a time",
      idea = "A fetch size of 2,500: fewer trips",
      because = "So many titles are in memory at a time.",
      instead = "Some hundreds are enough.",
      rejectedBy = "the_driver_never_holds_the_whole_result",
      says = "room for 2,000 of them",
      earns = 2)
  static class FetchesTooMany extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      jdbi.useTransaction(
          handle ->
              handle
                  .createQuery("SELECT title FROM books ORDER BY id")
                  .setFetchSize(2_500)
                  .mapTo(String.class)
                  .useStream(titles -> titles.forEach(action)));
    }
  }

  @Mistake(
      exercise = "3.8",
      violates = "What it throws, be it an Error or an exception of Jdbi, reaches the caller",
      idea = "Every `JdbiException` comes from this query",
      because = "The action may use Jdbi, too, and its caller waits for its own exception.",
      instead = "Catch nothing.",
      rejectedBy = "what_the_action_throws_reaches_the_caller",
      says = "What forEachTitle threw when the action threw",
      earns = 4,
      detail = true)
  static class TakesAllOfJdbiForItsOwn extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      try {
        super.forEachTitle(jdbi, action);
      } catch (JdbiException e) {
        throw new IllegalStateException("The titles could not be read.", e);
      }
    }
  }
}
