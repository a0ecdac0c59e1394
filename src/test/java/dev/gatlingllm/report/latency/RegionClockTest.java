package dev.gatlingllm.report.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RegionClockTest {

  private static final Instant INSTANT = Instant.parse("2024-05-15T19:26:34Z");

  @Test
  void aRegionIsKnownByEitherOfItsNames() {
    assertThat(RegionClock.at("Sweden Central", INSTANT)).hasValue("2024-05-15 21:26:34 CEST");
    assertThat(RegionClock.at("swedencentral", INSTANT)).hasValue("2024-05-15 21:26:34 CEST");
    assertThat(RegionClock.at("us-east-1", INSTANT)).hasValue("2024-05-15 15:26:34 EDT");
  }

  @Test
  void anUnknownRegionHasNoTime() {
    assertThat(RegionClock.at("simulated", INSTANT)).isEmpty();
    assertThat(RegionClock.at("", INSTANT)).isEmpty();
  }
}
