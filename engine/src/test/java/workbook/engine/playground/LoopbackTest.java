package workbook.engine.playground;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopbackTest {
  @Test
  void a_name_that_leads_elsewhere_is_not_used() throws UnknownHostException {
    InetAddress six = InetAddress.getByName("::1");
    InetAddress four = InetAddress.getByName("127.0.0.1");

    assertThat(Loopback.name(List.of(six))).isEqualTo("127.0.0.1");
    assertThat(Loopback.name(List.of(six, four))).isEqualTo("localhost");
    assertThat(Loopback.name(List.of(four))).isEqualTo("localhost");
  }
}
