package guestbook;

import static org.assertj.core.api.Assertions.assertThat;

import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.PostgreSQLContainer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** Each run starts a PostgreSQL in a container, and removes it afterwards. */
@Testcontainers
class GuestbookTest {
  @Container
  private static final PostgreSQLContainer<?> POSTGRES =
      new PostgreSQLContainer<>("postgres:18");

  private Guestbook guestbook;

  @BeforeEach
  void create_the_table() {
    guestbook =
        new Guestbook(
            Jdbi.create(
                POSTGRES.getJdbcUrl(), POSTGRES.getUsername(), POSTGRES.getPassword()));
    guestbook.createTable();
  }

  @Test
  void the_latest_guest_stands_first() {
    guestbook.sign("Momo");
    guestbook.sign("Robert'); DROP TABLE guests; --");

    assertThat(guestbook.latest(2))
        .extracting(Entry::guest)
        .containsExactly("Robert'); DROP TABLE guests; --", "Momo");
  }
}
