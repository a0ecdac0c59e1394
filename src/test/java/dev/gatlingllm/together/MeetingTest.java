package dev.gatlingllm.together;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.config.GivenSettings;
import dev.gatlingllm.config.LlmConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeetingTest {

  private static final long SECOND = 1_000_000_000L;

  @TempDir private Path temp;

  private static LlmConfig settings(Map<String, String> settings) {
    return GivenSettings.of(new HashMap<>(settings));
  }

  @Test
  void theLoadBeginsAtItsInstantAndGatlingFiveSecondsBefore() {
    assertThat(
            MeetingsOfSettings.begins(settings(Map.of("llm.load.startAt", "2026-01-31T12:02:00Z"))))
        .isEqualTo(List.of(OptionalLong.of(120 * SECOND), 115 * SECOND));
  }

  @Test
  void withoutAnAgreementNobodyWaits() {
    assertThat(MeetingsOfSettings.begins(settings(Map.of())))
        .isEqualTo(List.of(OptionalLong.empty(), 0L));
  }

  @Test
  void aStartThatHasPassedIsRefusedBeforeAnythingIsSent() {
    assertThatThrownBy(
            () ->
                MeetingsOfSettings.begins(
                    settings(Map.of("llm.load.startAt", "2026-01-31T11:59:50Z"))))
        .hasMessage(
            "llm.load.startAt must leave time for all that comes before the load, was"
                + " 2026-01-31T11:59:50Z, 10.0 s ago. Nothing was sent.");
  }

  @Test
  void sharesThatDoNotComeEndTheRunWithTheirNumbers() throws Exception {
    assertThat(
            MeetingsOfSettings.givesUp(
                settings(Map.of("llm.load.share", "0/2", "llm.load.barrier", temp.toString()))))
        .isEqualTo(
            "llm.load.barrier: within 10 min 00 s 1 of 2 shares came there; missing or"
                + " not ready: [1]. Nothing was sent.");
  }
}
