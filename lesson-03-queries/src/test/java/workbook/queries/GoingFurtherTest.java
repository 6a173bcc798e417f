package workbook.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.StringReader;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import workbook.grading.FreshDatabase;
import workbook.grading.Graded;
import workbook.queries.Catalogue.Book;

/** The code of the lesson's last section. */
@Graded
class GoingFurtherTest {

  @Test
  void returning_makes_a_query_of_a_change(FreshDatabase database) {
    Library.stocked(database);
    Jdbi jdbi = Jdbi.create(database.dataSource());
    List<Book> changed =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        UPDATE books SET genre = 'gothic'
                        WHERE genre = :genre
                        RETURNING *
                        """)
                    .bind("genre", "horror")
                    .map(ConstructorMapper.of(Book.class))
                    .list());

    assertThat(changed)
        .extracting(Book::title, Book::genre)
        .containsExactlyInAnyOrder(
            tuple("Dracula", "gothic"),
            tuple("Carmilla", "gothic"));
  }

  @Test
  void an_upsert_adds_or_changes(FreshDatabase database) {
    Library.stocked(database);
    String upsert =
        """
        INSERT INTO members (name, email) VALUES (:name, :email)
        ON CONFLICT (email) DO UPDATE SET name = EXCLUDED.name
        RETURNING id
        """;
    long id =
        Jdbi.create(database.dataSource())
            .withHandle(
                handle ->
                    handle
                        .createQuery(upsert)
                        .bind("name", "Jane Lee-Kern")
                        .bind("email", "jane@rustmore.example")
                        .mapTo(Long.class)
                        .one());

    assertThat(id).isEqualTo(1);
    assertThat(database.rows("SELECT name FROM members ORDER BY id"))
        .containsExactly(List.of("Jane Lee-Kern"), List.of("Ada Kern"));
  }

  @Test
  void copy_moves_whole_files(FreshDatabase database) throws Exception {
    Library.empty(database);
    String csv =
        """
        title,author,published
        "Emma, annotated",Austen,1815
        Beowulf,unknown,
        """;
    StringWriter copied = new StringWriter();
    try (Connection connection = database.dataSource().getConnection()) {
      CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
      long rows =
          copy.copyIn(
              "COPY books (title, author, published) FROM STDIN"
                  + " WITH (FORMAT csv, HEADER)",
              new StringReader(csv));
      copy.copyOut(
          "COPY (SELECT title, author, published FROM books ORDER BY id)"
              + " TO STDOUT WITH (FORMAT csv, HEADER)",
          copied);

      assertThat(rows).isEqualTo(2);
    }

    assertThat(copied.toString()).isEqualTo(csv);
  }

  @Test
  void jdbc_streams_from_the_server(FreshDatabase database) throws Exception {
    Library.stocked(database);
    List<String> titles = new ArrayList<>();
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.setFetchSize(2);
      try (ResultSet results =
          statement.executeQuery("SELECT title FROM books ORDER BY id")) {
        while (results.next()) {
          titles.add(results.getString("title"));
        }
      }
      connection.commit();
    }

    assertThat(titles).hasSize(5).startsWith("Emma", "Dracula");
  }

  @Test
  void rows_of_a_join_are_folded_into_lists(FreshDatabase database) {
    Library.stocked(database);
    String query =
        """
        SELECT members.name, books.title FROM members
        JOIN loans ON loans.member_id = members.id
        JOIN books ON books.id = loans.book_id
        ORDER BY members.name, books.title
        """;
    Jdbi jdbi = Jdbi.create(database.dataSource());
    Map<String, List<String>> titlesByMember =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(query)
                    .reduceRows(
                        new LinkedHashMap<String, List<String>>(),
                        (titles, row) -> {
                          titles
                              .computeIfAbsent(
                                  row.getColumn("name", String.class),
                                  name -> new ArrayList<>())
                              .add(row.getColumn("title", String.class));
                          return titles;
                        }));

    assertThat(titlesByMember)
        .containsEntry("Ada Kern", List.of("Emma"))
        .containsEntry("Jane Lee", List.of("Beowulf", "Dracula"));
  }
}
