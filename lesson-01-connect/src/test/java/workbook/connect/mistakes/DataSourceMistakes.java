package workbook.connect.mistakes;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import workbook.connect.reference.ReferenceConnector;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;

/** Exercise 1.4: a data source for any password. */
final class DataSourceMistakes {
  private DataSourceMistakes() {}

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Mistake(
      exercise = "1.4",
      violates = "Passwords such as p&ss=w%rd +@:/",
      idea = "Glue a URL together",
      because = """
          In a URL, `&` ends a value, `%` begins an escaped character, and `+`
          is a blank. Any of them in a password breaks the URL, or changes the
          password. The driver's message then shows it to everybody.""",
      instead = "Use the setters of `PGSimpleDataSource`: nothing to escape.",
      rejectedBy = "any_character_may_be_in_a_password_or_a_name",
      says = "What do its characters mean in a URL?",
      earns = 2)
  static class GluesAUrl extends ReferenceConnector {
    @Override
    public DataSource dataSource(Settings settings) {
      PGSimpleDataSource dataSource = new PGSimpleDataSource();
      dataSource.setUrl(
          "jdbc:postgresql://%s:%d/%s?user=%s&password=%s"
              .formatted(
                  settings.host(),
                  settings.port(),
                  settings.dbname(),
                  settings.user(),
                  settings.password()));
      return dataSource;
    }
  }

  @Mistake(
      exercise = "1.4",
      violates = "databases such as sales/2026 50%?",
      idea = "Only passwords need escaping",
      because = """
          Whatever stands in a URL does. A database may be called
          `sales/2026 50%?`, and the `?` ends its name.""",
      instead = "Escape every part, or build no URL at all.",
      rejectedBy = "any_character_may_be_in_a_password_or_a_name",
      says = "What do its characters mean in a URL?",
      earns = 2)
  static class EscapesThePassword extends ReferenceConnector {
    @Override
    public DataSource dataSource(Settings settings) {
      PGSimpleDataSource dataSource = new PGSimpleDataSource();
      dataSource.setUrl(
          "jdbc:postgresql://%s:%d/%s?user=%s&password=%s"
              .formatted(
                  settings.host(),
                  settings.port(),
                  settings.dbname(),
                  settings.user(),
                  encoded(settings.password())));
      return dataSource;
    }
  }

  @Mistake(
      exercise = "1.4",
      violates = "Makes a data source",
      idea = "The address that `psql` takes",
      because = """
          `postgresql://user:password@host/dbname` is an address for libpq,
          PostgreSQL's own library. JDBC's begin with `jdbc:`, and have no user
          before the host.""",
      instead = "Let the data source make its URL.",
      rejectedBy = "a_connection_goes_where_the_settings_say",
      says = "expected: a connection",
      earns = 0)
  static class AddressForLibpq extends ReferenceConnector {
    @Override
    public DataSource dataSource(Settings settings) {
      PGSimpleDataSource dataSource = new PGSimpleDataSource();
      dataSource.setUrl(
          "postgresql://%s:%s@%s:%d/%s"
              .formatted(
                  encoded(settings.user()),
                  encoded(settings.password()),
                  settings.host(),
                  settings.port(),
                  encoded(settings.dbname())));
      return dataSource;
    }
  }

  @Mistake(
      exercise = "1.4",
      violates = "It does not connect yet",
      idea = "Connect once, to see whether the settings are right",
      because = """
          Making a data source must not need a server. Whoever makes one at the
          start of a program could not start before the database does.""",
      instead = "Hand the settings on; the first `getConnection()` will tell.",
      rejectedBy = "a_wrong_password_shows_when_a_connection_is_asked_for",
      says = "A data source connects when asked to, not when made",
      earns = 0)
  static class ConnectsAtOnce extends ReferenceConnector {
    @Override
    public DataSource dataSource(Settings settings) {
      DataSource dataSource = super.dataSource(settings);
      try {
        dataSource.getConnection().close();
      } catch (SQLException e) {
        throw new IllegalStateException("wrong settings", e);
      }
      return dataSource;
    }
  }

  @Mistake(
      exercise = "1.4",
      violates = "All five settings count",
      idea = "The user is clear without being said",
      because = """
          To the driver it is: it takes the name of the computer's user, whom
          the server does not know.""",
      instead = "Hand on all five settings.",
      rejectedBy = "a_connection_goes_where_the_settings_say",
      says = "all come from the settings?",
      earns = 1)
  static class ForgetsTheUser extends ReferenceConnector {
    @Override
    public DataSource dataSource(Settings settings) {
      PGSimpleDataSource dataSource = new PGSimpleDataSource();
      dataSource.setServerNames(new String[] {settings.host()});
      dataSource.setPortNumbers(new int[] {settings.port()});
      dataSource.setDatabaseName(settings.dbname());
      dataSource.setPassword(settings.password());
      return dataSource;
    }
  }

  @Mistake(
      exercise = "1.4",
      violates = "All five settings count",
      idea = "The host is clear without being said",
      because = """
          To the driver it is: localhost. As long as the server runs on your own computer nobody
          notices; and then the program calls the wrong one.""",
      instead = "Hand on all five settings.",
      rejectedBy = "any_character_may_be_in_a_password_or_a_name",
      says = "is the host handed on?",
      earns = 2)
  static class ForgetsTheHost extends ReferenceConnector {
    @Override
    public DataSource dataSource(Settings settings) {
      PGSimpleDataSource dataSource = new PGSimpleDataSource();
      dataSource.setPortNumbers(new int[] {settings.port()});
      dataSource.setDatabaseName(settings.dbname());
      dataSource.setUser(settings.user());
      dataSource.setPassword(settings.password());
      return dataSource;
    }
  }

  @Alternative(
      exercise = "1.4",
      idea = "A URL all of whose parts are escaped with `URLEncoder`.")
  static class EscapesEveryPart extends ReferenceConnector {
    @Override
    public DataSource dataSource(Settings settings) {
      PGSimpleDataSource dataSource = new PGSimpleDataSource();
      dataSource.setUrl(
          "jdbc:postgresql://%s:%d/%s?user=%s&password=%s"
              .formatted(
                  settings.host(),
                  settings.port(),
                  encoded(settings.dbname()),
                  encoded(settings.user()),
                  encoded(settings.password())));
      return dataSource;
    }
  }
}
