package workbook.transactions.mistakes;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionException;
import workbook.grading.proofs.Mistake;
import workbook.transactions.LendingDesk.NewBook;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercise 4.4: what is a rejection, and what is told of it. */
final class RejectedMistakes {
  private static final String INSERT = "INSERT INTO books (isbn, title, stock) VALUES (?, ?, ?)";

  private RejectedMistakes() {}

  private static String state(Throwable thrown) {
    return thrown.getCause() instanceof SQLException e ? String.valueOf(e.getSQLState()) : "";
  }

  private static void insert(Handle handle, NewBook book) {
    handle.execute(INSERT, book.isbn(), book.title(), book.copies());
  }

  @Mistake(
      exercise = "4.4",
      violates = "Any other failure ends it all",
      idea = "Whatever the database throws is a rejection",
      because = """
          A full disk or a text that cannot be stored is not a rule of the table. The caller gets a
          list of "rejected" books and no word of the fault.""",
      instead = "Class 23 is a rejection; anything else goes on to the caller.",
      rejectedBy = "what_is_no_rejection_ends_it_all",
      says = "has a zero byte in its title",
      earns = 2,
      detail = true)
  static class RejectsEverything extends ReferenceLendingDesk {
    @Override
    public List<Rejected> deliverAccepted(Jdbi jdbi, Iterable<NewBook> delivery) {
      return jdbi.inTransaction(
          handle -> {
            List<Rejected> rejected = new ArrayList<>();
            for (NewBook book : delivery) {
              handle.savepoint("book");
              try {
                handle.execute(INSERT, book.isbn(), book.title(), book.copies());
              } catch (JdbiException e) {
                handle.rollbackToSavepoint("book");
                rejected.add(new Rejected(book.isbn(), state(e)));
              }
            }
            return rejected;
          });
    }
  }

  @Mistake(
      exercise = "4.4",
      violates = "the database refuses it with an SQLSTATE of class 23, whatever the rule",
      idea = "`ON CONFLICT DO NOTHING` skips what cannot be inserted",
      because = """
          It skips duplicates and nothing else. A missing title (23502) or a negative stock (23514)
          still ends the transaction.""",
      instead = "A savepoint, for rules of every kind.",
      rejectedBy = "rejected_books_are_skipped_and_named",
      says = "violates not-null constraint",
      earns = 1)
  static class OnConflict extends ReferenceLendingDesk {
    @Override
    public List<Rejected> deliverAccepted(Jdbi jdbi, Iterable<NewBook> delivery) {
      return jdbi.inTransaction(
          handle -> {
            List<Rejected> rejected = new ArrayList<>();
            for (NewBook book : delivery) {
              int added =
                  handle.execute(
                      INSERT + " ON CONFLICT DO NOTHING",
                      book.isbn(),
                      book.title(),
                      book.copies());
              if (added == 0) {
                rejected.add(new Rejected(book.isbn(), "23505"));
              }
            }
            return rejected;
          });
    }
  }

  @Mistake(
      exercise = "4.4",
      violates = "whatever the rule",
      idea = "The table has three rules: 23505, 23502 and 23514",
      because = """
          It has today. Tomorrow it has a foreign key, or an exclusion constraint, and the whole
          delivery fails because of one book.""",
      instead = "The first two characters are the class.",
      rejectedBy = "rejected_books_are_skipped_and_named",
      says = "what have all the states of class 23 in common?",
      earns = 1)
  static class ThreeStates extends ReferenceLendingDesk {
    @Override
    public List<Rejected> deliverAccepted(Jdbi jdbi, Iterable<NewBook> delivery) {
      return jdbi.inTransaction(
          handle -> {
            List<Rejected> rejected = new ArrayList<>();
            for (NewBook book : delivery) {
              handle.savepoint("book");
              try {
                insert(handle, book);
              } catch (JdbiException e) {
                if (!List.of("23505", "23502", "23514").contains(state(e))) {
                  throw e;
                }
                handle.rollbackToSavepoint("book");
                rejected.add(new Rejected(book.isbn(), state(e)));
              }
            }
            return rejected;
          });
    }
  }

  @Mistake(
      exercise = "4.4",
      violates = "an SQLSTATE of class 23",
      idea = "A state with 23 in it is of class 23",
      because = """
          The class is at its beginning. 42723 is a function that is there already, which no other
          book can help.""",
      instead = "`startsWith`.",
      rejectedBy = "what_is_no_rejection_ends_it_all",
      says = "expected: an exception that has SQLSTATE 42723",
      earns = 2,
      detail = true)
  static class TwentyThreeAnywhere extends ReferenceLendingDesk {
    @Override
    public List<Rejected> deliverAccepted(Jdbi jdbi, Iterable<NewBook> delivery) {
      return jdbi.inTransaction(
          handle -> {
            List<Rejected> rejected = new ArrayList<>();
            for (NewBook book : delivery) {
              handle.savepoint("book");
              try {
                insert(handle, book);
              } catch (JdbiException e) {
                if (!state(e).contains("23")) {
                  throw e;
                }
                handle.rollbackToSavepoint("book");
                rejected.add(new Rejected(book.isbn(), state(e)));
              }
            }
            return rejected;
          });
    }
  }

