package guestbook;

import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** A table of guests. */
public final class Guestbook {
  private final Jdbi jdbi;

  public Guestbook(Jdbi jdbi) {
    this.jdbi = jdbi;
    jdbi.registerRowMapper(ConstructorMapper.factory(Entry.class));
  }

  /** Creates the table, unless it is there. */
  public void createTable() {
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                CREATE TABLE IF NOT EXISTS guests (
                  id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                  guest     text NOT NULL,
                  signed_at timestamptz NOT NULL DEFAULT now()
                )
                """));
  }

  /** Adds a guest, in a transaction: commits at the end, rolls back if it fails. */
  public void sign(String guest) {
    jdbi.useTransaction(
        handle ->
            handle
                .createUpdate("INSERT INTO guests (guest) VALUES (:guest)")
                .bind("guest", guest)
                .execute());
  }

  /** The guests who signed last, the latest first. */
  public List<Entry> latest(int count) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT guest, signed_at FROM guests
                    ORDER BY signed_at DESC, id DESC LIMIT :count
                    """)
                .bind("count", count)
                .mapTo(Entry.class)
                .list());
  }
}
