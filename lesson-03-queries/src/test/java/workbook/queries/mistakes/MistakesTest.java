package workbook.queries.mistakes;

import workbook.grading.proofs.Proofs;
import workbook.grading.proofs.Unviolated;
import workbook.queries.Catalogue;
import workbook.queries.CatalogueChecks;

/** Proves the checks of lesson 3: on right answers, wrong ones and none. */
@Unviolated(
    sentence = "jdbi where the tables are",
    because = "names a parameter, and demands nothing")
@Unviolated(
    exercise = "3.7",
    sentence = "newGenre its new name, another one, never null",
    because = "what the caller promises")
@Unviolated(
    exercise = "3.10",
    sentence = "Nest the interface in MyCatalogue, public.",
    because = "says where it stands, not what it does")
@Unviolated(
    exercise = "3.10",
    sentence = "A default method may call methods that have one.",
    because = "allows, and demands nothing")
@Unviolated(sentence = "How many books there are of an author.", because = "a description")
@Unviolated(sentence = "author the author", because = "a description")
@Unviolated(sentence = "books how many", because = "a description; 3.6 says what counts")
@Unviolated(sentence = "What tidying changed.", because = "a description")
@Unviolated(
    sentence = "What a catalogue can do, without a word of how.",
    because = "a description")
class MistakesTest extends Proofs {
  MistakesTest() {
    super(Checks.class);
  }

  /** The checks, on whatever answer is on trial. */
  static class Checks extends CatalogueChecks {
    @Override
    public Catalogue answer() {
      return Proofs.answer(Catalogue.class);
    }
  }
}
