package workbook.sample;

import java.nio.file.Path;
import java.sql.Connection;
import workbook.support.DatabaseSettings;

public final class Main {
  public static void main(String[] arguments) throws Exception {
    DatabaseSettings settings =
        DatabaseSettings.read(Path.of("db_info.ini"), "workbook", System.getenv());
    try (Connection connection = settings.dataSource().getConnection()) {
      System.out.println("Connected to " + connection.getCatalog());
    }
  }
}
