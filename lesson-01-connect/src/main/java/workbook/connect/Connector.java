package workbook.connect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import javax.sql.DataSource;
import workbook.support.Exercise;

/**
 * Lesson 1: the way from a settings file to a connection, in six steps.
 *
 * <p>Paragraphs that begin with <i>Also right</i> permit unusual answers: you
 * need not understand them to write yours.
 */
public interface Connector {

  /**
   * Reads one section of an INI file.
   *
   * <pre>
   * # where the library's database is
   * [library]
   * host = db.example.org
   * Password: a=b;c
   * </pre>
   *
   * <p>Section {@code library} of this file is {@code {host=db.example.org,
   * password=a=b;c}}. White space at a line's ends does not count; the rules
   * are about what is left of it:
   *
   * <ul>
   *   <li>an empty line, and one that begins with {@code #} or {@code ;}, says
   *       nothing;
   *   <li>one that begins with {@code [} and ends with {@code ]} begins the
   *       section whose name is exactly what is in between, blanks included;
   *       the name may be empty. If the file has begun a section of that name
   *       before, the lines that follow belong to the same section;
   *   <li>any other line is a key and a value, and belongs to the section that
   *       was begun last. Before the first section it belongs to none, not
   *       even to the one with the empty name. The first {@code =} or {@code
   *       :} parts them; white space around it does not count;
   *   <li>all that follows is the value, whatever characters it holds:
   *       quotation marks and backslashes mean nothing, and stay. It may be
   *       empty. The key may not;
   *   <li>upper and lower case are the same in a key: the map has every key
   *       in lower case, whatever the language of the computer, as {@code
   *       toLowerCase(Locale.ROOT)} writes it. In a section's name they
   *       differ;
   *   <li>if a key comes again in a section, the last value counts;
   *   <li>a line without {@code =} and {@code :}, such as {@code oops}, one
   *       without a key, such as {@code = value}, and one that begins with
   *       {@code [} but does not end with {@code ]}, such as {@code [oops},
   *       are errors, wherever in the file they are: in other sections, too,
   *       and before the first.
   * </ul>
   *
   * @param file a text file in UTF-8 without a byte order mark, in the default
   *     file system. Its lines end with {@code \n} or {@code \r\n}, the last
   *     one perhaps with neither; its other white space is blanks and tabs:
   *     there are no no-break spaces, and no other control characters
   * @param section a section's name, without brackets
   * @return the keys and values of that section and of no other; an empty map
   *     only if the section is there and has none. Each call reads the file
   *     anew and returns a map of its own. A caller may change a map that it
   *     got, and no later call changes it. You may return a map that cannot be
   *     changed
   * @throws IOException if the file cannot be read: it is missing, it is a
   *     folder (even {@code /}, which has no name), or it is not in UTF-8,
   *     wherever in the file that is, for example. If it is missing, the
   *     message has the file's name in it, as that of {@link
   *     java.nio.file.Files} does. A file's name is the last part of its path;
   *     the whole path will do. If a file is not in UTF-8 and has a line that
   *     is an error, too, you may throw either exception
   * @throws IllegalArgumentException if a line is an error, or if the file has
   *     no such section. For a line: the message has the file's name in it and
   *     the number of the first such line, also if the section is missing. The
   *     file's first line is 1. The message may be about more such lines. For a
   *     section: the message has the file's name and the section's in it
   */
  @Exercise(id = "1.1", title = "Read one section of an INI file")
  Map<String, String> readSection(Path file, String section)
      throws IOException;

  /**
   * Turns the strings of a section into typed settings.
   *
   * <p>The keys are {@code host}, {@code port}, {@code dbname}, {@code user}
   * and {@code password}; other keys are ignored: {@code HOST}, for example,
   * takes no missing host's place. A value that is empty counts as missing. A
   * missing host is {@code localhost}, a missing port is 5432. Values that are
   * not empty are taken as they are: one that consists of blanks is not empty.
   *
   * <p>A port is a whole number from 1 to 65535, written in decimal digits
   * with nothing around them, no blanks either. You may accept a {@code +} or
   * zeros in front and digits of other scripts, as {@link
   * Integer#parseInt(String)} does, or refuse them.
   *
   * @param section keys and their values, such as {@link #readSection}
   *     returns, none of them null; left as it is. Callers do not change it
   *     afterwards, either
   * @throws IllegalArgumentException if the dbname, the user or the password
   *     is missing (the message says which: it has the key in it, and is
   *     another one for each of the three), or if the port is no such number
   *     (the message has the key and the value in it). If several of these are
   *     wrong, the message may be about one of them or about more. No message
   *     shows the password, nor does that of a cause. So a wrong port is the
   *     only value that a message shows: a host, a dbname, a user or a right
   *     port can be equal to the password. Keys are no values: the message may
   *     name those that are there. (In the checks, a password is never a part
   *     of your own words or of the wrong port)
   */
  @Exercise(id = "1.2", title = "Make typed, checked settings")
  Settings settings(Map<String, String> section);

