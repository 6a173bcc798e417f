// # Lesson 3: Queries
//
// The lesson's text is [lesson-03-queries/README.md](../lesson-03-queries/README.md).
// Here you put rows into its tables, and look at once at what is stored.
freshSchema("lesson_3");
//> The schema lesson_3 is empty, and yours.

// ## Create a table
//
// A connection, and a statement on it. Both stay open while you play.
Connection connection = connection();
Statement statement = connection.createStatement();

String createPeople = """
    CREATE TABLE people (
      id SERIAL PRIMARY KEY,
      name varchar(50) NOT NULL,
      city varchar(40),
      profession varchar(60))
    """;

// The answer `false` means: no rows came back.
statement.execute(createPeople)
//> false

// `peek` shows a table through a second connection, as other programs see it.
peek("people");
//>  id | name | city | profession
//> ----+------+------+------------
//> (0 rows)

// A table is made once. `attempt` runs what may fail, and prints how.
attempt(() -> statement.execute(createPeople));
//> ! SQLSTATE 42P07 PSQLException: ERROR: relation "people" already exists

// Try: `CREATE TABLE IF NOT EXISTS people (name text)`. Which columns has it now?
//
// ### Tables that know each other
//
// `show` runs any SQL, here four statements at once. (It reports the first one's
// count of rows, and creating a table changes none.)
show("""
    CREATE TABLE books (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      title text NOT NULL,
      author text NOT NULL);
    CREATE TABLE loans (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      book_id bigint NOT NULL REFERENCES books,
      member text NOT NULL);
    CREATE TABLE members (email text PRIMARY KEY, name text);
    INSERT INTO books (title, author)
      VALUES ('Emma', 'Austen'), ('Persuasion', 'Austen'), ('Momo', 'Ende');
    """);
//> 0 rows changed

// A loan names its book, and the server sees to it that there is one.
show("INSERT INTO loans (book_id, member) VALUES (99, 'Ann')");
//> ! SQLSTATE 23503 PSQLException: ERROR: ...
//>   Detail: Key (book_id)=(99) is not present in table "books".

// Try: a book without a title. Which SQLSTATE is that?
//
// ## Insert a row
//
// ### The obvious way, and what is wrong with it
String glue(String name) {
  return "INSERT INTO people (name) VALUES ('" + name + "')";
}

attempt(() -> statement.execute(glue("O'Brien")));
//> ! SQLSTATE 42601 PSQLException: Unterminated string literal started at position 42 in SQL INSERT INTO people (name) VALUES ('O'Brien'). Expected  char

// That was an error. The next name does more. Where have the people gone?
statement.execute(glue("x'); DROP TABLE people; --"));
peek("people");
//> false
//> Others see no table people.

// ### Placeholders
//
// The same name as a value. Make the table again first.
statement.execute(createPeople);
//> false

int insert(String name, String city) throws SQLException {
  try (var insert = connection.prepareStatement("INSERT INTO people (name, city) VALUES (?, ?)")) {
    insert.setString(1, name);
    insert.setString(2, city);
    return insert.executeUpdate();
  }
}

insert("x'); DROP TABLE people; --", null)
//> 1

// An odd name, and nothing else. Try more of them: quotes, `%s`, `\`.
peek("people");
//>  id | name                       | city | profession
//> ----+----------------------------+------+------------
//>   1 | x'); DROP TABLE people; -- | NULL | NULL
//> (1 row)

// The first placeholder has number 1. And in quotes there is none.
attempt(() -> connection.prepareStatement("SELECT '?'").setString(1, "x"));
//> ! SQLSTATE 22023 PSQLException: ...

// Values only: the name of a table is no value.
show("SELECT * FROM ?", "people");
//> ! SQLSTATE 42601 PSQLException: ERROR: syntax error at or near "$1"
//>   Position: 15

// ### Jane Lee
insert("Jane Lee", "Rustmore")
//> 1

// Try: `statement.executeQuery("INSERT ...")`. It complains, and yet: how many
// Janes are there?
//
// ### The same in Jdbi
//
// A handle is Jdbi's view of a connection. Its placeholders have names.
Handle handle = jdbi().open();

