// # Lesson 4: Transactions
//
// The lesson's text is
// [lesson-04-transactions/README.md](../lesson-04-transactions/README.md).
// Here you have two connections: `peek` and `show("...")` look through another one
// than you work with, so you see what *others* see.
freshSchema("lesson_4");
//> The schema lesson_4 is empty, and yours.

// ## Step 1: what happens without one
//
// Two tables that must agree: `cities` counts what `people` says.
show("""
    CREATE TABLE cities (
      name      text PRIMARY KEY,
      residents integer NOT NULL CHECK (residents >= 0)
    );
    CREATE TABLE people (
      name text PRIMARY KEY,
      city text NOT NULL REFERENCES cities
    );
    INSERT INTO cities VALUES ('Rustmore', 1), ('Mathville', 0);
    INSERT INTO people VALUES ('Jane Lee', 'Rustmore');
    """);
//> 0 rows changed

// Jane moves. The second of the statements has a typing error.
Connection connection = connection();

void move(Connection connection, String from, String to) throws SQLException {
  try (var leave = connection.prepareStatement("UPDATE cities SET residents = residents - 1 WHERE name = ?");
      var settle = connection.prepareStatement("UPDATE people SET city = ? WHERE name = 'Jane Lee'");
      var arrive = connection.prepareStatement("UPDATE cities SET residents = residents + 1 WHERE name = ?")) {
    leave.setString(1, from);
    leave.executeUpdate();
    settle.setString(1, to);
    settle.executeUpdate();
    arrive.setString(1, to);
    arrive.executeUpdate();
  }
}

attempt(() -> move(connection, "Rustmore", "Mathvile"));
//> ! SQLSTATE 23503 PSQLException: ERROR: insert or update on table "people" violates foreign key constraint "people_city_fkey"
//>   Detail: Key (city)=(Mathvile) is not present in table "cities".

// Rustmore has no residents any more, says one table. What says the other?
peek("cities");
peek("people");
//>  name      | residents
//> -----------+-----------
//>  Mathville |         0
//>  Rustmore  |         0
//> (2 rows)
//>  name     | city
//> ----------+----------
//>  Jane Lee | Rustmore
//> (1 row)

// Mend it by hand. This puts everything back, and is useful later on.
void repair() {
  show("UPDATE people SET city = 'Rustmore'; UPDATE cities SET residents = (SELECT count(*) FROM people WHERE city = cities.name)");
}

repair();
//> 1 row changed

// ## Step 2: begin and commit by hand
//
// From here on the first statement begins a transaction.
connection.setAutoCommit(false);
move(connection, "Rustmore", "Mathville");

// Done! Is it? Your connection says one thing, and others another.
show(connection, "SELECT * FROM people");
peek("people");
//>  name     | city
//> ----------+-----------
//>  Jane Lee | Mathville
//> (1 row)
//>  name     | city
//> ----------+----------
//>  Jane Lee | Rustmore
//> (1 row)

// The server waits for your next word. It keeps the rows locked meanwhile.
sessions();
locks();
//>  session    | state               | waits for | last statement
//> ------------+---------------------+-----------+----------------------
//>  connection | idle in transaction | NULL      | SELECT * FROM people
//> (1 row)
//>  session    | table  | mode             | granted
//> ------------+--------+------------------+---------
//>  connection | cities | RowExclusiveLock | t
//>  connection | cities | RowShareLock     | t
//>  connection | people | AccessShareLock  | t
//>  connection | people | RowExclusiveLock | t
//> (4 rows)

connection.commit();
peek("people");
//>  name     | city
//> ----------+-----------
//>  Jane Lee | Mathville
//> (1 row)

// The other end: `rollback()` undoes what was not committed.
show(connection, "DELETE FROM people");
connection.rollback();
peek("people");
//> 1 row changed
//>  name     | city
//> ----------+-----------
//>  Jane Lee | Mathville
//> (1 row)

// Now move her back, and forget to commit. Closing is not committing.
try (Connection other = connection("forgetful")) {
  other.setAutoCommit(false);
  move(other, "Mathville", "Rustmore");
}

peek("people");
//>  name     | city
//> ----------+-----------
//>  Jane Lee | Mathville
//> (1 row)

