package workbook.connect.mistakes;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.postgresql.ds.PGSimpleDataSource;
import workbook.connect.reference.ReferenceConnector;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;

/** Exercise 1.5: each step may fail, on any data source. */
final class FaultMistakes {
  private FaultMistakes() {}

  @Mistake(
      exercise = "1.5",
      violates = "no ConnectionException",
      idea = "A lost connection is a `ConnectionException`",
      because = """
          That one says that no connection can be made. Here one was made, and lost.""",
      instead = "Let Jdbi's exception through.",
      rejectedBy = "what_fails_is_an_error_with_its_cause_and_leaves_nothing_open",
      says = "ConnectionException, caused by 08006",
      earns = 1)
  static class LostIsNotMade extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      try {
        return super.serverVersion(dataSource);
      } catch (UnableToExecuteStatementException e) {
        SQLException cause = (SQLException) e.getCause();
        throw cause.getSQLState().startsWith("08") ? new ConnectionException(cause) : e;
      }
    }
  }

  @Mistake(
      exercise = "1.5",
      violates = "where to connect: any data source, not only the driver's",
      idea = "Behind each data source is the driver's",
      because = """
          A pool is a data source, too, and so is one in a test.""",
      instead = "Use the methods of `DataSource`.",
      rejectedBy = "the_version_is_what_the_server_says",
      says = "ClassCastException",
      earns = 0)
  static class TheDriversOnly extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      return super.serverVersion((PGSimpleDataSource) dataSource);
    }
  }

  @Mistake(
      exercise = "1.5",
      violates = "what the statement SHOW server_version returns",
      idea = "`split_part` takes the version out of `version()`",
      because = """
          It is the number only; `SHOW server_version` may say more.""",
      instead = "Return what `SHOW server_version` returns.",
      rejectedBy = "the_version_is_what_the_server_says",
      says = "as SHOW server_version tells it",
      earns = 1)
  static class PartOfVersion extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      String query = "SELECT split_part(version(), ' ', 2) AS server_version";
      return Jdbi.create(dataSource)
          .withHandle(handle -> handle.select(query).mapTo(String.class).one());
    }
  }

  @Mistake(
      exercise = "1.5",
      violates = "the whole string, as it is",
      idea = "Blanks at the ends say nothing",
      because = """
          The contract asks for what `SHOW server_version` returns.""",
      instead = "Return the string as it is.",
      rejectedBy = "the_version_is_what_the_server_says",
      says = "as SHOW server_version tells it",
      earns = 1)
  static class Strips extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      return super.serverVersion(dataSource).strip();
    }
  }

  @Mistake(
      exercise = "1.5",
      violates = "Every connection taken from the data source is closed on every path",
      idea = "Ask twice, and close the second handle by hand",
      because = """
          If the second question fails, the second connection stays open.""",
      instead = "Open each handle in a `try (...)`.",
      rejectedBy = "what_fails_is_an_error_with_its_cause_and_leaves_nothing_open",
      says = "and a connection of the data source is still open",
      earns = 1)
  static class TheSecondStaysOpen extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      String version = super.serverVersion(dataSource);
      Handle second = Jdbi.open(dataSource);
      String same = second.queryMetadata(DatabaseMetaData::getDatabaseProductVersion);
      second.close();
      return version.equals(same) ? version : same;
    }
  }

  @Mistake(
      exercise = "1.5",
      violates = "Every connection taken from the data source is closed on every path",
      idea = "Two handles, and then a `try`",
      because = """
          If the second cannot be opened, the first stays open.""",
      instead = "Open each handle in a `try (...)`.",
      rejectedBy = "what_fails_is_an_error_with_its_cause_and_leaves_nothing_open",
      says = "and a connection of the data source is still open",
      earns = 1)
  static class TheFirstStaysOpen extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      Handle first = Jdbi.open(dataSource);
      Handle second = Jdbi.open(dataSource);
      try (first;
          second) {
        return first.select("SHOW server_version").mapTo(String.class).one();
      }
    }
  }

  @Alternative(
      exercise = "1.5",
      idea = "Two connections, one after the other, each in a block that closes it.")
  static class Twice extends ReferenceConnector {
    @Override
    public String serverVersion(DataSource dataSource) {
      Jdbi jdbi = Jdbi.create(dataSource);
      jdbi.useHandle(handle -> handle.getConnection());
      return jdbi.withHandle(
          handle -> handle.queryMetadata(DatabaseMetaData::getDatabaseProductVersion));
    }
  }
}
