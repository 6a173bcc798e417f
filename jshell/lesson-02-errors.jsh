// # Lesson 2: When it goes wrong
//
// The lesson's text is [lesson-02-errors/README.md](../lesson-02-errors/README.md).
// Here you may break everything: no other program uses these connections.
freshSchema("lesson_2");
//> The schema lesson_2 is empty, and yours.

var good = settings();

// The same settings with one value exchanged. The order: host, port, dbname,
// user, password.
DatabaseSettings wrong(String dbname, String password) {
  return new DatabaseSettings(good.host(), good.port(), dbname, good.user(), password);
}

// ## Step 1: let it crash
//
// `attempt` catches what is thrown and prints it in a line: SQLSTATE, class,
// message. Without it, the step fails with that exception. Try it both ways.
attempt(() -> wrong("test1", good.password()).dataSource().getConnection());
//> ! SQLSTATE 3D000 PSQLException: FATAL: database "test1" does not exist

// ## Step 2: catch, and say nothing
String connect(DatabaseSettings settings) {
  try {
    Connection connection = settings.dataSource().getConnection();
    connection.close();
    return "Successfully connected to the database.";
  } catch (SQLException e) {
    return "Error connecting to the database :/";
  }
}

// Two different mistakes, and the same answer. It does not say what to mend.
connect(wrong("test1", good.password())).equals(connect(wrong(good.dbname(), "owl")))
//> true

// ## Step 3: ask the exception
//
// This keeps the exception, so that we can look at it.
SQLException thrownBy(DataSource source) throws SQLException {
  try (Connection connection = source.getConnection()) {
    return null;
  } catch (SQLException e) {
    return e;
  }
}

SQLException e = thrownBy(wrong("test1", good.password()).dataSource());

e.getSQLState()
//> "3D000"

e.getMessage()
//> "FATAL: database \"test1\" does not exist"

// If no server answers, there is no code of the server's, but there is a cause.
// For this we need a port on which no program listens.
int freePort() throws IOException {
  try (ServerSocket socket = new ServerSocket(0)) {
    return socket.getLocalPort();
  }
}

SQLException refused = thrownBy(new DatabaseSettings("localhost", freePort(), "x", "x", "x").dataSource());

refused.getSQLState() + " " + refused.getCause().getClass().getSimpleName()
//> "08001 ConnectException"

// The same SQLSTATE, another cause. Names under `.invalid` never exist.
SQLException unknown = thrownBy(new DatabaseSettings("db.invalid", 5432, "x", "x", "x").dataSource());

unknown.getSQLState() + " " + unknown.getCause().getClass().getSimpleName()
//> "08001 UnknownHostException"

// ### What can happen
//
// One wrong value after the other. Every row is a real attempt.
record Trouble(String what, String sqlState, String cause) {}

Trouble trouble(String what, DataSource source) throws SQLException {
  SQLException e = thrownBy(source);
  if (e == null) {
    return new Trouble(what, "none: we are in", null);
  }
  return new Trouble(what, e.getSQLState(), e.getCause() == null ? null : e.getCause().getClass().getSimpleName());
}

var troubles = new ArrayList<>(List.of(
    trouble("nothing", good.dataSource()),
    trouble("password", wrong(good.dbname(), "owl").dataSource()),
    trouble("database", wrong("test1", good.password()).dataSource()),
    trouble("port", new DatabaseSettings("localhost", freePort(), "x", "x", "x").dataSource()),
    trouble("host", new DatabaseSettings("db.invalid", 5432, "x", "x", "x").dataSource())));

// Try: `troubles.add(trouble("...", ...))`, and `show(troubles)` again.
show(troubles);
//>  what     | sqlState        | cause
//> ----------+-----------------+----------------------
//>  nothing  | none: we are in | NULL
//>  password | 28P01           | NULL
//>  database | 3D000           | NULL
//>  port     | 08001           | ConnectException
//>  host     | 08001           | UnknownHostException
//> (5 rows)

// Class 08 is "connection exception". Would it have been enough to look at that?
troubles.stream().filter(row -> row.sqlState().startsWith("08")).map(Trouble::what).toList()
//> [port, host]

// Here a program answers and hangs up at once: a server of six lines.
Trouble askAServerThatHangsUp() throws Exception {
  try (ServerSocket server = new ServerSocket(0)) {
    CompletableFuture.runAsync(() -> {
      while (!server.isClosed()) {
        try (Socket caller = server.accept()) {
          caller.getInputStream().read(new byte[8]);
        } catch (IOException closed) {
          return;
        }
      }
    });
    return trouble("manners", new DatabaseSettings("localhost", server.getLocalPort(), "x", "x", "x").dataSource());
  }
}

