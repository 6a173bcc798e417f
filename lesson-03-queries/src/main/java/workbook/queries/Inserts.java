package workbook.queries;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import workbook.support.DatabaseSettings;

/** Six ways to insert many people; {@link BatchRace} sets them on. */
final class Inserts {
  private static final String INSERT =
      "INSERT INTO race (name, city, profession) VALUES (?, ?, ?)";

  private final DatabaseSettings settings;

  Inserts(DatabaseSettings settings) {
    this.settings = settings;
  }

  List<Way> ways() {
    return List.of(
        new Way("loop, autocommit", this::loop),
        new Way("loop, one transaction", this::loopInOneTransaction),
        new Way("executeBatch", people -> batch(people, false)),
        new Way("reWriteBatchedInserts", people -> batch(people, true)),
        new Way("Jdbi PreparedBatch", this::preparedBatch),
        new Way("COPY", this::copy));
  }

  private void loop(List<NewPerson> people) throws SQLException {
    try (Connection connection = source().getConnection();
        PreparedStatement statement = connection.prepareStatement(INSERT)) {
      for (NewPerson person : people) {
        bind(statement, person);
        statement.executeUpdate();
      }
    }
  }

  private void loopInOneTransaction(List<NewPerson> people)
      throws SQLException {
    try (Connection connection = source().getConnection();
        PreparedStatement statement = connection.prepareStatement(INSERT)) {
      connection.setAutoCommit(false);
      for (NewPerson person : people) {
        bind(statement, person);
        statement.executeUpdate();
      }
      connection.commit();
    }
  }

  private void batch(List<NewPerson> people, boolean rewrite)
      throws SQLException {
    PGSimpleDataSource source = source();
    source.setReWriteBatchedInserts(rewrite);
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(INSERT)) {
      connection.setAutoCommit(false);
      for (NewPerson person : people) {
        bind(statement, person);
        statement.addBatch();
      }
      statement.executeBatch();
      connection.commit();
    }
  }

  private void preparedBatch(List<NewPerson> people) {
    Jdbi.create(source())
        .useTransaction(
            handle -> {
              PreparedBatch batch =
                  handle.prepareBatch(
                      "INSERT INTO race (name, city, profession)"
                          + " VALUES (:name, :city, :profession)");
              people.forEach(person -> batch.bindMethods(person).add());
              batch.execute();
            });
  }

  private void copy(List<NewPerson> people) throws SQLException, IOException {
    // COPY's own format: a line for each row, tabs between the values. These
    // values hold neither; what may hold them has to be escaped.
    StringBuilder lines = new StringBuilder();
    for (NewPerson person : people) {
      lines.append(person.name()).append('\t');
      lines.append(person.city()).append('\t');
      lines.append(person.profession()).append('\n');
    }
    try (Connection connection = source().getConnection()) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              "COPY race (name, city, profession) FROM STDIN",
              new StringReader(lines.toString()));
    }
  }

  private static void bind(PreparedStatement statement, NewPerson person)
      throws SQLException {
    statement.setString(1, person.name());
    statement.setString(2, person.city());
    statement.setString(3, person.profession());
  }

  private PGSimpleDataSource source() {
    return (PGSimpleDataSource) settings.dataSource();
  }

  /** A way to insert, and what to call it. */
  record Way(String name, Insert insert) {}

  /** What a way does. */
  @FunctionalInterface
  interface Insert {
    void all(List<NewPerson> people) throws SQLException, IOException;
  }
}