handle.createUpdate("INSERT INTO people (name, city) VALUES (:name, :city)").
    bind("name", "Ada Kern").
    bind("city", "Mathville").
    execute()
//> 1

// `?` works, too, but Jdbi counts from 0.
handle.createUpdate("INSERT INTO people (name, city) VALUES (?, ?)").bind(0, "Bo Lund").bind(1, "Mathville").execute()
//> 1

// `define` pastes a string into the SQL, so what it gets must be your own program's.
handle.createQuery("SELECT name FROM people ORDER BY <column> DESC LIMIT 1").define("column", "id").mapTo(String.class).one()
//> "Bo Lund"

// A value without a placeholder is an error; JDBC would not have noticed.
attempt(() -> handle.createUpdate("DELETE FROM people WHERE name = ':name'").bind("name", "Ada Kern").execute());
//> ! UnableToCreateStatementException: Superfluous named parameters provided while the query declares none: ...

// ## Saved or not?
//
// Without autocommit, others see nothing until you commit. `show(mine, ...)` asks
// through the connection `mine`, `show(...)` through another.
try (Connection mine = connection("mine")) {
  mine.setAutoCommit(false);
  show(mine, "DELETE FROM people WHERE name <> 'Jane Lee'");
  show(mine, "SELECT count(*) AS mine FROM people");
  show("SELECT count(*) AS others FROM people");
}
//> 3 rows changed
//>  mine
//> ------
//>     1
//> (1 row)
//>  others
//> --------
//>       4
//> (1 row)

// Closed, and not committed: what do others see now? Try: commit before the `}`.
show("SELECT count(*) AS others FROM people");
//>  others
//> --------
//>       4
//> (1 row)

// ## Insert a hundred
//
// Datafaker makes people up; with the same seed always the same ones.
public record NewPerson(String name, String city, String profession) {}

// They all live in different cities. A later step needs a city that occurs twice,
// so two of them are moved to Johnsonmouth, as in `Main`.
List<NewPerson> generate(int count) {
  Faker faker = new Faker(Locale.US, new Random(42));
  List<NewPerson> people = new ArrayList<>();
  for (int i = 0; i < count; i++) {
    NewPerson person = new NewPerson(faker.name().fullName(), faker.address().city(), faker.job().title());
    boolean moved = i == 40 || i == 80;
    people.add(moved ? new NewPerson(person.name(), "Johnsonmouth", person.profession()) : person);
  }
  return people;
}

show(generate(5));
//>  name                  | city          | profession
//> -----------------------+---------------+----------------------------------
//>  Garnet VonRueden      | New Nanci     | Corporate Specialist
//>  Joy Hermann           | Meridethton   | District Designer
//>  Tiffani Schaden       | South Jill    | Central Government Administrator
//>  Teri Botsford         | Oleviachester | Healthcare Supervisor
//>  Ms. Guadalupe Gutmann | North Elroy   | Global Farming Coordinator
//> (5 rows)

// Without a seed, the names are others each time.
new Faker(Locale.US).name().fullName().equals(new Faker(Locale.US).name().fullName())
//> false

// A batch sends them together. `bindMethods` takes a record's values by name.
int addAll(List<NewPerson> people) {
  PreparedBatch batch = handle.prepareBatch("INSERT INTO people (name, city, profession) VALUES (:name, :city, :profession)");
  people.forEach(person -> batch.bindMethods(person).add());
  return Arrays.stream(batch.execute()).sum();
}

// The table is emptied first, so that the hundred are all that is in it.
// `trace` shows what your connections and the server say to each other meanwhile.
handle.execute("TRUNCATE people RESTART IDENTITY");
trace(() -> addAll(generate(100)));
//> 0
//>   ms  jdbi
//>  ...  batch of 100: INSERT INTO people (name, city, profession) VALUES ($1, $2, $3)  first:
//>         ('Garnet VonRueden', 'New Nanci', 'Corporate Specialist')  100 rows
//>       1 session ... nothing left open

