package workbook.classroom.marking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import workbook.engine.protocol.CheckResult;
import workbook.engine.protocol.Status;

class MessageNormalizerTest {
  @Test
  void what_differs_from_run_to_run_is_taken_out() {
    assertThat(stable("Process 4711 waits for ShareLock on transaction 780; localhost:40123"))
        .isEqualTo("Process 1234 waits for ShareLock on transaction 1234; localhost:5432");
    assertThat(stable("no database \"workbook_0a1b2c3d_7\", role \"workbook_0a1b2c3d_8\""))
        .isEqualTo("no database \"workbook_1\", role \"workbook_2\"");
    assertThat(stable("/tmp/a/junit-123456/books.ini is gone; Books@1a2b3c"))
        .isEqualTo("folder/books.ini is gone; Books@1b2c3d4e");
  }

  @Test
  void what_a_learner_compares_stays() {
    String message = "expected: 40001\n but was: 23505, in 4 rows";

    assertThat(stable(message)).isEqualTo(message);
  }

  private static String stable(String message) {
    CheckResult result = new CheckResult("check", Status.FAILED, message, null, 5, "");
    return MessageNormalizer.of(result, List.of("workbook_0a1b2c3d_7", "workbook_0a1b2c3d_8"))
        .message();
  }
}