// Try: turn autocommit on before the `}`. Does that commit, or roll back?
//
// Back to autocommit. Try: `connection.commit()`. What is there to commit now?
connection.setAutoCommit(true);

// ## Step 3: after an error
//
// One bad statement, and the transaction accepts no more, not even a good one.
// And then `commit()` returns normally! `trace` shows what the server says to it.
trace(() -> {
  try (Connection careless = connection("careless")) {
    careless.setAutoCommit(false);
    show(careless, "UPDATE people SET city = 'Rustmore'");
    show(careless, "UPDATE people SET city = 'Mathvile'");
    show(careless, "SELECT 1");
    careless.commit();
  }
});
//> 1 row changed
//> ! SQLSTATE 23503 PSQLException: ...
//>   Detail: Key (city)=(Mathvile) is not present in table "cities".
//> ! SQLSTATE 25P02 PSQLException: ERROR: current transaction is aborted, commands ignored until end of transaction block
//>   ms  careless
//>  ...  (connects)
//>  ...  BEGIN
//>  ...  UPDATE people SET city = 'Rustmore'  1 row
//>  ...  UPDATE people SET city = 'Mathvile'  ERROR 23503: insert or update on table "people"
//>         violates foreign key constraint "people_city_fkey" [the transaction has failed]
//>  ...  SELECT 1  ERROR 25P02: current transaction is aborted, commands ignored until end of
//>         transaction block [the transaction has failed]
//>  ...  COMMIT  ROLLBACK: the transaction had failed
//>  ...  (closes)
//>       1 session ... nothing left open

// What has it saved? Try: where would you put the `try` and `catch`?
peek("people");
//>  name     | city
//> ----------+-----------
//>  Jane Lee | Mathville
//> (1 row)

// What to do is decided by the SQLSTATE's class, its first two characters.
String kind(SQLException e) {
  return switch (e.getSQLState().substring(0, 2)) {
    case "42" -> "a wrong statement";
    case "23" -> "data that break a rule";
    default -> "something else";
  };
}

for (String sql : List.of("SELECT * FROM peple", "INSERT INTO people VALUES (NULL, 'Rustmore')", "SELECT 1 / 0")) {
  try (var mine = connection("mine"); var it = mine.createStatement()) {
    it.execute(sql);
  } catch (SQLException e) {
    System.out.println(e.getSQLState() + ", " + kind(e));
  }
}
//> 42P01, a wrong statement
//> 23502, data that break a rule
//> 22012, something else

// ## Step 5: Jdbi
//
// The callback is the transaction. If it returns, Jdbi commits.
Handle handle = jdbi().open();

handle.useTransaction(transaction -> {
  transaction.execute("UPDATE people SET city = 'Rustmore'");
  peek("people");
});
//>  name     | city
//> ----------+-----------
//>  Jane Lee | Mathville
//> (1 row)

peek("people");
//>  name     | city
//> ----------+----------
//>  Jane Lee | Rustmore
//> (1 row)

// If an exception leaves it, Jdbi rolls back: any exception.
attempt(() -> handle.useTransaction(transaction -> {
  transaction.execute("DELETE FROM people");
  throw new IOException("the removal van broke down");
}));
peek("people");
//> ! IOException: the removal van broke down
//>  name     | city
//> ----------+----------
//>  Jane Lee | Rustmore
//> (1 row)

// `inTransaction` returns what the callback returns.
String BIRTH = "UPDATE cities SET residents = residents + 1 WHERE name = 'Rustmore'";

int residents(Handle handle) {
  return handle.createQuery("SELECT residents FROM cities WHERE name = 'Rustmore'").mapTo(int.class).one();
}

handle.inTransaction(transaction -> {
  transaction.execute(BIRTH);
  return residents(transaction);
})
//> 1

// ### Leave the end to Jdbi
//
// A commit inside ends the transaction, and the rest runs without one. How many
// births are saved, although an exception leaves the callback?
attempt(() -> handle.useTransaction(transaction -> {
  transaction.execute(BIRTH);
  transaction.commit();
  transaction.execute(BIRTH);
  throw new IllegalStateException("too late");
}));
residents(handle)
//> ! IllegalStateException: too late
//> 3

