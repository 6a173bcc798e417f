package workbook.sample;

import static workbook.support.Todo.todo;

import javax.sql.DataSource;

public final class MySample implements Sample {
  @Override
  public int add(int left, int right) {
    // TODO: add them
    return todo("1.1");
  }

  @Override
  public String user(DataSource dataSource) throws Exception {
    // TODO: ask the server
    return todo("1.2");
  }
}
