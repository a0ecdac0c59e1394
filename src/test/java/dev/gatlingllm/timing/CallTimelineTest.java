package dev.gatlingllm.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CallTimelineTest {

  @Test
  void aCallThatWasNeverSentHasNothingButItsArrival() {
    CallTimeline timeline = new CallTimeline(7);
    assertThat(timeline.arrival()).isEqualTo(7);
    assertThat(timeline.start()).isEmpty();
    assertThat(timeline.firstOutput()).isEmpty();
    assertThat(timeline.lastOutput()).isEmpty();
    assertThat(timeline.interChunkNanos()).isEmpty();
  }

  @Test
  void aSingleChunkHasNoInterChunkLatency() {
    CallTimeline timeline = new CallTimeline(0);
    timeline.outputCame(5, true);
    assertThat(timeline.firstOutput()).hasValue(5);
    assertThat(timeline.lastOutput()).hasValue(5);
    assertThat(timeline.interChunkNanos()).isEmpty();
  }

  @Test
  void everyInterChunkLatencyIsKeptHoweverManyThereAre() {
    CallTimeline timeline = new CallTimeline(0);
    for (int chunk = 0; chunk < 1_000; chunk++) {
      timeline.outputCame(chunk * 10L, true);
    }
    assertThat(timeline.interChunkNanos()).hasSize(999).containsOnly(10);
    assertThat(timeline.chunks()).isEqualTo(1_000);
  }

  @Test
  void anEndlessStreamTakesNoEndlessMemoryAndNoInterChunkLatencyIsForgotten() {
    CallTimeline timeline = new CallTimeline(0);
    for (int chunk = 0; chunk < 1_000_000; chunk++) {
      timeline.outputCame(chunk * 12_345L, true);
    }
    assertThat(timeline.interChunkNanos()).hasSize(262_144).containsOnly(12_345);
    assertThat(timeline.furtherInterChunks())
        .containsExactly(Map.entry(12_300L, 999_999L - 262_144));
    assertThat(timeline.chunks()).isEqualTo(1_000_000);
  }

  @Test
  void furtherInterChunkLatenciesAreRoundedToThreeDigitsHalfUp() {
    CallTimeline timeline = new CallTimeline(0);
    for (int chunk = 0; chunk <= 262_144; chunk++) {
      timeline.outputCame(0, true);
    }
    timeline.outputCame(999, true);
    timeline.outputCame(999 + 10_005, true);
    timeline.outputCame(999 + 10_005 + 10_050, true);
    assertThat(timeline.furtherInterChunks())
        .containsExactly(Map.entry(999L, 1L), Map.entry(10_000L, 1L), Map.entry(10_100L, 1L));
  }

  @Test
  void theHeadIsThatOfTheLastAttempt() {
    CallTimeline timeline = new CallTimeline(0);
    timeline.headCame(3);
    assertThat(timeline.head()).hasValue(3);
    timeline.attemptBegan();
    assertThat(timeline.head()).isEmpty();
    timeline.headCame(8);
    assertThat(timeline.head()).hasValue(8);
  }

  @Test
  void aCallIsOverWhenItEnded() {
    CallTimeline timeline = new CallTimeline(0);
    assertThat(timeline.end()).isEmpty();
    timeline.ended(9);
    assertThat(timeline.end()).hasValue(9);
  }

  @Test
  void reasoningIsTheFirstOutputButNotTheFirstVisible() {
    CallTimeline timeline = new CallTimeline(0);
    timeline.outputCame(5, false);
    timeline.outputCame(9, true);
    assertThat(timeline.firstOutput()).hasValue(5);
    assertThat(timeline.firstVisible()).hasValue(9);
  }

  @Test
  void keepsAInterChunkLatencyOfManySecondsToTheMicrosecond() {
    CallTimeline timeline = new CallTimeline(0);
    timeline.outputCame(0, true);
    timeline.outputCame(2_147_483_647L, true);
    timeline.outputCame(2_147_483_647L + 2_147_483_648L, true);
    timeline.outputCame(2_147_483_647L + 2_147_483_648L + 60_000_000_000L, true);

    assertThat(timeline.interChunkNanos())
        .containsExactly(2_147_483_647L, 2_147_483_000L, 60_000_000_000L);
  }
}