  @Mistake(
      exercise = "4.4",
      violates = "each with the SQLSTATE that the database gave",
      idea = "Rejected is rejected: 23000",
      because = """
          The one who ordered the books cannot tell a taken ISBN from a missing title.""",
      instead = "Take the state from the exception.",
      rejectedBy = "rejected_books_are_skipped_and_named",
      says = "the rejected, in order",
      earns = 1)
  static class OneStateForAll extends ReferenceLendingDesk {
    @Override
    public List<Rejected> deliverAccepted(Jdbi jdbi, Iterable<NewBook> delivery) {
      return jdbi.inTransaction(
          handle -> {
            List<Rejected> rejected = new ArrayList<>();
            for (NewBook book : delivery) {
              handle.savepoint("book");
              try {
                insert(handle, book);
              } catch (JdbiException e) {
                if (!state(e).startsWith("23")) {
                  throw e;
                }
                handle.rollbackToSavepoint("book");
                rejected.add(new Rejected(book.isbn(), "23000"));
              }
            }
            return rejected;
          });
    }
  }

  @Mistake(
      exercise = "4.4",
      violates = "in the delivery's order",
      idea = "The newest rejection first",
      because = """
          The list is compared with the delivery, book by book.""",
      instead = "`add` at the end.",
      rejectedBy = "rejected_books_are_skipped_and_named",
      says = "the rejected, in order",
      earns = 1)
  static class NewestFirst extends ReferenceLendingDesk {
    @Override
    public List<Rejected> deliverAccepted(Jdbi jdbi, Iterable<NewBook> delivery) {
      return jdbi.inTransaction(
          handle -> {
            List<Rejected> rejected = new ArrayList<>();
            for (NewBook book : delivery) {
              handle.savepoint("book");
              try {
                insert(handle, book);
              } catch (JdbiException e) {
                if (!state(e).startsWith("23")) {
                  throw e;
                }
                handle.rollbackToSavepoint("book");
                rejected.add(0, new Rejected(book.isbn(), state(e)));
              }
            }
            return rejected;
          });
    }
  }

  @Mistake(
      exercise = "4.4",
      violates = "each with the SQLSTATE that the database gave",
      idea = "Ask first whether the ISBN is taken",
      because = """
          A book may break two rules. The database decides which one it names. And between question
          and INSERT another desk may take the number.""",
      instead = "Insert, and take the state from the exception.",
      rejectedBy = "rejected_books_are_skipped_and_named",
      says = "the rejected, in order",
      earns = 1)
  static class AsksFirst extends ReferenceLendingDesk {
    @Override
    public List<Rejected> deliverAccepted(Jdbi jdbi, Iterable<NewBook> delivery) {
      return jdbi.inTransaction(
          handle -> {
            List<Rejected> rejected = new ArrayList<>();
            for (NewBook book : delivery) {
              handle.savepoint("book");
              try {
                if (taken(handle, book)) {
                  rejected.add(new Rejected(book.isbn(), "23505"));
                  continue;
                }
                insert(handle, book);
              } catch (JdbiException e) {
                if (!state(e).startsWith("23")) {
                  throw e;
                }
                handle.rollbackToSavepoint("book");
                rejected.add(new Rejected(book.isbn(), state(e)));
              }
            }
            return rejected;
          });
    }

    private static boolean taken(Handle handle, NewBook book) {
      return handle
          .select("SELECT 1 FROM books WHERE isbn = ?", book.isbn())
          .mapTo(int.class)
          .findOne()
          .isPresent();
    }
  }

  @Mistake(
      exercise = "4.4",
      violates = "also one while reading the delivery or at the commit",
      idea = "What came before the line broke is accepted",
      because = """
          The caller gets a list of rejected books, and believes that all others are there.""",
      instead = "Let the exception of reading out: it ends the transaction.",
      rejectedBy = "what_is_no_rejection_ends_it_all",
      says = "reading the delivery failed",
      earns = 2,
      detail = true)
  static class KeepsWhatCame extends ReferenceLendingDesk {
    @Override
    public List<Rejected> deliverAccepted(Jdbi jdbi, Iterable<NewBook> delivery) {
      List<NewBook> all = new ArrayList<>();
      try {
        delivery.forEach(all::add);
      } catch (RuntimeException e) {
        all.removeIf(Objects::isNull); // the rest is lost
      }
      return super.deliverAccepted(jdbi, all);
    }
  }

