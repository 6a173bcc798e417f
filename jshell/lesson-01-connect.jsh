// # Lesson 1: Connect
//
// The lesson's text is [lesson-01-connect/README.md](../lesson-01-connect/README.md).
// Here are its examples. Run a step, change it, run it again: nothing can break.
// (In `./workbook shell`, the Up key gets a step back after it has run.)
//
// Everything happens in a schema of its own, a drawer within the playground's
// database. This line empties it. Run it whenever you want to start anew.
freshSchema("lesson_1");
//> The schema lesson_1 is empty, and yours.

// ## What happens when you connect
//
// Five values say where a database is and who you are. These are yours. (The
// fifth is the password; it does not show.)
System.out.println(settings());
//> ...@...:.../...

// A connection is a conversation with one process of the server. This opens one,
// asks a question, and keeps the line open.
var line = connection("my first line");

show(line, "SELECT 'Hello, ' || 'server' AS answer");
//>  answer
//> ---------------
//>  Hello, server
//> (1 row)

// The server lists its conversations. Yours is one of them.
sessions();
//>  session       | state | waits for | last statement
//> ---------------+-------+-----------+----------------------------------------
//>  my first line | idle  | NULL      | SELECT 'Hello, ' || 'server' AS answer
//> (1 row)

// Now hang up, and look again. Try: open three connections and forget to close
// them. `hangUp()` closes all that you opened.
line.close();

sessions();
//>  session | state | waits for | last statement
//> ---------+-------+-----------+----------------
//> (0 rows)

// ## Step 1: how not to do it
//
// A URL says where, and user and password go in as properties. `DriverManager`
// looks for a driver that knows the URL. (The shell shows the properties as they
// are declared, still empty; `putAll` comes after that.)
var where = settings();
String url = "jdbc:postgresql://%s:%d/%s".formatted(where.host(), where.port(), where.dbname());
var properties = new Properties();
properties.putAll(Map.of("user", where.user(), "password", where.password()));

try (Connection connection = DriverManager.getConnection(url, properties)) {
  System.out.println("Successfully connected to the database.");
}
//> Successfully connected to the database.

// Which driver was that? It is pgjdbc. Its version begins with this number:
DriverManager.getDriver(url).getMajorVersion()
//> 42

// `psql` would take this address; JDBC has no driver for it. `attempt` runs what
// may fail and prints how: the `!` is the sign of a failure.
attempt(() -> DriverManager.getConnection("postgresql://workbook:secret@localhost/workbook"));
//> ! SQLSTATE 08001 SQLException: No suitable driver found for postgresql://workbook:secret@localhost/workbook

// Try: put `jdbc:` in front of it, and look at what the driver makes of it. User
// and password do not belong before the host.
//
// ## Step 2: a settings file
//
// This is a settings file in the INI format, in a folder that is thrown away.
Path file = Files.createTempFile("workbook", ".ini");

Files.readAllLines(Files.write(file, List.of("# mine", "[workbook]", "host=localhost", "  Password = a=b:c  ")))
//> [# mine, [workbook], host=localhost,   Password = a=b:c  ]

// One line of it becomes a key and a value. The `2` says: two parts at most, so
// only the first separator counts. Try it without the `2`.
String entry = Files.readAllLines(file).get(3);
String[] pair = entry.strip().split("[=:]", 2);

Arrays.toString(pair)
//> "[Password ,  a=b:c]"

pair[0].strip().toLowerCase(Locale.ROOT) + " -> " + pair[1].strip()
//> "password -> a=b:c"

// Why `Locale.ROOT`? Because a Turkish i has its dot elsewhere. Of Turkish,
// English, and `Locale.ROOT`, which is no language at all, these do not turn
// `PORT_ID` into `port_id`:
Stream.of("tr", "en", "").map(Locale::forLanguageTag).filter(locale -> !"PORT_ID".toLowerCase(locale).equals("port_id")).toList()
//> [tr]