// ## Step 6: savepoints
//
// A mark to go back to. Going back heals the transaction.
handle.useTransaction(transaction -> {
  transaction.execute(BIRTH);
  transaction.savepoint("before_move");
  attempt(() -> transaction.execute("UPDATE people SET city = 'Mathvile'"));
  transaction.rollbackToSavepoint("before_move");
  transaction.execute(BIRTH);
});
residents(handle)
//> ! SQLSTATE 23503 UnableToExecuteStatementException < PSQLException: ERROR: ...
//>   Detail: ...
//> 5

// Try it without the savepoint. Which SQLSTATE has the second birth?
//
// ## Step 7: a transaction in a transaction
//
// The inner one fails, and yet: its birth counts. It had joined the outer one.
handle.useTransaction(outer -> {
  attempt(() -> outer.useTransaction(inner -> {
    inner.execute(BIRTH);
    throw new IllegalStateException("undo this birth");
  }));
  outer.execute(BIRTH);
});
residents(handle)
//> ! IllegalStateException: undo this birth
//> 7

// ## Step 8: a SQL Object
//
// `@Transaction` makes one of three statements. Try it without.
public interface Moves {
  @SqlUpdate("UPDATE people SET city = :city WHERE name = :name")
  void settle(@Bind("name") String name, @Bind("city") String city);
  @SqlUpdate("UPDATE cities SET residents = residents + :more WHERE name = :city")
  void count(@Bind("city") String city, @Bind("more") int more);
  @Transaction
  default void move(String name, String from, String to) {
    count(from, -1);
    count(to, 1);
    settle(name, to);
  }
}

Moves moves = jdbi("moves").installPlugin(new SqlObjectPlugin()).onDemand(Moves.class);

repair();
attempt(() -> moves.move("Jane Lee", "Rustmore", "Mathvile"));
peek("cities");
//> 1 row changed
//> ! SQLSTATE 23503 UnableToExecuteStatementException < PSQLException: ERROR: ...
//>   Detail: ...
//>  name      | residents
//> -----------+-----------
//>  Mathville |         0
//>  Rustmore  |         1
//> (2 rows)

// ## Step 9: two at once
//
// Read, calculate, write. In between another connection writes. Two births, and
// how many residents more?
handle.useTransaction(transaction -> {
  int before = residents(transaction);
  show(BIRTH);
  transaction.execute("UPDATE cities SET residents = ? WHERE name = 'Rustmore'", before + 1);
});
residents(handle)
//> 1 row changed
//> 2

// SERIALIZABLE refuses, with 40001. The remedy: run all of it again.
attempt(() -> handle.useTransaction(TransactionIsolationLevel.SERIALIZABLE, transaction -> {
  int before = residents(transaction);
  show(BIRTH);
  transaction.execute("UPDATE cities SET residents = ? WHERE name = 'Rustmore'", before + 1);
}));
//> 1 row changed
//> ! SQLSTATE 40001 UnableToExecuteStatementException < PSQLException: ERROR: could not serialize access due to concurrent update

// Ann changes a row and takes her time. Bob wants the same
// one, on a thread of his own, for here he has to wait.
Handle ann = jdbi("Ann").open();
Handle bob = jdbi("Bob").open();

ann.begin();
ann.execute(BIRTH);
var bobIsDone = CompletableFuture.supplyAsync(() -> bob.execute(BIRTH));
//> 1

// As soon as he is stuck, look who waits for whom.
untilWaiting("Bob");
sessions();
//>  session    | state               | waits for | last statement
//> ------------+---------------------+-----------+------------------------------------------
//>  connection | idle                | NULL      | ROLLBACK
//>  jdbi       | idle                | NULL      | SET SESSION CHARACTERISTICS AS TRANSA...
//>  Ann        | idle in transaction | NULL      | UPDATE cities SET residents = residen...
//>  Bob        | active              | Ann       | UPDATE cities SET residents = residen...
//> (4 rows)

// Try `locks()`, too. Then Ann commits, and Bob goes on.
ann.commit();
bobIsDone.get(10, TimeUnit.SECONDS)
//> 1

