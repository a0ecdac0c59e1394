package dev.gatlingllm.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.NetworkLatency;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementErrorTextTest {

  @Test
  void connectionsAreToldWithTheirMediansAndTheirFailures() {
    assertThat(
            MeasurementErrorText.of(
                new NetworkLatency(
                    "example.invalid",
                    1,
                    5,
                    List.of(1_000_000L, 2_000_000L, 9_000_000L),
                    List.of(4_000_000L, 4_000_000L, 4_000_000L))))
        .startsWith("connecting to example.invalid (4 times): TCP 2.0 ms, TLS 4.0 ms, 1 failed");
  }

  @Test
  void aHostThatNeverConnectedHasNoTime() {
    assertThat(MeasurementErrorText.of(new NetworkLatency("h", 2, 5, List.of(), List.of())))
        .startsWith("connecting to h (2 times): TCP not once, 2 failed");
  }
}
