package workbook.connect;

import static workbook.support.Todo.todo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import javax.sql.DataSource;

/** Your answers to lesson 1: {@link Connector} says what each has to do. */
public final class MyConnector implements Connector {

  @Override
  public Map<String, String> readSection(Path file, String section)
      throws IOException {
    // TODO: read the file's lines, and keep the pairs of this one section
    return todo("1.1");
  }

  @Override
  public Settings settings(Map<String, String> section) {
    // TODO: look up the five values, check them, and make a MySettings
    return todo("1.2");
  }

  @Override
  public Map<String, String> override(
      Map<String, String> section, Map<String, String> environment) {
    // TODO: copy the section, then let PGHOST and its four friends win
    return todo("1.3");
  }

  @Override
  public DataSource dataSource(Settings settings) {
    // TODO: hand the five settings to a data source of PostgreSQL's driver
    return todo("1.4");
  }

  @Override
  public String serverVersion(DataSource dataSource) {
    // TODO: make a Jdbi, open a handle, ask, and leave no handle open
    return todo("1.5");
  }

  /** Your settings: being a record, they have their five methods already. */
  record MySettings(
      String host, int port, String dbname, String user, String password)
      implements Settings {

    @Override
    public String toString() {
      // TODO: say where the database is and who connects, and no more
      return todo("1.6");
    }
  }
}
