package workbook.queries.mistakes;

import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import workbook.grading.proofs.Mistake;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.8: titles that are changed, or left out. */
final class StreamTextMistakes {
  private StreamTextMistakes() {}

  @Mistake(
      exercise = "3.8",
      violates = "Hands the title of each book to an action",
      idea = "`normalize(title)`: one way to write each letter",
      because = "The action gets another title than the table has.",
      instead = "The column as it is.",
      rejectedBy = "every_title_comes_once_and_in_order",
      says = "The titles handed to the action",
      earns = 4,
      detail = true)
  static class NormalForm extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      StreamMistakes.streamed(jdbi, "SELECT normalize(title) FROM books ORDER BY id", action);
    }
  }

  @Mistake(
      exercise = "3.8",
      violates = "by id, however many there are",
      idea = "`LIMIT 10000` protects the memory",
      because = "The fetch size does that. Who has more books does not hear that some are missing.",
      instead = "No `LIMIT`.",
      rejectedBy = "every_title_comes_once_and_in_order",
      says = "for 10,015 books",
      earns = 4,
      detail = true)
  static class AtMostTenThousand extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      StreamMistakes.streamed(jdbi, "SELECT title FROM books ORDER BY id LIMIT 10000", action);
    }
  }
}
