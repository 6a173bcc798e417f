package workbook.sample;

import javax.sql.DataSource;
import workbook.support.Exercise;

public interface Sample {
  @Exercise(id = "1.1", title = "Add two numbers")
  int add(int left, int right);

  @Exercise(id = "1.2", title = "Ask who I am")
  String user(DataSource dataSource) throws Exception;
}
