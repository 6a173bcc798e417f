package guestbook;

import java.time.OffsetDateTime;

/**
 * A line of the guest book.
 *
 * @param guest who signed
 * @param signedAt when, as the server's clock had it
 */
public record Entry(String guest, OffsetDateTime signedAt) {}
