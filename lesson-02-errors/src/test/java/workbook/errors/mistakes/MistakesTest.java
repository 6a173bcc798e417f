package workbook.errors.mistakes;

import workbook.errors.Troubleshooter;
import workbook.errors.TroubleshooterChecks;
import workbook.grading.proofs.Proofs;
import workbook.grading.proofs.Unviolated;

/** Proves the checks of lesson 2: on right answers, wrong ones and none. */
@Unviolated(
    exercise = "2.1",
    sentence = "Lesson 2: find out why a connection failed, and never lose one.",
    because = "a title")
@Unviolated(
    exercise = "2.1",
    sentence = "Says what went wrong when a connection was asked for.",
    because = "the sentences after it say how")
@Unviolated(
    exercise = "2.1",
    sentence = "For example, a failure with the state 3D000 is Problem.NO_SUCH_DATABASE.",
    because = "an example")
@Unviolated(
    exercise = "2.2",
    sentence = "Puts a problem into words for the person at the keyboard.",
    because = "the sentences after it say how")
@Unviolated(
    exercise = "2.2",
    sentence = "For example, for Problem.NO_SUCH_DATABASE:",
    because = "an example")
@Unviolated(
    exercise = "2.2",
    sentence = "There is no database shop on that server.",
    because = "an example")
@Unviolated(
    exercise = "2.2",
    sentence = "problem what went wrong",
    because = "a description")
@Unviolated(
    exercise = "2.2",
    sentence = "A problem in words.",
    because = "a description")
@Unviolated(
    exercise = "2.2",
    sentence = "For the other problems, the advice is yours; lesson 2's table has some",
    because = "allows something")
@Unviolated(
    exercise = "2.3",
    sentence = "work what to do with it",
    because = "a description")
@Unviolated(
    exercise = "2.3",
    sentence = "T what the work finds out",
    because = "a description")
@Unviolated(
    exercise = "2.3",
    sentence = "Something to do with a connection.",
    because = "a description")
@Unviolated(
    exercise = "2.3",
    sentence = "Does it; the connection is closed by whoever opened it.",
    because = "describes the work, which is not the answer")
@Unviolated(
    exercise = "2.4",
    sentence = "work what to do with it",
    because = "a description")
@Unviolated(
    exercise = "2.4",
    sentence = "T what the work finds out",
    because = "a description")
@Unviolated(
    exercise = "2.2",
    sentence = "(The port's digits may be those of the program's language, as %d writes them.)",
    because = "allows something")
@Unviolated(
    exercise = "2.1",
    sentence = "Why a connection was not made, and how to recognise it.",
    because = "a description")
@Unviolated(
    exercise = "2.6",
    sentence = "A way to let time pass: Thread.sleep, or less in a test.",
    because = "a description")
@Unviolated(
    exercise = "2.6",
    sentence = "Waits that long.",
    because = "describes the pause, which is not the answer")
@Unviolated(
    exercise = "2.2",
    sentence = "The words \"broken off\" are no constant.",
    because = "allows something")
@Unviolated(
    exercise = "2.2",
    sentence = "(It may show a host or a database whose own name has that word in it.)",
    because = "allows something")
@Unviolated(
    exercise = "2.2",
    sentence = "The language is yours.",
    because = "allows something")
@Unviolated(
    exercise = "2.2",
    sentence = "A value from the settings may stand in it as it is.",
    because = "allows something")
@Unviolated(
    exercise = "2.2",
    sentence = "It counts as one word on one line, even if it has blanks or line breaks in it.",
    because = "allows something")
@Unviolated(
    exercise = "2.2",
    sentence = "It need not be a sentence: a list of the four will do",
    because = "allows something")
@Unviolated(
    exercise = "2.2",
    sentence = "Where a certain word has to be in it, or must not be, its case does "
        + "not matter: Password is password.",
    because = "allows something")
@Unviolated(
    sentence = "Paragraphs that begin with Also right permit unusual answers: you need not",
    because = "an introduction")
class MistakesTest extends Proofs {
  MistakesTest() {
    super(Checks.class);
  }

  /** The checks, on whatever answer is on trial. */
  static class Checks extends TroubleshooterChecks {
    @Override
    public Troubleshooter answer() {
      return Proofs.answer(Troubleshooter.class);
    }
  }
}
