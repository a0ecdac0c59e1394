package dev.gatlingllm.gatling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.arrival.ArrivalSchedule;
import dev.gatlingllm.arrival.RatePhase;
import dev.gatlingllm.arrival.RateProfile;
import dev.gatlingllm.calibration.ExpectedLoad;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.GivenSettings;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.run.CallBound;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PlannedQuotaTest {

  private static final CallBound THOUSAND = new CallBound(600, OptionalLong.of(400));

  private static List<String> lines(
      Map<String, String> quota, ExpectedLoad.Pace pace, CallBound each) {
    return new PlannedQuota(GivenSettings.of(quota).quota())
        .of(new ExpectedLoad("calls", pace, () -> LlmRequest.ofPrompt("hi")), each);
  }

  /** A minute of 1,200 per minute that begins at half past. */
  private static ExpectedLoad.Pace burst() {
    return new ExpectedLoad.Open(
        ArrivalSchedule.of(
            RateProfile.of(
                RatePhase.pause(Duration.ofSeconds(30)),
                RatePhase.hold(1200, Duration.ofSeconds(60)),
                RatePhase.hold(60, Duration.ofMinutes(5)))));
  }

  @Test
  void theBusiestMinuteIsComparedAndNotTheAverage() {
    assertThat(
            lines(
                Map.of(
                    "llm.quota.requestsPerMinute", "2000", "llm.quota.tokensPerMinute", "450000"),
                burst(),
                THOUSAND))
        .containsExactly(
            "quota: the busiest 60 s of this load ask for 1,200 calls,"
                + " llm.quota.requestsPerMinute is 2,000",
            "quota: the busiest 60 s of this load ask for 1,200,000 tokens,"
                + " llm.quota.tokensPerMinute is 450,000: 2.667 times as much, so expect throttling"
                + " (429)");
  }

  @Test
  void withoutAQuotaNothingIsSaid() {
    assertThat(lines(Map.of(), burst(), THOUSAND)).isEmpty();
  }

  @Test
  void whatIsNotKnownBeforehandIsSaid() {
    Map<String, String> tokens = Map.of("llm.quota.tokensPerMinute", "1000");
    assertThat(lines(tokens, new ExpectedLoad.Closed(3), THOUSAND))
        .singleElement()
        .asString()
        .contains("clients call as fast as they are answered");
    assertThat(lines(tokens, burst(), new CallBound(600, OptionalLong.empty())))
        .singleElement()
        .asString()
        .contains("no most output tokens");
  }

  @Test
  void aQuotaOfNothingIsRefusedByItsName() {
    assertThatThrownBy(() -> GivenSettings.of(Map.of("llm.quota.requestsPerMinute", "0")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("llm.quota.requestsPerMinute");
    assertThatThrownBy(() -> GivenSettings.of(Map.of("llm.quota.tokensPerMinute", "-5")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("llm.quota.tokensPerMinute");
  }
}
