package workbook.sample;

import static org.assertj.core.api.Assertions.assertThat;

import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.grading.Graded;

@Graded
abstract class SampleChecks {
  abstract Sample answer();

  @Check(exercise = "1.1", points = 1)
  void one_and_two_make_three() {
    assertThat(answer().add(1, 2)).as("1 + 2").isEqualTo(3);
  }

  @Check(exercise = "1.1", points = 2)
  void order_does_not_matter() {
    assertThat(answer().add(2, 1)).as("2 + 1").isEqualTo(answer().add(1, 2));
  }

  @Check(exercise = "1.2", points = 4)
  void the_server_knows_the_user(FreshDatabase database) throws Exception {
    assertThat(answer().user(database.dataSource()))
        .as("the user")
        .isEqualTo(database.settings().user());
  }
}