// With `reWriteBatchedInserts`, several rows travel in one INSERT, and the driver
// does not learn a count for each: -2 says "done, count unknown". Of three rows, two
// travel in one INSERT and the third in another, alone: that one keeps its count, 1.
int[] rewritten() throws SQLException {
  var source = (PGSimpleDataSource) settings().dataSource();
  source.setReWriteBatchedInserts(true);
  try (var mine = source.getConnection(); var row = mine.prepareStatement("INSERT INTO lesson_3.members VALUES (?)")) {
    for (int i = 1; i <= 3; i++) {
      row.setString(1, i + "@example.org");
      row.addBatch();
    }
    return row.executeBatch();
  }
}

Arrays.toString(rewritten())
//> "[-2, -2, 1]"

// ### Does it matter?
//
// A race: as many rows one by one, and as a batch.
void race(int count) throws SQLException {
  statement.execute("CREATE TEMPORARY TABLE IF NOT EXISTS race (name text)");
  try (var row = connection.prepareStatement("INSERT INTO race VALUES (?)")) {
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      row.setString(1, "runner " + i);
      row.executeUpdate();
    }
    long between = System.nanoTime();
    for (int i = 0; i < count; i++) {
      row.setString(1, "runner " + i);
      row.addBatch();
    }
    row.executeBatch();
    System.out.printf("a loop: %d ms, a batch: %d ms%n", (between - start) / 1_000_000, (System.nanoTime() - between) / 1_000_000);
  }
}

// Try it with a thousand, and run it twice: Java gets faster as it goes.
race(100)
//> a loop: ... ms, a batch: ... ms

// ## Read rows
//
// ### JDBC: row by row
//
// A result stands before its first row. NULL is a trap: an `int` cannot be null.
try (ResultSet rows = statement.executeQuery("VALUES (1), (NULL), (3)")) {
  while (rows.next()) {
    System.out.println(rows.getInt(1) + " or " + rows.getObject(1, Integer.class));
  }
}
//> 1 or 1
//> 0 or null
//> 3 or 3

// ### Jdbi: records
//
// Columns become components of the same name.
record Person(int id, String name, String city, String profession) {}

handle.createQuery("SELECT * FROM people WHERE id = :id").bind("id", 42).map(ConstructorMapper.of(Person.class)).one()
//> Person[id=42, name=Elias Herman, city=New Darryl, profession=Forward Hospitality Agent]

// Or write the mapper by hand: a lambda that is called for each row, and says what
// becomes of NULL. Here `NULLIF` makes one.
record Resident(String name, String home) {}

handle.createQuery("SELECT name, NULLIF(city, 'New Darryl') AS city FROM people WHERE id IN (41, 42) ORDER BY id").
    map((rows, context) -> new Resident(rows.getString("name"), Objects.requireNonNullElse(rows.getString("city"), "unknown"))).list()
//> [Resident[name=Jasmine Wolf, home=Johnsonmouth], Resident[name=Elias Herman, home=unknown]]

// ### Search
//
// `%` and `_` are wildcards, also in what a user typed. Here that is `100%`:
show("SELECT title, title LIKE '%100%%' AS naive, title LIKE '%100\\%%' AS escaped FROM (VALUES ('100% sure'), ('1001 nights')) AS titles (title)");
//>  title       | naive | escaped
//> -------------+-------+---------
//>  100% sure   | t     | t
//>  1001 nights | t     | f
//> (2 rows)

// ## One, ten, the rest
//
// One position in one result, and three ways to move it on.
ResultIterator<String> names = handle.createQuery("SELECT name FROM people ORDER BY id").mapTo(String.class).iterator();

List<String> take(int count) {
  List<String> some = new ArrayList<>();
  while (some.size() < count && names.hasNext()) {
    some.add(names.next());
  }
  return some;
}

take(1)
//> [Garnet VonRueden]

take(10)
//> [Joy Hermann, Tiffani Schaden, Teri Botsford, Ms. Guadalupe Gutmann, Shane Hermiston, Laurene Monahan, Julio Monahan, Nichol Ledner, Joan Connelly II, Marylee Bradtke]

take(1000).size()
//> 89

// These look as if they did the same. `setMaxRows` throws the other rows away, and
// a `ResultIterable` has no position: each call runs the query anew.
var all = handle.createQuery("SELECT name FROM people ORDER BY id").mapTo(String.class);

all.first() + ", and again: " + all.first()
//> "Garnet VonRueden, and again: Garnet VonRueden"

