package workbook.grading.proofs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import workbook.grading.proofs.ContractText.Passage;

/** Proves that each sentence of a contract has teeth: some mistake violates it. */
final class SentenceProof {
  private final List<Passage> passages;
  private final Map<Passage, Set<Integer>> violated = new HashMap<>();
  private final Map<Passage, Set<Integer>> excepted = new HashMap<>();
  private final List<String> stale = new ArrayList<>();

  SentenceProof(List<Passage> passages) {
    this.passages = passages;
  }

  /** Takes a mistake's quote into account. */
  void add(String name, Mistake mistake) {
    if (!mistake.violates().isEmpty() && !mark(mistake.exercise(), mistake.violates(), violated)) {
      stale.add(
          "%s quotes what %s's contract does not say: %s"
              .formatted(name, mistake.exercise(), mistake.violates()));
    }
  }

  /** Takes an exception into account; all mistakes have been added. */
  void add(Unviolated exception) {
    Map<Passage, Set<Integer>> marked = new HashMap<>();
    if (!mark(exception.exercise(), exception.sentence(), marked)) {
      stale.add(
          "@Unviolated quotes what %s's contract does not say: %s"
              .formatted(exception.exercise(), exception.sentence()));
    } else if (marked.entrySet().stream().allMatch(this::isViolated)) {
      stale.add(
          "@Unviolated lists what a mistake violates, in %s: %s"
              .formatted(exception.exercise(), exception.sentence()));
    }
    marked.forEach((passage, numbers) -> numbersOf(excepted, passage).addAll(numbers));
  }

  /** The quotes that the contract does not have, and the exceptions that need not be made. */
  List<String> stale() {
    return stale;
  }

  /** The sentences that demand something, that no mistake violates and no exception lists. */
  List<String> toothless() {
    List<String> sentences = new ArrayList<>();
    for (Passage passage : passages) {
      for (int number = 0; number < passage.sentences().size(); number++) {
        if (!passage.sentences().get(number).startsWith(JavadocSentences.PERMISSION)
            && !numbersOf(violated, passage).contains(number)
            && !numbersOf(excepted, passage).contains(number)) {
          sentences.add("%s: %s".formatted(where(passage), passage.sentences().get(number)));
        }
      }
    }
    return sentences;
  }

  private boolean mark(String exercise, String words, Map<Passage, Set<Integer>> marks) {
    String quote = JavadocSentences.normalised(words).replaceFirst("^@(param|return|throws) ", "");
    boolean found = false;
    for (Passage passage : passages) {
      List<Integer> numbers = passage.concerns(exercise) ? passage.overlappedBy(quote) : List.of();
      if (!numbers.isEmpty()) {
        numbersOf(marks, passage).addAll(numbers);
        found = true;
      }
    }
    return found;
  }

  private boolean isViolated(Map.Entry<Passage, Set<Integer>> marked) {
    return numbersOf(violated, marked.getKey()).containsAll(marked.getValue());
  }

  private static Set<Integer> numbersOf(Map<Passage, Set<Integer>> marks, Passage passage) {
    return marks.computeIfAbsent(passage, key -> new HashSet<>());
  }

  private static String where(Passage passage) {
    return passage.exercise().isEmpty() ? passage.name() : passage.exercise();
  }
}
