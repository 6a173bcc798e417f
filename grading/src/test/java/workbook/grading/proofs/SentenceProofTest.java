package workbook.grading.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.grading.proofs.ContractText.Passage;

class SentenceProofTest {
  private static final String CONTRACT =
      """
      /** A shelf. (It is {@code open.}.) Close it. */
      interface Shelf {
        /**
         * Finds a book by {@code a. b?} or so, in {@link org.x.Shelf#find}
         * order, as {@link #close}. It may be <em>null</em>:
         *
         * <ul>
         *   <li>if x &gt; 1;
         *   <li>if there is none.
         * </ul>
         *
         * <pre>
         * find("x"). Twice.
         * </pre>
         *
         * @param title the title. Not empty
         * @return the book
         * @throws IllegalArgumentException if {@link #find(String) asked} in vain
         */
        @Exercise(id = "9.1", title = "Find")
        String find(String title);

        /**
         * Closes.
         *
         * <p><i>Also right:</i> to close twice. Or never.
         */
        @Exercise(id = "9.2", title = "Close")
        void close();
      }
      """;

  private List<Passage> passages;

  @BeforeEach
  void read(@TempDir Path folder) throws Exception {
    Path source = folder.resolve("Shelf.java");
    Files.writeString(source, CONTRACT);
    passages = ContractText.read(source);
  }

  @Test
  void a_contract_is_parted_into_sentences_items_and_clauses() {
    assertThat(passages)
        .containsExactly(
            new Passage("", "Shelf", List.of("A shelf.", "(It is open..)", "Close it.")),
            new Passage(
                "9.1",
                "find",
                List.of(
                    "Finds a book by a. b? or so, in Shelf.find order, as close.",
                    "It may be null:",
                    "if x > 1;",
                    "if there is none.",
                    "find(\"x\"). Twice.",
                    "title the title.",
                    "Not empty",
                    "the book",
                    "IllegalArgumentException if asked in vain")),
            new Passage(
                "9.2",
                "close",
                List.of("Closes.", "Also right: to close twice.", "Also right: Or never.")));
  }

  @Test
  void a_sentence_has_teeth_if_a_quote_overlaps_it() {
    SentenceProof proof = new SentenceProof(passages);
    proof.add("A", ByHand.class.getAnnotation(Mistake.class));
    for (Unviolated exception : Exceptions.class.getAnnotationsByType(Unviolated.class)) {
      proof.add(exception);
    }

    assertThat(proof.stale()).isEmpty();
    assertThat(proof.toothless())
        .containsExactly(
            "Shelf: A shelf.",
            "Shelf: (It is open..)",
            "9.1: title the title.",
            "9.1: Not empty",
            "9.1: the book",
            "9.1: IllegalArgumentException if asked in vain",
            "9.2: Closes.");
  }

  @Test
  void a_quote_of_nothing_and_an_exception_for_what_is_violated_are_stale() {
    SentenceProof proof = new SentenceProof(passages);
    proof.add("Other", Misquoted.class.getAnnotation(Mistake.class));
    proof.add("A", ByHand.class.getAnnotation(Mistake.class));
    for (Unviolated exception : Stale.class.getAnnotationsByType(Unviolated.class)) {
      proof.add(exception);
    }

    assertThat(proof.stale())
        .containsExactly(
            "Other quotes what 9.2's contract does not say: Finds a book",
            "@Unviolated lists what a mistake violates, in 9.1: if x > 1");
  }

  @Mistake(
      exercise = "9.1",
      violates = "in org.x.Shelf#find order, as #close. It may be\n    null: if x > 1; if there",
      idea = "",
      because = "",
      instead = "",
      rejectedBy = "",
      says = "")
  private static final class ByHand {}

  @Mistake(
      exercise = "9.2",
      violates = "Finds a book",
      idea = "",
      because = "",
      instead = "",
      rejectedBy = "",
      says = "")
  private static final class Misquoted {}

  @Unviolated(exercise = "9.1", sentence = "Twice.", because = "an example")
  @Unviolated(sentence = "Close it.", because = "of all exercises")
  private static final class Exceptions {}

  @Unviolated(exercise = "9.1", sentence = "if x > 1", because = "")
  private static final class Stale {}
}
