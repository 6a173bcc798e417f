package workbook.connect.mistakes;

import workbook.connect.Connector;
import workbook.connect.ConnectorChecks;
import workbook.grading.proofs.Proofs;
import workbook.grading.proofs.Unviolated;

/** Proves the checks of lesson 1: on right answers, wrong ones and none. */
@Unviolated(
    exercise = "1.1",
    sentence = "Lesson 1: the way from a settings file to a connection",
    because = "a title")
@Unviolated(
    exercise = "1.1",
    sentence = "Reads one section of an INI file",
    because = "the rules below it say how")
@Unviolated(
    exercise = "1.1",
    sentence = "# where the library's database is",
    because = "an example")
@Unviolated(
    exercise = "1.1",
    sentence = "Section library of this file is",
    because = "an example; ReferenceConnectorTest tests it")
@Unviolated(
    exercise = "1.1",
    sentence = "a text file in UTF-8 without a byte order mark, in the default file system",
    because = "says what the caller hands in")
@Unviolated(
    exercise = "1.1",
    sentence = "Its lines end with",
    because = "says what the caller hands in")
@Unviolated(
    exercise = "1.1",
    sentence = "a section's name, without brackets",
    because = "says what the caller hands in")
@Unviolated(
    exercise = "1.1",
    sentence = "The message may be about more such lines",
    because = "a permission")
@Unviolated(
    exercise = "1.6",
    sentence = "A string for messages and logs.",
    because = "says what it is for")
@Unviolated(
    exercise = "1.2",
    sentence = "Turns the strings of a section into typed settings",
    because = "the return type is that of the method")
@Unviolated(
    exercise = "1.2",
    sentence = "You may accept a + or zeros in front",
    because = "a permission")
@Unviolated(
    exercise = "1.2",
    sentence = "If several of these are wrong, the message may be about one of them or about more",
    because = "a permission")
@Unviolated(
    exercise = "1.3",
    sentence = "It need not be a new map",
    because = "a permission; ReturnsTheSection makes use of it")
@Unviolated(
    exercise = "1.5",
    sentence = "If closing itself fails, or a method of the connection that is not about the query",
    because = "a permission")
@Unviolated(
    sentence = "Paragraphs that begin with Also right permit unusual answers: you need not",
    because = "an introduction")
@Unviolated(
    exercise = "1.3",
    sentence = "Lets environment variables win over what a section says",
    because = "the sentences below it say which")
@Unviolated(
    exercise = "1.4",
    sentence = "the server, the database, and who connects to it",
    because = "says what the caller hands in")
@Unviolated(
    exercise = "1.2",
    sentence = "Where a database is and who connects to it",
    because = "a title")
@Unviolated(
    exercise = "1.2",
    sentence = "The server's name or address",
    because = "says what the value is for")
@Unviolated(
    exercise = "1.2",
    sentence = "The port it listens on, 1 to 65535",
    because = "says what the value is for")
@Unviolated(
    exercise = "1.2",
    sentence = "The role to connect as",
    because = "says what the value is for")
@Unviolated(
    exercise = "1.2",
    sentence = "The role's password",
    because = "says what the value is for")
@Unviolated(
    exercise = "1.1",
    sentence = "You may return a map that cannot be changed",
    because = "a permission")
@Unviolated(
    exercise = "1.1",
    sentence = "A file's name is the last part of its path; the whole path will do",
    because = "a permission")
@Unviolated(
    exercise = "1.1",
    sentence = "has a line that is an error, too, you may throw either exception",
    because = "a permission")
@Unviolated(
    exercise = "1.2",
    sentence = "Callers do not change it afterwards, either",
    because = "says what the caller does")
@Unviolated(
    exercise = "1.2",
    sentence = "(In the checks, a password is never a part of your own words or of the wrong port)",
    because = "a permission")
@Unviolated(
    exercise = "1.2",
    sentence = "Keys are no values: the message may name those that are there",
    because = "a permission")
@Unviolated(
    exercise = "1.5",
    sentence = "What they lead to is a PostgreSQL server",
    because = "says what the caller does")
@Unviolated(
    exercise = "1.4",
    sentence = "You may set more than the settings say",
    because = "a permission; SetsMore makes use of it")
class MistakesTest extends Proofs {
  MistakesTest() {
    super(Checks.class);
  }

  /** The checks, on whatever answer is on trial. */
  static class Checks extends ConnectorChecks {
    @Override
    public Connector answer() {
      return Proofs.answer(Connector.class);
    }
  }
}
