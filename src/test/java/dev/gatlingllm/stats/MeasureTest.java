package dev.gatlingllm.stats;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MeasureTest {

  /** A service that makes 50 tokens a second and sends 20 in a chunk. */
  @Test
  void theTokensOfTheFirstChunkAreNotCountedSinceTheirTimeIsNotKnown() {
    CallFixture five = call().chunks(400, 400_000, 400_000, 400_000, 400_000).tokens(9, 100);
    assertThat(valueOf(Measure.TOKENS_PER_SECOND, five.firstChunkTokens(20).record()))
        .isEqualTo(50, within(1e-9));
    assertThat(valueOf(Measure.TPOT, five.record())).isEqualTo(20, within(1e-9));
    CallFixture two = call().chunks(400, 400_000).tokens(9, 40).firstChunkTokens(20);
    assertThat(valueOf(Measure.TOKENS_PER_SECOND, two.record())).isEqualTo(50, within(1e-9));
    CallFixture uneven = call().chunks(900, 200_000, 200_000).tokens(9, 65).firstChunkTokens(45);
    assertThat(valueOf(Measure.TOKENS_PER_SECOND, uneven.record())).isEqualTo(50, within(1e-9));
  }

  @Test
  void whereTheShareOfTheFirstChunkIsUnknownChunksAreOfEqualSize() {
    CallFixture five = call().chunks(400, 400_000, 400_000, 400_000, 400_000).tokens(9, 100);
    assertThat(valueOf(Measure.TOKENS_PER_SECOND, five.record())).isEqualTo(50, within(1e-9));
  }

  @Test
  void ofOneTokenAChunkTheRateIsThatOfAllButOne() {
    CallFixture each = call().chunks(400, 20_000, 20_000, 20_000, 20_000).firstChunkTokens(3);
    assertThat(valueOf(Measure.TPOT, each.tokens(9, 5).record())).isEqualTo(20, within(1e-9));
    // Of which one ended the answer, and brought no chunk.
    assertThat(valueOf(Measure.TPOT, each.tokens(9, 6).record())).isEqualTo(16, within(1e-9));
  }

  /** They are counted and paid for, as hidden reasoning is, and no chunk brings them. */
  @Test
  void tokensOfARejectedPredictionAreInNoRateOfDecoding() {
    CallFixture call = call().chunks(400, 20_000, 20_000, 20_000, 20_000).tokens(9, 95);
    CallRecord record = call.rejected(90).record();

    assertThat(valueOf(Measure.TPOT, record)).isEqualTo(20, within(1e-9));
    assertThat(valueOf(Measure.OUTPUT_TOKENS, record)).isEqualTo(95);
  }

  @Test
  void whereAllTokensCameWithTheFirstChunkThereIsNoRate() {
    CallFixture all = call().chunks(400, 400_000).tokens(9, 40).firstChunkTokens(40);
    assertThat(Measure.TPOT.of(all.record())).isEmpty();
  }

  @Test
  void labelsAreWordsAsAReaderSaysThemAndNoFieldNames() {
    assertThat(Measure.INTER_CHUNK.label()).isEqualTo("inter-chunk latency");
    assertThat(Measure.values())
        .extracting(Measure::label)
        .noneMatch(label -> label.matches(".*[a-z][A-Z].*"));
  }

  @Test
  void theRateWithAndTheRateWithoutTheFirstTokenAreTwoLabelledNumbers() {
    CallRecord answer = call().from(0, 712).streamed(418, 712).tokens(100, 50).record();
    assertThat(valueOf(Measure.TOKENS_PER_SECOND_E2E, answer)).isEqualTo(70.2, within(0.05));
    assertThat(valueOf(Measure.TOKENS_PER_SECOND, answer)).isEqualTo(166.7, within(0.05));
    assertThat(valueOf(Measure.TPOT, answer)).isEqualTo(6.0, within(1e-9));
    assertThat(Measure.TOKENS_PER_SECOND_E2E.label()).isEqualTo("tokens/s (e2e)");
    assertThat(Measure.TOKENS_PER_SECOND.label()).isEqualTo("tokens/s");
    assertThat(Measure.TOKENS_PER_SECOND.definition()).contains("Decode rate");
  }

  @Test
  void latenciesCountFromTheStartAndForTheUserFromTheArrival() {
    CallRecord late =
        call().from(1000, 3000).arrival(900).streamed(500, 1900).visible(700).record();
    assertThat(valueOf(Measure.TTFT, late)).isEqualTo(500);
    assertThat(valueOf(Measure.TTFVT, late)).isEqualTo(700);
    assertThat(valueOf(Measure.TTLT, late)).isEqualTo(1900);
    assertThat(valueOf(Measure.E2E, late)).isEqualTo(2000);
    assertThat(valueOf(Measure.SCHEDULE_DELAY, late)).isEqualTo(100);
    assertThat(valueOf(Measure.TTFT_FROM_ARRIVAL, late)).isEqualTo(600);
    assertThat(valueOf(Measure.E2E_FROM_ARRIVAL, late)).isEqualTo(2100);
  }

  @Test
  void hiddenReasoningIsNotInTheDecodeRate() {
    CallRecord hidden =
        call().from(0, 6000).streamed(5000, 6000).tokens(10, 2050).reasoning(2000).record();
    assertThat(valueOf(Measure.TOKENS_PER_SECOND, hidden)).isEqualTo(49, within(1e-9));
  }

  @Test
  void streamedReasoningIsInTheDecodeRate() {
    CallRecord streamed =
        call()
            .from(0, 6000)
            .streamed(1000, 6000)
            .visible(5800)
            .tokens(10, 2001)
            .reasoning(1900)
            .record();
    assertThat(valueOf(Measure.TOKENS_PER_SECOND, streamed)).isEqualTo(400, within(1e-9));
  }

  @Test
  void theRateBesideASummaryOfHiddenReasoningIsThatOfTheVisibleOutput() {
    CallRecord summarised =
        call()
            .from(0, 6000)
            .streamed(1000, 6000)
            .visible(5000)
            .tokens(10, 2041)
            .reasoning(2000)
            .hiddenReasoning(2000)
            .record();
    assertThat(valueOf(Measure.TOKENS_PER_SECOND, summarised)).isEqualTo(40, within(1e-9));
  }

  @Test
  void reasoningThatWasStreamedAfterTheFirstVisibleOutputIsInTheDecodeRate() {
    CallRecord interleaved =
        call()
            .from(0, 6000)
            .streamed(1000, 6000)
            .tokens(10, 2001)
            .reasoning(1900)
            .hiddenReasoning(0)
            .record();
    assertThat(valueOf(Measure.TOKENS_PER_SECOND, interleaved)).isEqualTo(400, within(1e-9));
  }

  @Test
  void moreHiddenReasoningThanOutputLeavesNoRate() {
    CallRecord contradicting =
        call().streamed(400, 700).tokens(10, 20).reasoning(90).hiddenReasoning(90).record();
    assertThat(Measure.TOKENS_PER_SECOND.of(contradicting)).isEmpty();
  }

  @Test
  void aDecodeRateNeedsTwoTokensAndTwoChunks() {
    assertThat(Measure.TPOT.of(call().streamed(400, 700).tokens(10, 1).record())).isEmpty();
    assertThat(Measure.TPOT.of(call().streamed(400, 400).tokens(10, 50).record())).isEmpty();
    assertThat(Measure.TOKENS_PER_SECOND.of(call().streamed(400, 400).tokens(10, 50).record()))
        .isEmpty();
    assertThat(Measure.TPOT.of(call().streamed(400, 700).record())).isEmpty();
  }

  @Test
  void twoTokensInTwoChunksHaveADecodeRate() {
    CallRecord two = call().streamed(400, 700).tokens(10, 2).record();
    assertThat(valueOf(Measure.TPOT, two)).isEqualTo(300);
    assertThat(valueOf(Measure.TOKENS_PER_SECOND, two)).isEqualTo(1000 / 300.0, within(1e-9));
  }

  @Test
  void latenciesAreInMillisecondsAndSizesInTokens() {
    assertThat(Measure.TTFT.unit()).isEqualTo("ms");
    assertThat(Measure.OUTPUT_TOKENS.unit()).isEqualTo("tok");
  }

  @Test
  void anAnswerInNoTimeHasNoRate() {
    assertThat(Measure.TOKENS_PER_SECOND_E2E.of(call().from(5, 5).tokens(10, 3).record()))
        .isEmpty();
  }

  @Test
  void tokensAndChunksAreCountedAsTheRecordSaysThem() {
    CallRecord counted =
        call().tokens(11, 12).reasoning(13).cached(14, 15).interChunkMicros(2_000L, 1L).record();
    assertThat(valueOf(Measure.INPUT_TOKENS, counted)).isEqualTo(11);
    assertThat(valueOf(Measure.OUTPUT_TOKENS, counted)).isEqualTo(12);
    assertThat(valueOf(Measure.REASONING_TOKENS, counted)).isEqualTo(13);
    assertThat(valueOf(Measure.CACHED_INPUT_TOKENS, counted)).isEqualTo(14);
    assertThat(valueOf(Measure.CACHE_WRITE_TOKENS, counted)).isEqualTo(15);
    assertThat(valueOf(Measure.CHUNKS, counted)).isEqualTo(2);
    assertThat(valueOf(Measure.MAX_INTER_CHUNK, counted)).isEqualTo(2);
    assertThat(valueOf(Measure.UTILIZATION, call().utilization(7).record())).isEqualTo(7);
    assertThat(Measure.INTER_CHUNK.of(counted)).isEmpty();
  }

  @Test
  void aFailedCallHasAScheduleDelayAndNoLatency() {
    CallRecord broken =
        call()
            .from(50, 900)
            .arrival(20)
            .streamed(100, 400)
            .tokens(10, 3)
            .ended(Outcome.BROKEN, "stream cut")
            .record();
    for (Measure measure : Measure.values()) {
      assertThat(measure.of(broken).isPresent())
          .as(measure.name())
          .isEqualTo(measure == Measure.SCHEDULE_DELAY);
    }
  }

  @Test
  void whatWasNotMeasuredIsAbsent() {
    CallRecord silent = call().record();
    assertThat(Measure.TTFT.of(silent)).isEmpty();
    assertThat(Measure.TTFB.of(silent)).isEmpty();
    assertThat(Measure.INPUT_TOKENS.of(silent)).isEmpty();
    assertThat(Measure.MAX_INTER_CHUNK.of(silent)).isEmpty();
    assertThat(Measure.UTILIZATION.of(silent)).isEmpty();
  }

  @Test
  void everyMeasureHasItsOwnNameAndADefinition() {
    Set<String> names = new HashSet<>();
    for (Measure measure : Measure.values()) {
      assertThat(names.add(measure.field())).as(measure.field()).isTrue();
      assertThat(names.add(measure.label()) || measure.label().equals(measure.field())).isTrue();
      assertThat(measure.definition()).endsWith(".");
    }
  }

  private static double valueOf(Measure measure, CallRecord call) {
    return measure.of(call).orElseThrow();
  }
}
