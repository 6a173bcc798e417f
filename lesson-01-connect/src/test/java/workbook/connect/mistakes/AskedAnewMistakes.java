package workbook.connect.mistakes;

import java.sql.SQLException;
import java.util.Map;
import java.util.WeakHashMap;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementException;
import org.postgresql.ds.PGSimpleDataSource;
import workbook.connect.reference.ReferenceConnector;
import workbook.grading.proofs.Mistake;

/** Exercise 1.5: the whole version, of the server that is there now. */
final class AskedAnewMistakes {
  private AskedAnewMistakes() {}

  private static String one(DataSource source, String query) {
    return Jdbi.create(source)
        .withHandle(handle -> handle.select(query).mapTo(String.class).one());
  }

  @Mistake(
      exercise = "1.5",
      violates = "each time anew: the same data source may lead to another server the next time",
      idea = "A data source's version does not change",
      because = """
          The server is updated while the program runs, or another one takes over its
          address. The program goes on with the old version.""",
      instead = "Ask each time.",
      rejectedBy = "the_version_is_what_the_server_says",
      says = "as SHOW server_version tells it",
      earns = 0)
  static class RemembersTheSource extends ReferenceConnector {
    private final Map<DataSource, String> known = new WeakHashMap<>();

    @Override
    public String serverVersion(DataSource dataSource) {
      return known.computeIfAbsent(dataSource, super::serverVersion);
    }
  }

  @Mistake(
      exercise = "1.5",
      violates = "from a server that says more; the whole string",
      idea = "The version is the first word",
      because = """
          The contract asks for what `SHOW server_version` returns. Behind the number it
          may say which package that is.""",
      instead = "Return the string as it is.",
      rejectedBy = "the_version_is_what_the_server_says",
      says = "as SHOW server_version tells it",
      earns = 1)
  static class TheFirstWord extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      return super.serverVersion(dataSource).split(" ")[0];
    }
  }

  @Mistake(
      exercise = "1.5",
      violates = "what the statement SHOW server_version returns",
      idea = "`server_version_num` says the same",
      because = """
          It has the number only; `SHOW server_version` may say more.""",
      instead = "Return what `SHOW server_version` returns.",
      rejectedBy = "the_version_is_what_the_server_says",
      says = "as SHOW server_version tells it",
      earns = 1)
  static class FromTheNumber extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      int number = Integer.parseInt(one(dataSource, "SHOW server_version_num"));
      return number / 10000 + "." + number % 10000;
    }
  }

  @Mistake(
      exercise = "1.5",
      violates = "what the statement SHOW server_version returns",
      idea = "The second word of `version()`",
      because = """
          It is the number only; `SHOW server_version` may say more.""",
      instead = "Return what `SHOW server_version` returns.",
      rejectedBy = "the_version_is_what_the_server_says",
      says = "as SHOW server_version tells it",
      earns = 1)
  static class TheSecondWord extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      return one(dataSource, "SELECT version()").split(" ")[1];
    }
  }

  @Mistake(
      exercise = "1.5",
      violates = "No query is tried a second time",
      idea = "A query that fails may work the second time",
      because = """
          Then the caller never hears that the first one failed. If and when to try again
          is for the caller to decide.""",
      instead = "Catch nothing.",
      rejectedBy = "what_fails_is_an_error_with_its_cause_and_leaves_nothing_open",
      says = "but the server refuses the first query",
      earns = 1)
  static class TriesAgain extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      try {
        return super.serverVersion(dataSource);
      } catch (StatementException e) {
        return super.serverVersion(dataSource);
      }
    }
  }

  @Mistake(
      exercise = "1.5",
      violates = "the metadata of a connection that this call has made",
      idea = "Metadata, read once for each server and port",
      because = """
          The driver knows what the server said when the connection was made. The next
          connection may be one to another server.""",
      instead = "Ask each time.",
      rejectedBy = "the_version_is_what_the_server_says",
      says = "as SHOW server_version tells it",
      earns = 0)
  static class MetadataOfTheFirst extends ReferenceConnector {
    private final Map<String, String> known = new java.util.HashMap<>();

    @Override
    public String serverVersion(DataSource dataSource) {
      String where =
          dataSource instanceof PGSimpleDataSource source ? source.getUrl() : "" + dataSource;
      String version = known.get(where);
      if (version == null) {
        version = Jdbi.create(dataSource).withHandle(handle -> metadata(handle.getConnection()));
        known.put(where, version);
      }
      return version;
    }

    private static String metadata(java.sql.Connection connection) {
      try {
        return connection.getMetaData().getDatabaseProductVersion();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
