package workbook.transactions;

import static workbook.support.Todo.todo;

import java.sql.Connection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;

/** Your answers to lesson 4: {@link LendingDesk} says what each has to do. */
public final class MyLendingDesk implements LendingDesk {

  @Override
  public <T> T inTransaction(Connection connection, Work<T> work)
      throws Exception {
    // TODO: autocommit off, work, commit; or roll back; autocommit as before
    return todo("4.1");
  }

  @Override
  public long lend(Jdbi jdbi, long bookId, long memberId) {
    // TODO: one copy less and one loan more, in one transaction
    return todo("4.2");
  }

  @Override
  public int deliver(Jdbi jdbi, Iterable<NewBook> delivery) {
    // TODO: insert every book, or leave none behind
    return todo("4.3");
  }

  @Override
  public List<Rejected> deliverAccepted(
      Jdbi jdbi, Iterable<NewBook> delivery) {
    // TODO: a savepoint before each book, and back to it if it is rejected
    return todo("4.4");
  }

  @Override
  public boolean lendAndNote(Handle handle, long bookId, long memberId) {
    // TODO: lend, or undo the lending and nothing else; write the note
    return todo("4.5");
  }

  @Override
  public Returns returns(Jdbi jdbi) {
    // TODO: declare a SQL Object that extends Returns, and return one
    return todo("4.6");
  }

  @Override
  public <T> T serializable(
      Jdbi jdbi, int attempts, HandleCallback<T, RuntimeException> work) {
    // TODO: run it SERIALIZABLE, and again while the answer is 40001
    return todo("4.7");
  }

  @Override
  public Report report(Jdbi jdbi, Runnable meanwhile) {
    // TODO: two counts that see the same moment
    return todo("4.8");
  }

  @Override
  public void moveCopies(Jdbi jdbi, long from, long to, int copies) {
    // TODO: lock both books in one order; after 40P01 pause, and run it again
    todo("4.9");
  }
}
