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
@Unviolated(
    sentence = "Lesson 4: the lending desk of a library, where things happen together",
    because = "a description")
@Unviolated(
    sentence = "The library's tables. Each check makes them anew",
    because = "a description")
@Unviolated(
    exercise = "4.1",
    sentence = "int id = inTransaction(connection, c -> insertBook(c, \"Momo\"));",
    because = "an example")
@Unviolated(
    exercise = "4.1",
    sentence = "Work that swallows an SQL error and returns counts as work that went well. "
        + "Its commit saves nothing and does not say so",
    because = "it says what need not be done")
@Unviolated(
    exercise = "4.7",
    sentence = "Work that swallows an SQL error and returns counts as work that went well, as in",
    because = "it says what need not be done")
@Unviolated(
    exercise = "4.1",
    sentence = "What it throws is an Exception or an Error, no other Throwable",
    because = "a promise of the caller's")
@Unviolated(
    exercise = "4.1",
    sentence = "open, with no transaction under way",
    because = "a promise of the caller's")
@Unviolated(sentence = "What is done in a transaction.", because = "a description")
@Unviolated(sentence = "T what it returns", because = "a description")
@Unviolated(
    sentence = "Does it, with the connection that the transaction is on.",
    because = "a description of what the caller hands over")
@Unviolated(
    sentence = "A book that the library does not have yet.",
    because = "a description")
@Unviolated(
    sentence = "isbn its number, which no other book has",
    because = "a description")
@Unviolated(sentence = "title its title", because = "a description")
@Unviolated(sentence = "copies how many came", because = "a description")
@Unviolated(
    sentence = "A book of a delivery that the database did not accept.",
    because = "a description")
@Unviolated(sentence = "isbn the book's number", because = "a description")
@Unviolated(
    sentence = "sqlState why not, such as 23505",
    because = "a description")
@Unviolated(
    sentence = "The desk where books come back.",
    because = "a description")
@Unviolated(
    exercise = "4.9",
    sentence =
        "Moves copies from one book's stock to another's: they had been counted as the "
            + "wrong edition.",
    because = "it says what the sentences after it say in detail")
@Unviolated(
    exercise = "4.9",
    sentence = "Other programs need not keep that order.",
    because = "it is the reason for the sentence after it")
@Unviolated(
    exercise = "4.9",
    sentence = "A random part is added to each pause",
    because = "chance cannot be seen from outside")
@Unviolated(
    exercise = "4.9",
    sentence = "from the id of the book that loses copies",
    because = "a description")
@Unviolated(
    exercise = "4.9",
    sentence = "to the id of another book",
    because = "a description")
@Unviolated(
    exercise = "4.9",
    sentence = "copies how many, 1 or more",
    because = "a promise of the caller's")
@Unviolated(
    sentence = "Paragraphs that begin with Also right permit unusual answers: you need not",
    because = "an introduction")
@Unviolated(
    exercise = "4.1",
    sentence = "If several of its calls throw, each throws an exception object of its own",
    because = "it is about what the caller hands over")
@Unviolated(
    exercise = "4.7",
    sentence = "jdbi where to work; the calling thread has no handle of it open yet",
    because = "a promise of the caller's")
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
