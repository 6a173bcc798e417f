package workbook.queries.mistakes;

import workbook.grading.proofs.Proofs;
import workbook.grading.proofs.Unviolated;
import workbook.queries.Catalogue;
import workbook.queries.CatalogueChecks;

/** Proves the checks of lesson 3: on right answers, wrong ones and none. */
@Unviolated(
    exercise = "3.1",
    sentence = """
        What you write in lesson 3: the catalogue of a small public library. Your code
        goes into MyCatalogue. Methods that are given a DataSource are meant for JDBC,
        those that are given a Jdbi for Jdbi.""",
    because = "an introduction; either library may be used")
@Unviolated(
    exercise = "3.1",
    sentence = "(A result closes with its statement.)",
    because = "an explanation")
@Unviolated(
    exercise = "3.1",
    sentence = "The connections that you get are in autocommit mode.",
    because = "a promise of the checks")
@Unviolated(
    exercise = "3.1",
    sentence = """
        The tables, which exercise 3.1 creates and the others find in place, with their
        columns in this order:""",
    because = "an introduction")
@Unviolated(
    exercise = "3.1",
    sentence = """
        How it does that is yours to choose, such as a constraint or a unique index.""",
    because = "a permission")
@Unviolated(
    exercise = "3.1",
    sentence = "dataSource where to create them",
    because = "a description")
@Unviolated(
    sentence = "dataSource where the tables are",
    because = "a description")
@Unviolated(
    exercise = "3.2",
    sentence = "book the book; the server numbers it",
    because = "a description")
@Unviolated(
    exercise = "3.3",
    sentence = """
        text what the title has to contain, never null; anybody may have typed it""",
    because = "a promise of the checks")
@Unviolated(
    exercise = "3.4",
    sentence = """
        (The driver itself cuts a long batch into parts, which ./workbook trace shows: it
        is still one executeBatch.)""",
    because = "an explanation")
@Unviolated(
    exercise = "3.11",
    sentence = "A fee of 1E+2 is returned as 100.)",
    because = "what the server does")
@Unviolated(
    exercise = "3.10",
    sentence = "(One INSERT of all is a batch, too.)",
    because = "a permission")
@Unviolated(
    exercise = "3.10",
    sentence = "1 will do there as well.",
    because = "a permission")
@Unviolated(
    exercise = "3.9",
    sentence = """
        (They are later than 1900 and earlier than 3000. None is a day that the JVM's time
        zone skipped, as Samoa's did 30 December 2011: java.sql.Date cannot hold such
        days.)""",
    because = "a promise of the checks")
@Unviolated(
    exercise = "3.5",
    sentence = "One position in a list of books, and three ways to move it forward.",
    because = "an introduction")
@Unviolated(
    exercise = "3.2",
    sentence = "A book that has no number yet.",
    because = "a description of a record that is given")
@Unviolated(
    exercise = "3.2",
    sentence = "title not null, or the server refuses it",
    because = "a description of a record that is given")
@Unviolated(
    exercise = "3.2",
    sentence = "author not null, or the server refuses it",
    because = "a description of a record that is given")
@Unviolated(
    exercise = "3.2",
    sentence = "genre null if none is given published the year, null if unknown",
    because = "a description of a record that is given")
@Unviolated(
    exercise = "3.3",
    sentence = """
        A book of the catalogue: a row of books. id its number title never null author
        never null genre null if none is given published the year, null if unknown""",
    because = "a description of a record that is given")
@Unviolated(
    sentence = "jdbi where the tables are",
    because = "names a parameter, and demands nothing")
@Unviolated(
    exercise = "3.10",
    sentence = "Nest the interface in MyCatalogue.",
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
@Unviolated(
    exercise = "3.11",
    sentence = "The table is there:",
    because = "an introduction")
@Unviolated(
    exercise = "3.11",
    sentence = "the events, each as a row of the table",
    because = "a description")
@Unviolated(
    exercise = "3.11",
    sentence = """
        An event of the library: a row of events. id its number, which the caller chooses
        begins when it begins, to the microsecond fee what it costs, null if that is not
        known yet""",
    because = "a description of a record that is given")
@Unviolated(
    exercise = "3.11",
    sentence = "details more about it, as JSON; null if there is no more",
    because = "a description of a record that is given")
@Unviolated(
    exercise = "3.1",
    sentence = """
        Paragraphs that begin with Also right permit unusual answers: you need not
        understand them to write yours.""",
    because = "an introduction")
@Unviolated(
    exercise = "3.8",
    sentence = "(If the connection is lost by then, what that causes may be thrown in its place.)",
    because = "a permission")
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
