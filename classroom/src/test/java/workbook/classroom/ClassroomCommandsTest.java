package workbook.classroom;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import workbook.classroom.SampleWorkbook.Outcome;

class ClassroomCommandsTest {
  @Test
  void the_command_finds_the_teachers_commands() throws Exception {
    Outcome help = new SampleWorkbook().run("--help");

    assertThat(help.out()).contains("handout", "grade", "merge");
  }

  @Test
  void doctor_says_how_hand_ins_are_isolated() throws Exception {
    Outcome doctor = new SampleWorkbook().run("doctor");

    assertThat(doctor.out())
        .containsPattern(
            "fine  Grading      of others' answers: (isolated by (bubblewrap|a container)|not isolated|whether it is isolated did not show)");
  }
}
