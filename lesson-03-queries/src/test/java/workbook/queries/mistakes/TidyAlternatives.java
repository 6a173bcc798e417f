package workbook.queries.mistakes;

import static workbook.queries.mistakes.TidyMistakes.remove;
import static workbook.queries.mistakes.TidyMistakes.rename;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import workbook.grading.proofs.Alternative;
import workbook.queries.Catalogue.Tidied;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.7: right answers that differ from the reference. */
final class TidyAlternatives {
  private TidyAlternatives() {}

  @Alternative(
      exercise = "3.7",
      idea = "Rows that `RETURNING` brings back, counted.")
  static class WithReturning extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      return jdbi.withHandle(
          handle ->
              new Tidied(
                  handle
                      .select(
                          "UPDATE books SET genre = ? WHERE genre = ? RETURNING id",
                          newGenre,
                          genre)
                      .mapTo(long.class)
                      .list()
                      .size(),
                  handle
                      .select("DELETE FROM books WHERE id = ? RETURNING id", bookId)
                      .mapTo(long.class)
                      .findFirst()
                      .isPresent()));
    }
  }

  @Alternative(
      exercise = "3.7",
      idea = "`MERGE` for the rename, and a transaction for each statement.")
  static class WithMerge extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      int renamed =
          jdbi.inTransaction(
              handle ->
                  handle.execute(
                      "MERGE INTO books USING (SELECT ?::text AS old, ?::text AS new) AS names"
                          + " ON genre = old WHEN MATCHED THEN UPDATE SET genre = new",
                      genre,
                      newGenre));
      return new Tidied(renamed, jdbi.inTransaction(handle -> remove(handle, bookId)) > 0);
    }
  }

  @Alternative(
      exercise = "3.7",
      idea = "The rows locked first, and then counted: nobody can come in between.")
  static class WithLocks extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      int renamed = jdbi.withHandle(handle -> rename(handle, genre, newGenre));
      boolean removed =
          jdbi.inTransaction(
              handle -> {
                boolean there =
                    handle
                        .select("SELECT id FROM books WHERE id = ? FOR UPDATE", bookId)
                        .mapTo(long.class)
                        .findOne()
                        .isPresent();
                remove(handle, bookId);
                return there;
              });
      return new Tidied(renamed, removed);
    }
  }

  @Alternative(
      exercise = "3.7",
      idea = "JDBC on the handle's connection.")
  static class WithJdbc extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      try (Handle handle = jdbi.open();
          PreparedStatement rename =
              handle
                  .getConnection()
                  .prepareStatement("UPDATE books SET genre = ? WHERE genre = ?");
          PreparedStatement remove =
              handle.getConnection().prepareStatement("DELETE FROM books WHERE id = ?")) {
        rename.setString(1, newGenre);
        rename.setString(2, genre);
        int renamed = rename.executeUpdate();
        remove.setLong(1, bookId);
        return new Tidied(renamed, remove.executeUpdate() == 1);
      } catch (SQLException e) {
        throw new IllegalStateException("The catalogue could not be tidied.", e);
      }
    }
  }

  @Alternative(
      exercise = "3.7",
      idea = "One transaction, and a savepoint that keeps the rename.")
  static class WithSavepoint extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      List<JdbiException> refusals = new ArrayList<>();
      Tidied tidied =
          jdbi.inTransaction(
              handle -> {
                int renamed = rename(handle, genre, newGenre);
                handle.savepoint("renamed");
                try {
                  return new Tidied(renamed, remove(handle, bookId) == 1);
                } catch (JdbiException e) {
                  handle.rollbackToSavepoint("renamed");
                  refusals.add(e);
                  return new Tidied(renamed, false);
                }
              });
      for (JdbiException refusal : refusals) {
        throw refusal;
      }
      return tidied;
    }
  }
}