// ### What is missing must be said
//
// What if no user is given? The driver takes the name of your computer's user,
// and the database has no user of that name.
attempt(() -> {
  var noUser = new PGSimpleDataSource();
  noUser.setServerNames(new String[] {where.host()});
  noUser.setPortNumbers(new int[] {where.port()});
  noUser.setPassword("secret");
  noUser.getConnection();
});
//> ! SQLSTATE 28... PSQLException: FATAL: ...

// So a reader that finds no section should say so. The workbook's does:
attempt(() -> DatabaseSettings.read(file, "wrokbook", Map.of()));
//> ! EnvironmentException: ... has no section [wrokbook], only [workbook]. Put a line [wrokbook] above the settings that are meant.

// The section is there, and still something is missing. What does it say?
attempt(() -> DatabaseSettings.read(file, "workbook", Map.of()));
//> ! EnvironmentException: ... has no dbname in section [workbook]. Add a line dbname=... or set PGDATABASE.

// ### Sidebar: TOML
//
// TOML is stricter: strings are in quotation marks, numbers are numbers.
String text = """
    [workbook]
    host = "localhost"
    port = 5432
    password = "p&ss=w%rd +@:/"
    """;

TomlParseResult toml = Toml.parse(text);

toml.getLong("workbook.port") + 1
//> 5433

toml.getString("workbook.password")
//> "p&ss=w%rd +@:/"

// What it cannot read, it says. Try: take a quotation mark away instead.
Toml.parse("port = fifty").errors()
//> [Unexpected 'f', expected ...]

// ## Step 3: environment variables
//
// pgjdbc does not read `PGHOST`; your program has to. A variable may be missing,
// and it may be there and empty. Both mean: not set.
String pick(Map<String, String> environment, String name, String otherwise) {
  String value = environment.getOrDefault(name, "");
  return value.isEmpty() ? otherwise : value;
}

pick(Map.of("PGHOST", "db.example.org"), "PGHOST", "localhost")
//> "db.example.org"

pick(Map.of("PGHOST", ""), "PGHOST", "localhost")
//> "localhost"

// The workbook's settings do the same: the variable wins over the file. Here a
// map plays the environment; a real program hands in `System.getenv()`.
DatabaseSettings.read(dbInfo(), "workbook", Map.of("PGDATABASE", "nowhere")).dbname()
//> "nowhere"

attempt(() -> where.withDbname("nowhere").dataSource().getConnection());
//> ! SQLSTATE 3D000 PSQLException: FATAL: database "nowhere" does not exist

// ## Step 4: settings with types
//
// A port is a number, and a wrong one is found out at once, by name and value.
attempt(() -> DatabaseSettings.read(dbInfo(), "workbook", Map.of("PGPORT", "543210")));
//> ! EnvironmentException: port=543210 in ... is no port. Use a number from 1 to 65535; PostgreSQL's own is 5432.

// The message of `Integer.parseInt` does not say which setting is wrong.
attempt(() -> Integer.parseInt("abc"));
//> ! NumberFormatException: For input string: "abc"

// ### A record prints the password
//
// A record shows everything it has, unless you write its `toString()` yourself.
record Login(String user, String password) {}

new Login("workbook", "secret")
//> Login[user=workbook, password=secret]

record CarefulLogin(String user, String password) {
  @Override
  public String toString() {
    return "login of " + user;
  }
}

new CarefulLogin("workbook", "secret")
//> login of workbook

// Try: print `where.password()`. That works, but it has to be written down.
//
// ## Step 5: a data source
//
// In a URL some characters mean something. A password that has them breaks it,
// and then the message shows the password.
attempt(() -> DriverManager.getConnection("jdbc:postgresql:/x?password=p&ss=w%rd"));
//> ! SQLSTATE ... Unable to parse URL jdbc:postgresql:/x?password=p&ss=w%rd

