package workbook.queries;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;
import workbook.grading.FreshDatabase;

/** Connects sessions whose time zone is that of some islands in the Pacific. */
final class ElsewhereSource extends PGSimpleDataSource {
  private static final long serialVersionUID = 1;

  ElsewhereSource(FreshDatabase database) {
    PGSimpleDataSource source = (PGSimpleDataSource) database.dataSource();
    setServerNames(source.getServerNames());
    setPortNumbers(source.getPortNumbers());
    setDatabaseName(source.getDatabaseName());
    setUser(source.getUser());
    setPassword(source.getPassword());
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = super.getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          FreshDatabase.aside("SET TIME ZONE 'Pacific/Chatham'"));
    }
    return connection;
  }
}