// `FOR UPDATE` locks a row that is only read. Ann may decide in peace: Bob waits.
ann.begin();
ann.createQuery("SELECT residents FROM cities WHERE name = 'Rustmore' FOR UPDATE").mapTo(int.class).one();
bobIsDone = CompletableFuture.supplyAsync(() -> bob.execute(BIRTH));
untilWaiting("Bob");
ann.commit();
bobIsDone.get(10, TimeUnit.SECONDS)
//> 5
//> 1

// A deadlock: each has locked a row that the other one wants. Bob began to wait
// first, so after a second the server looks, and ends his transaction.
String IN_MATHVILLE = "UPDATE cities SET residents = residents + 1 WHERE name = 'Mathville'";
ann.begin();
ann.execute(BIRTH);
bob.begin();
bob.execute(IN_MATHVILLE);
bobIsDone = CompletableFuture.supplyAsync(() -> bob.execute(BIRTH));
untilWaiting("Bob");
ann.execute(IN_MATHVILLE);
attempt(() -> bobIsDone.get(10, TimeUnit.SECONDS));
//> 1
//> 1
//> 1
//> ! SQLSTATE 40P01 ExecutionException < UnableToExecuteStatementException < PSQLException: ERROR: deadlock detected
//> ...

// Ann has both rows now. Had both begun with the same row, nobody would have failed.
ann.rollback();
bob.rollback();

// ## Step 10: one moment for several queries
//
// By default each statement sees what is committed by now.
handle.useTransaction(transaction -> {
  show(transaction, "SELECT count(*) AS people FROM people");
  show("INSERT INTO people VALUES ('Ada Kern', 'Rustmore')");
  show(transaction, "SELECT count(*) AS people FROM people");
});
//>  people
//> --------
//>       1
//> (1 row)
//> 1 row changed
//>  people
//> --------
//>       2
//> (1 row)

// From REPEATABLE READ on, all of them see the same moment.
handle.useTransaction(TransactionIsolationLevel.REPEATABLE_READ, transaction -> {
  show(transaction, "SELECT count(*) AS people FROM people");
  show("INSERT INTO people VALUES ('Cy Marsh', 'Rustmore')");
  show(transaction, "SELECT count(*) AS people FROM people");
});
//>  people
//> --------
//>       2
//> (1 row)
//> 1 row changed
//>  people
//> --------
//>       2
//> (1 row)

// ## Going further
//
// A read-only transaction refuses to write. Try it under autocommit: who begins a
// transaction there?
try (Connection reader = connection("reader")) {
  reader.setReadOnly(true);
  reader.setAutoCommit(false);
  show(reader, BIRTH);
}
//> ! SQLSTATE 25006 PSQLException: ERROR: cannot execute UPDATE in a read-only transaction

// A pool lends connections to transactions: what was not committed when one comes
// back is rolled back, and the next borrower finds it as new.
var config = new HikariConfig();
config.setDataSource(settings().dataSource());
config.setMaximumPoolSize(1);
try (var pool = new HikariDataSource(config)) {
  try (Connection borrowed = pool.getConnection()) {
    borrowed.setAutoCommit(false);
    show(borrowed, "CREATE TABLE forgotten (day date)");
  }
  try (Connection again = pool.getConnection()) {
    System.out.println("autocommit: " + again.getAutoCommit());
    show(again, "SELECT to_regclass('forgotten') AS there");
  }
}
//> 0 rows changed
//> autocommit: true
//>  there
//> -------
//>  NULL
//> (1 row)

// A notification is part of the transaction: it comes with the commit, or never.
int mail(Connection listener, int millis) throws SQLException {
  return listener.unwrap(PGConnection.class).getNotifications(millis).length;
}

show(connection, "LISTEN returned_books");
ann.useTransaction(transaction -> {
  transaction.execute("NOTIFY returned_books, 'Momo'");
  System.out.println("before the commit: " + mail(connection, 50));
});
mail(connection, 5000)
//> 0 rows changed
//> before the commit: 0
//> 1

// All connections close when you leave, or with `hangUp()`. Try `sessions()`: how
// many are there by now?
//
// That was lesson 4, and the last one. [Its review](../lesson-04-transactions/review.md)
// goes over everything once more.