  @Mistake(
      exercise = "4.4",
      violates = "also one while reading the delivery or at the commit",
      idea = "The commit cannot fail any more",
      because = """
          It can: some rules are looked at only then. No book is there, and the caller is told that
          all are but a few.""",
      instead = "No `catch` around the transaction.",
      rejectedBy = "what_is_no_rejection_ends_it_all",
      says = "a title at which the commit fails",
      earns = 2,
      detail = true)
  static class SwallowsTheCommit extends ReferenceLendingDesk {
    @Override
    public List<Rejected> deliverAccepted(Jdbi jdbi, Iterable<NewBook> delivery) {
      List<Rejected> rejected = new ArrayList<>();
      try {
        jdbi.useTransaction(
            handle -> {
              for (NewBook book : delivery) {
                addOrReject(handle, book, rejected);
              }
            });
      } catch (TransactionException e) {
        return rejected;
      }
      return rejected;
    }

    private static void addOrReject(Handle handle, NewBook book, List<Rejected> rejected) {
      handle.savepoint("book");
      try {
        insert(handle, book);
      } catch (JdbiException e) {
        if (!state(e).startsWith("23")) {
          throw e;
        }
        handle.rollbackToSavepoint("book");
        rejected.add(new Rejected(book.isbn(), state(e)));
      }
    }
  }

  @Mistake(
      exercise = "4.4",
      violates = "Then no book is there",
      idea = "Keep what was accepted, and pass on the failure",
      because = """
          The delivery cannot be tried again: its first books are taken now.""",
      instead = "Roll back. `inTransaction` does it when the exception leaves it.",
      rejectedBy = "what_is_no_rejection_ends_it_all",
      says = "what others see changed although",
      earns = 2,
      detail = true)
  static class CommitsBeforeItThrows extends ReferenceLendingDesk {
    @Override
    public List<Rejected> deliverAccepted(Jdbi jdbi, Iterable<NewBook> delivery) {
      return jdbi.inTransaction(
          handle -> {
            List<Rejected> rejected = new ArrayList<>();
            for (NewBook book : delivery) {
              handle.savepoint("book");
              try {
                insert(handle, book);
              } catch (JdbiException e) {
                if (!state(e).startsWith("23")) {
                  handle.rollbackToSavepoint("book");
                  handle.commit();
                  handle.begin();
                  throw e;
                }
                handle.rollbackToSavepoint("book");
                rejected.add(new Rejected(book.isbn(), state(e)));
              }
            }
            return rejected;
          });
    }
  }

  @Mistake(
      exercise = "4.4",
      violates = "and the exception is passed on as in deliver",
      idea = "A failure is told in words of my own",
      because = """
          The caller looks for the SQLSTATE in the cause, and finds Jdbi's exception there.""",
      instead = "`throw e;`.",
      rejectedBy = "what_is_no_rejection_ends_it_all",
      says = "This calls for the database's own exception",
      earns = 2,
      detail = true)
  static class TellsInOtherWords extends ReferenceLendingDesk {
    @Override
    public List<Rejected> deliverAccepted(Jdbi jdbi, Iterable<NewBook> delivery) {
      try {
        return super.deliverAccepted(jdbi, delivery);
      } catch (JdbiException e) {
        throw new IllegalArgumentException("The delivery failed.", e);
      }
    }
  }

  @Mistake(
      exercise = "4.4",
      violates = "an empty list if all are in",
      idea = "Nothing rejected is nothing to return",
      because = """
          The caller has a loop over the list.""",
      instead = "An empty list is a list.",
      rejectedBy = "rejected_books_are_skipped_and_named",
      says = "the rejected of an empty delivery",
      earns = 1)
  static class NullForNone extends ReferenceLendingDesk {
    @Override
    public List<Rejected> deliverAccepted(Jdbi jdbi, Iterable<NewBook> delivery) {
      List<Rejected> rejected = super.deliverAccepted(jdbi, delivery);
      return rejected.isEmpty() ? null : rejected;
    }
  }

  @Mistake(
      exercise = "4.4",
      violates = "Any other failure ends it all, also one while reading the delivery or at the "
          + "commit.",
      idea = "One `try` around reading and inserting",
      because = """
          A delivery that is read from another database fails with an SQLSTATE, too. It is no
          rejection of a book here.""",
      instead = "Only the INSERT stands in the `try`.",
      rejectedBy = "what_is_no_rejection_ends_it_all",
      says = "reading the delivery failed",
      earns = 2,
      detail = true)
  static class ReadsInTheTry extends ReferenceLendingDesk {
    @Override
    public List<Rejected> deliverAccepted(Jdbi jdbi, Iterable<NewBook> delivery) {
      return jdbi.inTransaction(
          handle -> {
            List<Rejected> rejected = new ArrayList<>();
            Iterator<NewBook> books = delivery.iterator();
            while (books.hasNext()) {
              handle.savepoint("book");
              NewBook book = null;
              try {
                book = books.next();
                insert(handle, book);
              } catch (JdbiException e) {
                if (!state(e).startsWith("23")) {
                  throw e;
                }
                handle.rollbackToSavepoint("book");
                rejected.add(new Rejected(book == null ? "?" : book.isbn(), state(e)));
              }
            }
            return rejected;
          });
    }
  }
}