handle.createQuery("SELECT name FROM people ORDER BY id").setMaxRows(2).mapTo(String.class).list()
//> [Garnet VonRueden, Joy Hermann]

// `LIMIT` and `OFFSET` are another query. Try: delete a person between two pages.
show("SELECT id, name FROM people ORDER BY id LIMIT 2 OFFSET 2");
//>  id | name
//> ----+-----------------
//>   3 | Tiffani Schaden
//>   4 | Teri Botsford
//> (2 rows)

// Try: `take(1)` once more. And what if the iterator is made without ORDER BY,
// and you update a person first?
//
// ## More rows than memory holds
//
// A driver that may hold one megabyte, and a result of two.
int read(boolean autocommit) throws SQLException {
  PGSimpleDataSource small = (PGSimpleDataSource) settings().dataSource();
  small.setMaxResultBuffer("1M");
  try (Connection mine = small.getConnection(); Statement query = mine.createStatement()) {
    mine.setAutoCommit(autocommit);
    query.setFetchSize(500);
    int count = 0;
    try (ResultSet texts = query.executeQuery("SELECT repeat('x', 100) FROM generate_series(1, 20000)")) {
      while (texts.next()) {
        count++;
      }
    }
    return count;
  }
}

// A fetch size works inside a transaction only.
attempt(() -> read(true));
//> ! SQLSTATE 08S01 PSQLException: ...

read(false)
//> 20000

// ### A stream must not escape
//
// The handle is closed before a row has been read.
attempt(() -> jdbi().withHandle(mine -> mine.createQuery("SELECT name FROM people").mapTo(String.class).stream()).toList());
//> ! SQLSTATE 55000 ...

// ## Count and group
show("SELECT city, count(*) AS people FROM people GROUP BY city HAVING count(*) > 1");
//>  city         | people
//> --------------+--------
//>  Johnsonmouth |      2
//> (1 row)

// Try: the last word of a profession, `split_part(profession, ' ', -1)`. Which one
// occurs most often?
//
// ## Change and remove
//
// No person lives there? That is no error. Only the count tells.
handle.execute("UPDATE people SET city = ? WHERE city = ?", "Mathville", "Jonsonmouth")
//> 0

handle.execute("UPDATE people SET city = ? WHERE city = ?", "Mathville", "Johnsonmouth")
//> 2

handle.execute("DELETE FROM people WHERE city = ?", "Mathville")
//> 2

// ## Several tables at once
show("INSERT INTO loans (book_id, member) VALUES (1, 'Ann'), (3, 'Ann'), (2, 'Bob')");
show("SELECT member, title FROM loans JOIN books ON books.id = loans.book_id ORDER BY loans.id");
//> 3 rows changed
//>  member | title
//> --------+------------
//>  Ann    | Emma
//>  Ann    | Momo
//>  Bob    | Persuasion
//> (3 rows)

// A `LEFT JOIN` keeps the rows that have no partner. Try: count the loans of each
// book, those with none included.
show("INSERT INTO books (title, author) VALUES ('Jim Knopf', 'Ende')");
show("SELECT title, member FROM books LEFT JOIN loans ON loans.book_id = books.id ORDER BY books.id");
//> 1 row changed
//>  title      | member
//> ------------+--------
//>  Emma       | Ann
//>  Persuasion | Bob
//>  Momo       | Ann
//>  Jim Knopf  | NULL
//> (4 rows)

// ## Types
//
// A moment is written in the session's time zone, and stays the same moment.
show("SET TIME ZONE 'Asia/Kolkata'");
show("SELECT timestamptz '2026-07-01 20:00+02' AS starts");
//> 0 rows changed
//>  starts
//> ---------------------------
//>  2026-07-01 23:30:00+05:30
//> (1 row)

// In Java it is an `OffsetDateTime`. Money is a `BigDecimal`, and NULL is no 0.
try (ResultSet row = statement.executeQuery("SELECT timestamptz '2026-07-01 20:00+02', 0.10 + 0.20, NULL::integer, ARRAY['a', 'b'] && ARRAY['b']")) {
  row.next();
  System.out.println(row.getObject(1, OffsetDateTime.class).toInstant());
  System.out.println(row.getBigDecimal(2) + ", and not " + (0.10 + 0.20));
  System.out.println(row.getInt(3) + ", was NULL: " + row.wasNull());
  System.out.println(row.getBoolean(4));
}
//> 2026-07-01T18:00:00Z
//> 0.30, and not 0.30000000000000004
//> 0, was NULL: true
//> true

