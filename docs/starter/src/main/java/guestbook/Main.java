package guestbook;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signs the guest book, and shows who signed last. */
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  private Main() {}

  /** Takes the guest's name as its argument. */
  public static void main(String[] args) {
    String guest = args.length == 0 ? "a stranger" : args[0];
    // One pool for the whole program: made once, closed at the end.
    try (HikariDataSource pool = new HikariDataSource(config(System.getenv()))) {
      Guestbook guestbook = new Guestbook(Jdbi.create(pool));
      guestbook.createTable();
      guestbook.sign(guest);
      for (Entry entry : guestbook.latest(3)) {
        LOG.info("{} was here at {}", entry.guest(), entry.signedAt());
      }
    }
  }

  // The password comes from the environment, and never from the source.
  private static HikariConfig config(Map<String, String> environment) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(
        environment.getOrDefault(
            "DATABASE_URL", "jdbc:postgresql://localhost:5432/postgres"));
    config.setUsername(environment.get("DATABASE_USER"));
    config.setPassword(environment.get("DATABASE_PASSWORD"));
    config.setMaximumPoolSize(4);
    return config;
  }
}