show(List.of(askAServerThatHangsUp()));
//>  what    | sqlState | cause
//> ---------+----------+--------------
//>  manners | 08001    | EOFException
//> (1 row)

// ## Step 4: report it
//
// By the SQLSTATE a program decides, the message is for people.
String diagnosis(SQLException e) {
  return switch (String.valueOf(e.getSQLState())) {
    case "28P01" -> "The password is wrong, or there is no such user.";
    case "3D000" -> "There is no such database.";
    case "08001" -> e.getCause() instanceof UnknownHostException ? "No such host." : "There is no answer.";
    default -> "Look up SQLSTATE " + e.getSQLState() + " in the manual.";
  };
}

diagnosis(thrownBy(wrong(good.dbname(), "owl").dataSource()))
//> "The password is wrong, or there is no such user."

diagnosis(refused)
//> "There is no answer."

// Try: give `diagnosis` a case for `53300`, too many connections.
//
// Deeper inside, throw on, and hand over the cause. Both are printed here.
void openLibrary() {
  try {
    wrong("books", good.password()).dataSource().getConnection().close();
  } catch (SQLException e) {
    throw new IllegalStateException("No books without a database: " + good.withDbname("books"), e);
  }
}

attempt(() -> openLibrary());
//> ! SQLSTATE 3D000 IllegalStateException < PSQLException: FATAL: database "books" does not exist

// A report never shows the password. Others' messages are less careful:
attempt(() -> DriverManager.getConnection("jdbc:postgresql:/books?user=ann&password=owl"));
//> ! SQLSTATE ...password=owl

// ## Step 5: close it by hand
//
// Who counts the connections? The server does. This one is forgotten.
Connection forgotten = connection("forgotten");

sessions();
//>  session   | state | waits for | last statement
//> -----------+-------+-----------+...
//>  forgotten | idle  | NULL      | ...
//> (1 row)

forgotten.close();

// By hand: the variable stands before the `try`, starts as null, and is asked
// about. Without the question, a failure to connect ends in another exception.
void closeByHand(DataSource source) throws SQLException {
  Connection mine = null;
  try {
    mine = source.getConnection();
    System.out.println("connected");
  } catch (SQLException e) {
    System.out.println("SQLSTATE " + e.getSQLState());
  } finally {
    if (mine != null) {
      mine.close();
      System.out.println("closed");
    }
  }
}

closeByHand(good.dataSource());
closeByHand(wrong("test1", good.password()).dataSource());
//> connected
//> closed
//> SQLSTATE 3D000

// `finally` closes on every path, but what comes out if closing fails as well?
// Here are both, without a database: a resource that cannot be closed.
AutoCloseable stubborn = () -> {
  throw new IllegalStateException("closing failed");
};

// The failure of `close()` hides the one that matters:
attempt(() -> {
  try {
    throw new IllegalStateException("the work failed");
  } finally {
    stubborn.close();
  }
});
//> ! IllegalStateException: closing failed

// ## Step 6: try-with-resources
//
// The same with resources: the first failure comes out.
attempt(() -> {
  try (AutoCloseable resource = stubborn) {
    throw new IllegalStateException("the work failed");
  }
});
//> ! IllegalStateException: the work failed

// And the second is not lost: it is suppressed into the first.
try (AutoCloseable resource = stubborn) {
  throw new IllegalStateException("the work failed");
} catch (IllegalStateException e) {
  System.out.println(e.getMessage() + ", and also: " + e.getSuppressed()[0].getMessage());
}
//> the work failed, and also: closing failed

// When `catch` runs, everything is closed already. So `sessions()` in it is empty.
try (Connection connection = connection("short life")) {
  sessions();
  throw new SQLException("the work failed");
} catch (SQLException e) {
  sessions();
}
//>  session    | state | waits for | last statement
//> ------------+-------+-----------+...
//>  short life | idle  | NULL      | ...
//> (1 row)
//>  session | state | waits for | last statement
//> ---------+-------+-----------+----------------
//> (0 rows)

// ## Step 7: the same with Jdbi
//
// Jdbi wraps the driver's exception. What cannot be opened is a
// `ConnectionException`, what cannot be run something else.
attempt(() -> Jdbi.create(wrong("test1", good.password()).dataSource()).open());
//> ! SQLSTATE 3D000 ConnectionException < PSQLException: FATAL: database "test1" does not exist

attempt(() -> jdbi().useHandle(handle -> handle.execute("TABLE gone")));
//> ! SQLSTATE 42P01 UnableToExecuteStatementException < PSQLException: ERROR: relation "gone" does not exist
//>   Position: 7

