package workbook.sample.reference;

import javax.sql.DataSource;
import workbook.sample.Sample;

public final class ReferenceSample implements Sample {
  @Override
  public int add(int left, int right) {
    // Small numbers need no more than this.
    return left + right;
  }

  @Override
  public String user(DataSource dataSource) throws Exception {
    // The server knows; a setting may be wrong.
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement();
        var results = statement.executeQuery("SELECT current_user")) {
      results.next();
      return results.getString(1);
    }
  }
}