// A plus is worse: no complaint, another password.
org.postgresql.Driver.parseURL("jdbc:postgresql://localhost/x?password=a+b", null).getProperty("password")
//> "a b"

// So use setters, one for each value.
PGSimpleDataSource source(String password) {
  var source = new PGSimpleDataSource();
  source.setServerNames(new String[] {where.host()});
  source.setPortNumbers(new int[] {where.port()});
  source.setDatabaseName(where.dbname());
  source.setUser(where.user());
  source.setPassword(password);
  return source;
}

DataSource dataSource = source(where.password());

// Nothing has happened yet; this connects. Three things are opened, and the `try`
// closes all three.
try (Connection connection = dataSource.getConnection();
    Statement statement = connection.createStatement();
    ResultSet rows = statement.executeQuery("SELECT 6 * 7 AS answer")) {
  rows.next();
  System.out.println(rows.getInt("answer"));
}
//> 42

// Try: ask for `current_user`, or `version()`. Which getter does it take?
//
// ## Step 6: Jdbi
//
// The same question. Statement and result are closed for you.
Jdbi.create(dataSource).withHandle(
    handle -> handle.createQuery("SELECT 6 * 7").mapTo(Integer.class).one())
//> 42

// `one()` insists on exactly one row. Try it with two.
attempt(() -> jdbi().withHandle(
    handle -> handle.createQuery("VALUES (1), (2)").mapTo(Integer.class).one()));
//> ! IllegalStateException: Expected one element, but found multiple

// Or hold the handle yourself, as `Main` does.
try (Handle handle = jdbi().open()) {
  show(handle.createQuery("SELECT current_schema AS schema, 'you' AS who"));
}
//>  schema   | who
//> ----------+-----
//>  lesson_1 | you
//> (1 row)

// ### When does it connect?
//
// Not here, although the password is wrong:
var wrong = Jdbi.create(source("wrong"));

// But here. The left class is Jdbi's, the right one, its cause, the driver's.
attempt(() -> wrong.open());
//> ! SQLSTATE 28P01 ConnectionException < PSQLException: FATAL: password authentication failed for user "..."

// ## Going further
//
// ### A pool of connections
//
// How long does it take to connect, ten times? Much of it is the driver hashing
// your password, which is slow on purpose.
long millis(int times, Runnable work) {
  long start = System.nanoTime();
  for (int i = 0; i < times; i++) {
    work.run();
  }
  return (System.nanoTime() - start) / 1_000_000;
}

long each = millis(10, () -> Jdbi.create(where.dataSource()).useHandle(handle -> handle.execute("SELECT 1")));

// A pool keeps connections open and lends them out: for ten times the work, one
// or two connections are made. Compare `each` and `pooled`.
HikariDataSource pool(int size) {
  var config = new HikariConfig();
  config.setDataSource(where.dataSource());
  config.setMaximumPoolSize(size);
  return new HikariDataSource(config);
}

var pool = pool(2);

long pooled = millis(10, () -> Jdbi.create(pool).useHandle(handle -> handle.execute("SELECT 1")));

System.out.printf("ten new connections: %d ms, ten from a pool: %d ms%n", each, pooled);
//> ten new connections: ... ms, ten from a pool: ... ms

// Over a network, ask for TLS, and for a certificate of that very host. This server
// has none, and is refused.
PGSimpleDataSource strict = (PGSimpleDataSource) where.dataSource();
strict.setSslMode("verify-full");
attempt(() -> strict.getConnection());
//> ! SQLSTATE 08004 PSQLException: The server does not support SSL.

// Both times it is the same process of the server that answers.
String process() {
  return Jdbi.create(pool).withHandle(
      handle -> handle.createQuery("SELECT pg_backend_pid()").mapTo(String.class).one());
}

process().equals(process())
//> true

// A pool has to be closed, too, for it holds connections. Try: `sessions()` before
// and after.
pool.close();

// That was lesson 1. Next: `./workbook shell 2`, in which everything goes wrong.
