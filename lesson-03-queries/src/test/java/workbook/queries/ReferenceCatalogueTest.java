package workbook.queries;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import workbook.grading.FreshDatabase;
import workbook.queries.reference.ReferenceCatalogue;

/** Runs the checks of lesson 3 on the reference: green, so they can be met. */
final class ReferenceCatalogueTest extends CatalogueChecks {
  private static final String TABLES =
      """
      books     id          bigint    primary key, numbered by the server
                title       text      never NULL
                author      text      never NULL
                genre       text      NULL if none is given
                published   integer   the year; NULL if unknown

      members   id          bigint    primary key, numbered by the server
                name        text      never NULL
                email       text      never NULL, unique

      loans     id          bigint    primary key, numbered by the server
                book_id     bigint    never NULL, a book's id
                member_id   bigint    never NULL, a member's id
                lent_on     date      never NULL, today if nothing is said
                returned_on date      NULL while the book is out
      """;
  private static final Pattern COLUMN =
      Pattern.compile("(\\w*) +(\\w+) +(\\w+) +(.+)");

  @Override
  public Catalogue answer() {
    return new ReferenceCatalogue();
  }

  @Test
  void the_tables_are_as_the_contract_has_them(FreshDatabase database)
      throws SQLException {
    answer().createTables(database.dataSource());

    List<List<String>> columns =
        database.rows(
            """
            SELECT column_name, data_type, is_nullable
            FROM information_schema.columns
            WHERE table_schema = 'public'
            ORDER BY array_position(
                ARRAY['books', 'members', 'loans'], table_name::text),
              ordinal_position
            """);
    assertThat(columns)
        .isEqualTo(
            TABLES
                .lines()
                .map(COLUMN::matcher)
                .filter(Matcher::matches)
                .map(ReferenceCatalogueTest::column)
                .toList());
  }

  private static List<String> column(Matcher line) {
    boolean required = line.group(4).matches("(never NULL|primary key).*");
    return List.of(line.group(2), line.group(3), required ? "NO" : "YES");
  }
}