// A uuid is a `UUID`, an array is bound as one, and JSON travels as text. `?` would be
// a placeholder: the operator that asks for a key is written `??`.
try (PreparedStatement typed = statement.getConnection().prepareStatement("SELECT ?::uuid, ?::text[] @> ARRAY['a'], ?::jsonb ?? 'pages'")) {
  typed.setObject(1, UUID.fromString("00000000-0000-4000-8000-000000000001"));
  typed.setArray(2, typed.getConnection().createArrayOf("text", new String[] {"a", "b"}));
  typed.setString(3, "{\"pages\": 304}");
  try (ResultSet row = typed.executeQuery()) {
    row.next();
    System.out.println(row.getObject(1, UUID.class) + ", " + row.getBoolean(2) + ", " + row.getBoolean(3));
  }
}
//> 00000000-0000-4000-8000-000000000001, true, true

// ## SQL beside the method
//
// Jdbi writes the class; you write the SQL.
public interface PeopleDao {
  @SqlQuery("SELECT * FROM people WHERE profession LIKE :pattern ORDER BY id")
  @RegisterConstructorMapper(Person.class)
  List<Person> who(@Bind("pattern") String pattern);
  @SqlUpdate("DELETE FROM people WHERE id = :id")
  boolean remove(@Bind("id") int id);
}

PeopleDao dao = jdbi().installPlugin(new SqlObjectPlugin()).onDemand(PeopleDao.class);

show(dao.who("% Engineer"));
//>  id | name              | city         | profession
//> ----+-------------------+--------------+-------------------------
//>  28 | Charla Mohr II    | Port Kacey   | IT Engineer
//>  60 | Miss Janeth Mills | Corwinville  | Forward Engineer
//>  61 | Mrs. Oren Bayer   | Arlieborough | Forward Design Engineer
//> (3 rows)

dao.remove(1) + ", and again: " + dao.remove(1)
//> "true, and again: false"

// ## Going further
//
// ### RETURNING
//
// A change that returns what it changed.
show("DELETE FROM loans WHERE member = ? RETURNING id, book_id", "Ann");
//>  id | book_id
//> ----+---------
//>   2 |       1
//>   3 |       3
//> (2 rows)

// ### Add, or else change
for (String name : List.of("Ann", "Ann Lee")) {
  show("INSERT INTO members VALUES ('ann@example.org', ?) ON CONFLICT (email) DO UPDATE SET name = EXCLUDED.name RETURNING *", name);
}
//>  email           | name
//> -----------------+------
//>  ann@example.org | Ann
//> (1 row)
//>  email           | name
//> -----------------+---------
//>  ann@example.org | Ann Lee
//> (1 row)

// Which rule was broken? The driver's exception has what the server says of it.
try (Statement again = connection.createStatement()) {
  again.executeUpdate("INSERT INTO members VALUES ('ann@example.org', 'Anna')");
} catch (PSQLException e) {
  var said = e.getServerErrorMessage();
  System.out.println(said.getTable() + ", " + said.getConstraint() + ": " + said.getDetail());
}
//> members, members_pkey: Key (email)=(ann@example.org) already exists.

// ### COPY
//
// Many rows as one string. Try: spoil the second line. How many rows arrive?
connection.unwrap(PGConnection.class).getCopyAPI().
    copyIn("COPY books (title, author) FROM STDIN WITH (FORMAT csv)", new StringReader("Ulysses,Joyce\nDubliners,Joyce\n"))
//> 2

// All tables stay, until `freshSchema` is run again; connections close when you
// leave, or with `hangUp()`.
peek("books");
//>  id | title      | author
//> ----+------------+--------
//>   1 | Emma       | Austen
//>   2 | Persuasion | Austen
//>   3 | Momo       | Ende
//>   4 | Jim Knopf  | Ende
//>   5 | Ulysses    | Joyce
//>   6 | Dubliners  | Joyce
//> (6 rows)

// That was lesson 3. Next: `./workbook shell 4`, in which it is all or nothing.
