package workbook.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.transactions.LendingDesk.Report;

/** Exercise 4.8: a report of one moment, while others write. */
interface ReportChecks {

  /** The answer to check, made anew. */
  LendingDesk answer();

  @Check(exercise = "4.8", points = 1)
  default void both_counts_are_of_one_moment(FreshDatabase database) {
    Library library = Library.in(database);
    AtomicInteger calls = new AtomicInteger();
    Runnable meanwhile =
        () -> {
          calls.incrementAndGet();
          library.lendFromOutside(1, 2);
        };

    Report report = answer().report(library.jdbi(), meanwhile);

    assertThat(calls.get()).as("calls of what happens meanwhile").isEqualTo(1);
    assertThat(report)
        .as("the report on 4 copies and no loan; a copy was lent after the stock was summed up")
        .isEqualTo(new Report(4, 0));
  }

  @Check(exercise = "4.8", points = 1)
  default void a_report_holds_nobody_up(FreshDatabase database) {
    Library library = Library.in(database);

    answer().report(library.jdbi(), () -> library.lendFromOutside(1, 2));
    Report second = answer().report(library.jdbi(), () -> library.lendFromOutside(1, 3));

    assertThat(library.loans())
        .as("the loans made while the two reports ran")
        .isEqualTo(List.of("1 to 2", "1 to 3"));
    assertThat(second)
        .as("the second report, when a first saw 4 copies and one was lent since")
        .isEqualTo(new Report(3, 1));
  }
}
