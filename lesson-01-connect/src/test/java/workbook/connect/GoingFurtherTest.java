package workbook.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import workbook.grading.FreshDatabase;
import workbook.grading.Graded;
import workbook.support.DatabaseSettings;

/** The code of the lesson's last section. */
@Graded
class GoingFurtherTest {
  @TempDir Path folder;

  @Test
  void a_service_file_replaces_the_settings(FreshDatabase database)
      throws Exception {
    DatabaseSettings settings = database.settings();
    Path file = folder.resolve("db_info.ini");
    Files.writeString(
        file,
        """
        [workbook]
        host=%s
        port=%s
        dbname=%s
        user=%s
        password=%s
        """
            .formatted(
                settings.host(),
                settings.port(),
                settings.dbname(),
                settings.user(),
                settings.password()));
    System.setProperty("org.postgresql.pgservicefile", file.toString());

    String url = "jdbc:postgresql://?service=workbook";
    try (Connection connection = DriverManager.getConnection(url)) {
      assertThat(connection.getCatalog()).isEqualTo(settings.dbname());
    } finally {
      System.clearProperty("org.postgresql.pgservicefile");
    }
  }

  @Test
  void a_password_file_knows_the_password(FreshDatabase database)
      throws Exception {
    DatabaseSettings settings = database.settings();
    Path file = folder.resolve("pgpass");
    Files.writeString(
        file,
        "%s:%s:%s:%s:%s%n"
            .formatted(
                settings.host(),
                settings.port(),
                settings.dbname(),
                settings.user(),
                settings.password()));
    System.setProperty("org.postgresql.pgpassfile", file.toString());

    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setServerNames(new String[] {settings.host()});
    dataSource.setPortNumbers(new int[] {settings.port()});
    dataSource.setDatabaseName(settings.dbname());
    dataSource.setUser(settings.user());
    try (Connection connection = dataSource.getConnection()) {
      assertThat(connection.getCatalog()).isEqualTo(settings.dbname());
    } finally {
      System.clearProperty("org.postgresql.pgpassfile");
    }
  }

  @Test
  void a_server_without_a_certificate_is_not_believed(
      FreshDatabase database) {
    PGSimpleDataSource dataSource = (PGSimpleDataSource) database.dataSource();
    dataSource.setSslMode("verify-full");
    dataSource.setSslRootCert("company-ca.crt"); // the authority

    assertThatThrownBy(() -> dataSource.getConnection())
        .isInstanceOf(SQLException.class);
  }

  @Test
  void a_pool_lends_the_same_connection_again(FreshDatabase database) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(database.dataSource());
    config.setMaximumPoolSize(4);

    try (HikariDataSource pool = new HikariDataSource(config)) {
      Jdbi jdbi = Jdbi.create(pool);
      int first = serverProcess(jdbi);
      int second = serverProcess(jdbi);

      assertThat(second).isEqualTo(first);
    }
  }

  @Test
  void a_pool_connects_when_it_is_made(FreshDatabase database) {
    PGSimpleDataSource dataSource =
        (PGSimpleDataSource) database.dataSource();
    dataSource.setPassword("wrong");
    HikariConfig config = new HikariConfig();
    config.setDataSource(dataSource);

    assertThatThrownBy(() -> new HikariDataSource(config).close())
        .isInstanceOf(PoolInitializationException.class)
        .hasRootCauseInstanceOf(SQLException.class);
  }

  private static int serverProcess(Jdbi jdbi) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT pg_backend_pid()")
                .mapTo(int.class)
                .one());
  }
}
