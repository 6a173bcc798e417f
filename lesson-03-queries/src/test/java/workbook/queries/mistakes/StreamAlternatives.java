package workbook.queries.mistakes;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static workbook.queries.mistakes.StreamMistakes.TITLES;
import static workbook.queries.mistakes.StreamMistakes.portion;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import workbook.grading.proofs.Alternative;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.8: right answers that differ from the reference. */
final class StreamAlternatives {
  private StreamAlternatives() {}

  @Alternative(
      exercise = "3.8",
      idea = "JDBC: autocommit off, a fetch size, and a loop over the `ResultSet`.")
  static class WithJdbc extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      try (Handle handle = jdbi.open()) {
        handle.getConnection().setAutoCommit(false);
        try (PreparedStatement statement = handle.getConnection().prepareStatement(TITLES)) {
          statement.setFetchSize(100);
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              action.accept(rows.getString(1));
            }
          }
        }
        handle.getConnection().rollback();
        handle.getConnection().setAutoCommit(true);
      } catch (SQLException e) {
        throw new IllegalStateException("The titles could not be read.", e);
      }
    }
  }

  @Alternative(
      exercise = "3.8",
      idea = "`DECLARE ... CURSOR` and `FETCH`, in a transaction.")
  static class DeclaredCursor extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      jdbi.useTransaction(
          handle -> {
            handle.execute("DECLARE titles NO SCROLL CURSOR FOR " + TITLES);
            List<String> portion = portion(handle);
            while (!portion.isEmpty()) {
              portion.forEach(action);
              portion = portion(handle);
            }
          });
    }
  }

  @Alternative(
      exercise = "3.8",
      idea = "`COPY ... TO STDOUT`, which needs neither a fetch size nor a transaction.")
  static class CopiedOut extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      String copy = "COPY (SELECT encode(convert_to(title, 'UTF8'), 'hex')"
          + " FROM books ORDER BY id) TO STDOUT";
      try (Handle handle = jdbi.open()) {
        CopyOut rows =
            handle.getConnection().unwrap(PGConnection.class).getCopyAPI().copyOut(copy);
        try {
          for (byte[] row = rows.readFromCopy(); row != null; row = rows.readFromCopy()) {
            String hex = new String(row, US_ASCII).strip();
            action.accept(new String(HexFormat.of().parseHex(hex), UTF_8));
          }
        } finally {
          if (rows.isActive()) {
            rows.cancelCopy();
          }
        }
      } catch (SQLException e) {
        throw new IllegalStateException("The titles could not be read.", e);
      }
    }
  }

  @Alternative(
      exercise = "3.8",
      idea =
          "`WITH HOLD`: the server keeps the result, and no transaction stays open "
          + "meanwhile.")
  static class HeldOpen extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      jdbi.useHandle(
          handle -> {
            handle.execute("DECLARE titles CURSOR WITH HOLD FOR " + TITLES);
            List<String> portion = portion(handle);
            while (!portion.isEmpty()) {
              portion.forEach(action);
              portion = portion(handle);
            }
          });
    }
  }

  @Alternative(
      exercise = "3.8",
      idea = "A `ResultIterator`, 2,000 rows at a time, in a serializable transaction.")
  static class WithIterator extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      jdbi.useTransaction(
          TransactionIsolationLevel.SERIALIZABLE,
          handle -> {
            try (ResultIterator<String> titles =
                handle
                    .createQuery("SELECT id, title FROM books ORDER BY id")
                    .setFetchSize(2_000)
                    .map((row, context) -> row.getString("title"))
                    .iterator()) {
              titles.forEachRemaining(action);
            }
          });
    }
  }

  @Alternative(
      exercise = "3.8",
      idea = "A list of 2,000 titles, filled from portions of 1,900, and then handed on.")
  static class ListsOfTwoThousand extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      jdbi.useTransaction(
          handle -> {
            List<String> load = new ArrayList<>();
            try (ResultIterator<String> titles =
                handle.createQuery(TITLES).setFetchSize(1_900).mapTo(String.class).iterator()) {
              while (titles.hasNext()) {
                load.add(titles.next());
                if (load.size() == 2_000) {
                  load.forEach(action);
                  load.clear();
                }
              }
            }
            load.forEach(action);
          });
    }
  }
}