// Not every failure is the server's. Here it was never asked:
attempt(() -> jdbi().useHandle(handle -> handle.createQuery("SELECT :x").mapTo(String.class).one()));
//> ! UnableToCreateStatementException: Missing named parameter 'x' ...

// And yours pass through unchanged.
attempt(() -> jdbi().useHandle(handle -> {
  throw new IOException("the cat sat on the keyboard");
}));
//> ! IOException: the cat sat on the keyboard

// The handle was closed all the same. Look:
sessions();
//>  session | state | waits for | last statement
//> ---------+-------+-----------+----------------
//> (0 rows)

// ## Two more troubles
//
// ### A server that never answers
//
// It accepts the connection and sends nothing. With a login timeout we wait a second.
attempt(() -> {
  try (ServerSocket silent = new ServerSocket(0)) {
    DataSource patient = new DatabaseSettings("localhost", silent.getLocalPort(), "x", "x", "x").dataSource();
    patient.setLoginTimeout(1);
    patient.getConnection();
  }
});
//> ! SQLSTATE 08001 PSQLException: Connection attempt timed out.

// ### Trouble that passes
//
// A refusal may pass, a wrong password does not. Decide by the diagnosis: of 08001, a
// refusal is the kind that may pass.
boolean mayPass(SQLException e) {
  String state = String.valueOf(e.getSQLState());
  return state.equals("08001") ? e.getCause() instanceof ConnectException : Set.of("53300", "57P03").contains(state);
}

"refused: " + mayPass(refused) + ", no such database: " + mayPass(e)
//> "refused: true, no such database: false"

// Wait longer each time. Try: how long is the tenth pause?
Stream.iterate(Duration.ofMillis(100), pause -> pause.multipliedBy(2)).limit(5).map(Duration::toMillis).toList()
//> [100, 200, 400, 800, 1600]

// ## Going further
//
// ### A limit for statements
//
// The server stops the statement, and the connection stays good.
try (Connection connection = connection()) {
  show(connection, "SET statement_timeout = '50ms'");
  show(connection, "SELECT pg_sleep(10)");
  show(connection, "SELECT 'still here' AS connection");
}
//> 0 rows changed
//> ! SQLSTATE 57014 PSQLException: ERROR: canceling statement due to statement timeout
//>  connection
//> ------------
//>  still here
//> (1 row)

// ### A limit for waiting
//
// Ann locks a table, Bob would like to write. First, the table:
show("CREATE TABLE books (title text)");
//> 0 rows changed

Connection ann = connection("Ann");
ann.setAutoCommit(false);
show(ann, "LOCK TABLE books IN SHARE MODE");
//> 0 rows changed

// What the server sees:
locks();
//>  session | table | mode      | granted
//> ---------+-------+-----------+---------
//>  Ann     | books | ShareLock | t
//> (1 row)

Connection bob = connection("Bob");
show(bob, "SET lock_timeout = '50ms'");
show(bob, "INSERT INTO books VALUES ('Emma')");
//> 0 rows changed
//> ! SQLSTATE 55P03 PSQLException: ERROR: canceling statement due to lock timeout
//>   ...

// A limit for one `Statement`, in seconds. The driver keeps the time, and asks the
// server to cancel: the connection stays good.
try (Statement slow = bob.createStatement()) {
  slow.setQueryTimeout(1);
  attempt(() -> slow.execute("SELECT pg_sleep(30)"));
}
bob.isValid(1)
//> ! SQLSTATE 57014 PSQLException: ERROR: canceling statement due to user request
//> true

// Try, with a longer timeout: `CompletableFuture.runAsync(...)` Bob's insert, and
// look at `sessions()` while he waits.
ann.rollback();
show(bob, "INSERT INTO books VALUES ('Emma')");
//> 1 row changed

// ### A connection that was ended
//
// Ann ends Bob's connection, as an administrator might. The first statement after
// that learns the reason, later ones only that it is over.
show(ann, "SELECT pg_terminate_backend(pid) AS ended FROM pg_stat_activity WHERE application_name = 'Bob' AND datname = current_database()");
//>  ended
//> -------
//>  t
//> (1 row)

show(bob, "SELECT 1");
//> ! SQLSTATE ... PSQLException: ...

show(bob, "SELECT 1");
//> ! SQLSTATE 08003 PSQLException: This connection has been closed.

// A closed connection stays closed. Try: open a new one, and `peek("books")`.
hangUp();
//> 1 connection closed.

// That was lesson 2. Next: `./workbook shell 3` asks questions.
