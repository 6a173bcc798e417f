package workbook.engine.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import workbook.engine.protocol.HostReply;
import workbook.engine.protocol.WorkerEvent;

/** What is heard of a process that speaks as a worker does. */
@DisabledOnOs(OS.WINDOWS)
class WorkerProcessTest {
  private static final String WORKER =
      """
      read start
      seal=${start#*'"seal":"'}
      seal=${seal%%'"'*}
      number=0
      say() {
        number=$((number + 1))
        printf '{"seal":"%s","number":%s,%s}\\n' "$seal" $number "$1"
      }
      check() {
        say '"event":{"kind":"STARTED","check":"'$1'"}'
        say '"call":{"id":'$number',"kind":"DISCARD","database":"of_'$1'"}'
        say '"event":{"kind":"FINISHED","result":{"name":"'$1'","status":"PASSED"}}'
      }
      check a
      check b
      read more
      """;

  @Test
  void which_databases_a_check_gave_back_does_not_depend_on_when_calls_are_answered() {
    List<Set<String>> givenBack = new ArrayList<>();
    try (WorkerProcess worker =
        new WorkerProcess(
            new ProcessBuilder("sh", "-c", WORKER),
            List.of(),
            null,
            0,
            call -> HostReply.refused(call.id(), "later"))) {
      while (givenBack.size() < 2) {
        WorkerMessage message = worker.next(Duration.ofMinutes(1)).orElseThrow();
        if (message instanceof WorkerMessage.Event event
            && event.event().kind() == WorkerEvent.Kind.FINISHED) {
          givenBack.add(event.givenBack());
        }
        assertThat(message).isInstanceOf(WorkerMessage.Event.class);
      }
    }

    assertThat(givenBack).containsExactly(Set.of("of_a"), Set.of("of_b"));
  }
}
