package workbook.connect.mistakes;

import java.lang.reflect.Proxy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.util.Properties;
import javax.sql.DataSource;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;
import workbook.connect.reference.ReferenceConnector;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;

/** Exercise 1.4: five settings, as they are. */
final class HandedOnMistakes {
  private HandedOnMistakes() {}

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Mistake(
      exercise = "1.4",
      violates = "All five settings count",
      idea = "The database is clear without being said",
      because = """
          To the driver it is: it has the name of the user. Often it even has.""",
      instead = "Hand on all five settings.",
      rejectedBy = "any_character_may_be_in_a_password_or_a_name",
      says = "database and user, as the server sees the connection",
      earns = 1)
  static class ForgetsTheDatabase extends ReferenceConnector {
    @Override
    public DataSource dataSource(Settings settings) {
      PGSimpleDataSource source = (PGSimpleDataSource) super.dataSource(settings);
      source.setDatabaseName(null);
      return source;
    }
  }

  @Mistake(
      exercise = "1.4",
      violates = "All five settings count",
      idea = "User and database have the same name",
      because = """
          They have on many computers, and nowhere have to.""",
      instead = "Hand on all five settings.",
      rejectedBy = "any_character_may_be_in_a_password_or_a_name",
      says = "The database is «",
      earns = 2)
  static class TakesTheDatabaseForTheUser extends ReferenceConnector {
    @Override
    public DataSource dataSource(Settings settings) {
      PGSimpleDataSource source = (PGSimpleDataSource) super.dataSource(settings);
      source.setUser(settings.dbname());
      return source;
    }
  }

  @Mistake(
      exercise = "1.4",
      violates = "are handed on as they are, whatever characters they hold",
      idea = "Blanks at the ends of a password are typing errors",
      because = """
          They are part of it. A password is compared, not read.""",
      instead = "Hand it on as it is.",
      rejectedBy = "any_character_may_be_in_a_password_or_a_name",
      says = "The password is «",
      earns = 2)
  static class StripsThePassword extends ReferenceConnector {
    @Override
    public DataSource dataSource(Settings settings) {
      PGSimpleDataSource source = (PGSimpleDataSource) super.dataSource(settings);
      source.setPassword(settings.password().strip());
      return source;
    }
  }

  @Mistake(
      exercise = "1.4",
      violates = "are handed on as they are, whatever characters they hold",
      idea = "Encode everything: that is always safe",
      because = """
          Only in a URL. A setter takes the password as it is, and `p%26ss` is
          another password.""",
      instead = "Hand the values to the setters as they are.",
      rejectedBy = "any_character_may_be_in_a_password_or_a_name",
      says = "The password is «",
      earns = 2)
  static class EncodesForTheSetters extends ReferenceConnector {
    @Override
    public DataSource dataSource(Settings settings) {
      PGSimpleDataSource source = (PGSimpleDataSource) super.dataSource(settings);
      source.setPassword(URLEncoder.encode(settings.password(), StandardCharsets.UTF_8));
      return source;
    }
  }

  @Mistake(
      exercise = "1.4",
      violates = "users such as o'neil @work must work like any other",
      idea = "Nobody has odd characters in a user name",
      because = """
          `o'neil @work/%41?a=b` has: `%41` is an `A` in a URL, and `&` ends the
          value.""",
      instead = "Escape every part, or build no URL at all.",
      rejectedBy = "any_character_may_be_in_a_password_or_a_name",
      says = "The user is «",
      earns = 2)
  static class UserAsItIs extends ReferenceConnector {
    @Override
    public DataSource dataSource(Settings settings) {
      PGSimpleDataSource source = new PGSimpleDataSource();
      source.setUrl(
          "jdbc:postgresql://%s:%d/%s?user=%s&password=%s"
              .formatted(
                  settings.host(),
                  settings.port(),
                  encoded(settings.dbname()),
                  settings.user(),
                  encoded(settings.password())));
      return source;
    }
  }

  @Alternative(
      exercise = "1.4",
      idea = "A `DataSource` made by hand, around `DriverManager` and its `Properties`.")
  static class ByHand extends ReferenceConnector {
    @Override
    public DataSource dataSource(Settings settings) {
      Properties properties = new Properties();
      properties.setProperty("user", settings.user());
      properties.setProperty("password", settings.password());
      String url =
          "jdbc:postgresql://%s:%d/%s"
              .formatted(settings.host(), settings.port(), encoded(settings.dbname()));
      return (DataSource)
          Proxy.newProxyInstance(
              ByHand.class.getClassLoader(),
              new Class<?>[] {DataSource.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("getConnection")) {
                  return DriverManager.getConnection(url, properties);
                }
                throw new UnsupportedOperationException(method.getName());
              });
    }
  }

  @Alternative(
      exercise = "1.4",
      idea = "The driver's `PGProperty` for all five, and no URL.")
  static class ByProperty extends ReferenceConnector {
    @Override
    public DataSource dataSource(Settings settings) {
      PGSimpleDataSource source = new PGSimpleDataSource();
      source.setProperty(PGProperty.PG_HOST, settings.host());
      source.setProperty(PGProperty.PG_PORT, String.valueOf(settings.port()));
      source.setProperty(PGProperty.PG_DBNAME, settings.dbname());
      source.setProperty(PGProperty.USER, settings.user());
      source.setProperty(PGProperty.PASSWORD, settings.password());
      return source;
    }
  }
}
