package dev.gatlingllm.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.NetworkLatency;
import dev.gatlingllm.timing.NanoClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionProbeTest {

  private static NetworkLatency open(String address, int connections) throws Exception {
    return new ConnectionProbe(URI.create(address), false, Duration.ofSeconds(5), NanoClock.SYSTEM)
        .open(connections);
  }

  @Test
  void eachConnectionIsTimedAndNothingIsSentOnIt() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      NetworkLatency found = open("http://127.0.0.1:" + server.getLocalPort() + "/v1", 3);
      assertThat(found.host()).isEqualTo("127.0.0.1");
      assertThat(found.tcpNanos()).hasSize(3).allMatch(nanos -> nanos > 0);
      assertThat(found.tlsNanos()).isEmpty();
      assertThat(found.failed()).isZero();
      assertThat(server.accept().getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aConnectionThatIsRefusedIsCounted() throws Exception {
    int port;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
    }
    NetworkLatency found = open("http://127.0.0.1:" + port, 2);
    assertThat(found.failed()).isEqualTo(2);
    assertThat(found.tcpMillis()).isEmpty();
  }

  @Test
  void tlsThatFailsTakesNothingFromTcp() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread closing =
          new Thread(
              () -> {
                try {
                  for (int i = 0; i < 2; i++) {
                    server.accept().close();
                  }
                } catch (IOException ignored) {
                  // The test is over.
                }
              });
      closing.start();
      ConnectionProbe probe =
          new ConnectionProbe(
              URI.create("https://127.0.0.1:" + server.getLocalPort()),
              true,
              Duration.ofSeconds(5),
              NanoClock.SYSTEM);
      NetworkLatency found = probe.open(2);
      closing.join();

      assertThat(found.tcpNanos()).hasSize(2);
      assertThat(found.tlsNanos()).isEmpty();
      assertThat(found.failed()).isZero();
      assertThat(probe.tlsFailure()).isPresent();
    }
  }

  @Test
  void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
    NetworkLatency four =
        new NetworkLatency(
            "h", 0, 1, List.of(9_000_000L, 1_000_000L, 2_000_000L, 4_000_000L), List.of());
    assertThat(four.tcpMillis()).hasValue(3);
    assertThat(four.tlsMillis()).isEmpty();
  }
}