  /**
   * Lets environment variables win over what a section says.
   *
   * <p>{@code PGHOST} stands for {@code host}, {@code PGPORT} for {@code
   * port}, {@code PGDATABASE} for {@code dbname}, {@code PGUSER} for {@code
   * user}, {@code PGPASSWORD} for {@code password}. No other variable counts,
   * neither {@code PGSSLMODE} nor {@code pghost}. Their values are taken as
   * they are, blanks included. A variable that is not set, or set to the
   * empty string, changes nothing.
   *
   * @param section keys in lower case and their values, none of them null;
   *     left as it is
   * @param environment variables and their values, such as {@link
   *     System#getenv()}; take them from here and from nowhere else; left as
   *     it is
   * @return all of the section's keys and values, with those of the five
   *     replaced or added that the environment gives, and nothing else. It need
   *     not be a new map: afterwards, callers change neither it nor the section
   *     nor the environment
   */
  @Exercise(id = "1.3", title = "Let environment variables win")
  Map<String, String> override(
      Map<String, String> section, Map<String, String> environment);

  /**
   * Makes a data source. It does not connect yet, nor call the server in
   * another way. Each {@link DataSource#getConnection()} connects anew,
   * however often it has failed before. If that fails, whatever the reason, it
   * throws the driver's {@link java.sql.SQLException} as the driver made it,
   * and tries nothing else (what the driver tries by itself, such as a host's
   * second address, is fine). So each connection is one of its own, and ends
   * when it is closed: this is no pool. You may set more than the settings say,
   * such as an application name; what {@code getConnection(user, password)}
   * does is up to you.
   *
   * <p>All five settings count, and are handed on as they are, whatever
   * characters they hold; in place of a host's name, one of its addresses will
   * do. Passwords such as {@code p&ss=w%rd +@:/}, databases such as {@code
   * sales/2026 50%?} and users such as {@code o'neil @work} must work like any
   * other.
   *
   * @param settings the server, the database, and who connects to it
   */
  @Exercise(id = "1.4", title = "Make a data source for any password")
  DataSource dataSource(Settings settings);

  /**
   * Asks a server for its version, through Jdbi, each time anew: the same data
   * source may lead to another server the next time.
   *
   * <p>Every connection taken from the data source is closed on every path:
   * when this method returns, and when it throws, whatever failed, even if
   * that is an {@link Error}.
   *
   * <p><i>Also right:</i> in place of a query, to ask the metadata of a
   * connection that this call has made ({@link
   * java.sql.Connection#getMetaData()}); what you throw if that fails is up to
   * you. If closing itself fails, or a method of the connection that is not
   * about the query and its result, such as {@code setReadOnly}, it is up to
   * you what you return or throw.
   *
   * @param dataSource where to connect: any data source, not only the driver's.
   *     Its connections may be of any class, and need not lead to the driver's
   *     by {@code unwrap}. What they lead to is a PostgreSQL server, which
   *     answers any query that asks for its version
   * @return what the statement {@code SHOW server_version} returns, such as
   *     {@code 18.1}, or {@code 18.1 (Debian 18.1-1.pgdg13+2)} from a server
   *     that says more; the whole string, as it is
   * @throws org.jdbi.v3.core.ConnectionException if no connection can be
   *     made; its cause is the driver's exception itself, with SQLSTATE 28P01
   *     if the password is wrong
   * @throws org.jdbi.v3.core.JdbiException if the query fails, whatever the
   *     SQLSTATE, as Jdbi throws it: of a class of Jdbi's, but no
   *     ConnectionException, and the driver's exception is among its causes.
   *     No query is tried a second time
   */
  @Exercise(id = "1.5", title = "Ask for the version through Jdbi")
  String serverVersion(DataSource dataSource);

  /** Where a database is and who connects to it. */
  interface Settings {
    /** The server's name or address. */
    String host();

    /** The port it listens on, 1 to 65535. */
    int port();

    /** The database on that server. */
    String dbname();

    /** The role to connect as. */
    String user();

    /** The role's password. */
    String password();

    /**
     * A string for messages and logs. It has the host, the port, the dbname
     * and the user in it, each of them unchanged. None is left out, neither a
     * default such as 5432, nor a value that equals another value or is a part
     * of it. The port's digits stand one beside the other, without a separator
     * as in {@code 5,432}; they may be those of the computer's language, as
     * {@code %d} writes them. Nothing in it depends on the password, not even
     * on how long that is: settings that differ only in the password have the
     * same string.
     */
    @Exercise(id = "1.6", title = "Never print a password")
    @Override
    String toString();
  }
}
