package workbook.transactions.mistakes;

import workbook.grading.proofs.Proofs;
import workbook.grading.proofs.Unviolated;
import workbook.transactions.LendingDesk;
import workbook.transactions.LendingDeskChecks;

/** Proves the checks of lesson 4: on right answers, wrong ones and none. */
@Unviolated(
    exercise = "4.6",
    sentence = "The desk where books come back, as a SQL Object. The checks look at its form, too.",
    because = "it announces what follows")
@Unviolated(
    exercise = "4.6",
    sentence =
        "Most often it is a default method that calls others, one with @SqlUpdate for each"
            + " statement.",
    because = "it is advice")
@Unviolated(
    exercise = "4.6",
    sentence = "jdbi with the SqlObjectPlugin installed",
    because = "it describes what is given")
@Unviolated(
    exercise = "4.7",
    sentence = "The attempts follow each other without a pause.",
    because = "a short pause does no harm, and a long one only runs into the deadline")
@Unviolated(
    exercise = "4.7",
    sentence = "Two things are left to you: whether a deadlock, 40P01, is tried again",
    because = "it allows either")
@Unviolated(
    exercise = "4.7",
    sentence = "It may belong to a pool.",
    because = "it is the reason for the sentence before")
@Unviolated(
    exercise = "4.8",
    sentence = "It may belong to a pool.",
    because = "it is the reason for the sentence before")
@Unviolated(
    exercise = "4.8",
    sentence = "Where the library's copies are.",
    because = "it describes a record")
class MistakesTest extends Proofs {
  MistakesTest() {
    super(Checks.class);
  }

  /** The checks, on whatever answer is on trial. */
  static class Checks extends LendingDeskChecks {
    @Override
    public LendingDesk answer() {
      return Proofs.answer(LendingDesk.class);
    }
  }
}
