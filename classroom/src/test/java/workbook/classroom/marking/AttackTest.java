package workbook.classroom.marking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import workbook.engine.ProjectRoot;
import workbook.engine.course.Course;

class AttackTest {
  private static final String STATUS =
      "(failed|timed out|crashed|does not compile|not allowed|tampering)";

  @Test
  void each_attack_says_what_it_comes_to() {
    List<Attack> attacks = Attack.all(Course.read(ProjectRoot.find()).lessons().get(0));

    assertThat(attacks).hasSizeGreaterThan(70);
    assertThat(attacks).extracting(Attack::name).doesNotHaveDuplicates();
    assertThat(attacks).extracting(Attack::expect).allMatch(AttackTest::isOutcome);
    assertThat(attacks)
        .filteredOn(attack -> attack.letThrough() != null)
        .allSatisfy(attack -> assertThat(attack.expect()).isEqualTo("not allowed"))
        .extracting(Attack::letThrough)
        .allMatch(AttackTest::isOutcome);
  }

  private static boolean isOutcome(String expect) {
    return expect.matches("not attempted|" + STATUS + "( (and|or) " + STATUS + ")*");
  }
}
