package dev.gatlingllm.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.record.RecordFormatException;
import dev.gatlingllm.stats.CallObjectives;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectivesTest {

  @Test
  void everyLimitIsReadFromItsKey() {
    assertThat(
            Objectives.of(
                Map.of(
                    "llm.slo.call.ttft", "500ms",
                    "llm.slo.call.tpot", " 20 ms ",
                    "llm.slo.call.e2e", "2 s")))
        .isEqualTo(
            new CallObjectives(
                Optional.of(Duration.ofMillis(500)),
                Optional.of(Duration.ofMillis(20)),
                Optional.of(Duration.ofSeconds(2))));
  }

  @Test
  void everyDurationThatTheSettingsAcceptIsRead() {
    assertThat(Objectives.of(Map.of("llm.slo.call.e2e", "10min")).e2e())
        .contains(Duration.ofMinutes(10));
  }

  @Test
  void anAbsentOrEmptyLimitIsNone() {
    assertThat(Objectives.of(Map.of("llm.slo.call.e2e", " "))).isEqualTo(CallObjectives.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 s", "-1 ms", "fast"})
  void aLimitThatNoCallCanKeepIsRefusedWithItsKey(String text) {
    assertThatThrownBy(() -> Objectives.of(Map.of("llm.slo.call.tpot", text)))
        .isInstanceOf(RecordFormatException.class)
        .hasMessage(
            "configuration llm.slo.call.tpot must be a duration > 0 such as 500ms or 2 s, was \""
                + text
                + "\"");
  }
}
