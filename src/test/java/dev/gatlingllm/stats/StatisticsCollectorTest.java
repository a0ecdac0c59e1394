package dev.gatlingllm.stats;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CallRecord.InterChunks;
import dev.gatlingllm.record.CallRecordCodec;
import dev.gatlingllm.record.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StatisticsCollectorTest {

  private static final double USUAL = 1234.5;

  private static final CallObjectives WITHIN_A_SECOND =
      new CallObjectives(
          Optional.of(Duration.ofMillis(500)),
          Optional.of(Duration.ofMillis(20)),
          Optional.of(Duration.ofSeconds(1)));

  @Test
  void noCallsAtAllGiveNoNumbers() {
    CallStatistics none = statistics(List.of()).overall();
    assertThat(none.counts().started()).isZero();
    assertThat(none.counts().errorPercent()).isEmpty();
    assertThat(none.throughput().requestsPerMinute()).isEmpty();
    assertThat(none.of(Measure.TTFT).n()).isZero();
    assertThat(none.series().buckets()).isEmpty();
  }

  @Test
  void aSteadyRateIsSeenThroughLongAnswers() {
    List<CallRecord> calls =
        IntStream.range(0, 60)
            .mapToObj(i -> call().from(i * 1000, i * 1000 + 30_000).record())
            .toList();
    Throughput throughput = statistics(calls).overall().throughput();
    assertThat(throughput.requestsPerMinute().orElseThrow()).isEqualTo(60, within(1e-9));
    assertThat(throughput.loadSeconds().orElseThrow()).isEqualTo(60, within(1e-9));
    assertThat(throughput.wallSeconds().orElseThrow()).isEqualTo(89, within(1e-9));
  }

  @Test
  void theRateOfClientsInStepIsTheirNumberOverTheTimeOfACall() {
    List<CallRecord> calls =
        IntStream.range(0, 16)
            .mapToObj(
                i -> {
                  int round = i / 4;
                  double start = i % 4 + round * (60_000 * 4 / 67.5);
                  return call().from(start, start + 60_000 * 4 / 67.5 - 0.4).record();
                })
            .toList();
    OptionalDouble rate = statistics(calls).overall().throughput().requestsPerMinute();
    assertThat(rate.orElseThrow()).isEqualTo(67.5, within(0.01));
  }

  @Test
  void aCallThatHangsIsAFailureMoreAndChangesNoRateOfTheOthers() {
    List<CallRecord> calls = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      calls.add(call().from(i * 125, i * 125 + 800).tokens(10, 20).record());
    }
    Throughput before = statistics(calls).overall().throughput();
    calls.set(40, call().from(5000, 22_200).ended(Outcome.TIMED_OUT, "timeout").record());
    Throughput after = statistics(calls).overall().throughput();
    assertThat(after.startedPerMinute()).isEqualTo(before.startedPerMinute());
    assertThat(before.requestsPerMinute().orElseThrow()).isEqualTo(480, within(1e-9));
    assertThat(after.requestsPerMinute().orElseThrow()).isEqualTo(472, within(1e-9));
    assertThat(after.outputTokensPerMinute().orElseThrow()).isEqualTo(9440, within(1e-9));
  }

  @Test
  void thereIsNoRateWhereAllCallsStartedBeforeOneSucceeded() {
    List<CallRecord> calls = List.of(call().from(0, 900).record(), call().from(10, 950).record());
    Throughput burst = statistics(calls).overall().throughput();
    assertThat(burst.requestsPerMinute()).isEmpty();
    assertThat(burst.loadSeconds()).isEmpty();
    assertThat(burst.wallSeconds()).hasValue(0.95);
  }

  @Test
  void tenUsersOfOneShortCallAreTheSameRateAfterReload() {
    List<CallRecord> calls =
        IntStream.range(0, 10)
            .mapToObj(i -> call().id(i).from(6 * i, 6 * i + 5).tokens(100, 20).record())
            .toList();
    Throughput before = statistics(calls).overall().throughput();
    assertThat(before.wallSeconds().orElseThrow()).isEqualTo(0.059, within(1e-9));
    assertThat(before.requestsPerMinute().orElseThrow()).isEqualTo(10_000, within(0.1));
    assertThat(before.outputTokensPerMinute().orElseThrow()).isEqualTo(200_000, within(0.1));
    assertThat(before.totalTokensPerMinute().orElseThrow()).isEqualTo(1_200_000, within(0.1));
    List<CallRecord> reloaded =
        calls.stream().map(CallRecordCodec::encode).map(CallRecordCodec::decode).toList();
    assertThat(statistics(reloaded)).isEqualTo(statistics(calls));
  }

  @Test
  void callsAreToldApartByGroupsNameAndLabelsInOrderOfAppearance() {
    RunStatistics statistics =
        statistics(
            List.of(
                call().name("chat", "ladder", "level 8").label("profile", "b").record(),
                call().name("chat", "ladder", "level 8").record(),
                call().name("a").record(),
                call().name("a").record()));
    assertThat(statistics.byKey())
        .extracting(key -> key.key().path())
        .containsExactly("ladder / level 8 / chat [profile=b]", "ladder / level 8 / chat", "a");
    assertThat(statistics.byKey().get(2).counts().started()).isEqualTo(2);
    assertThat(statistics.overall().counts().started()).isEqualTo(4);
  }

  @Test
  void everyCallIsCountedOnceAndTheErrorRateLeavesOutTheUnfinished() {
    CallCounts counts =
        statistics(
                List.of(
                    call().record(),
                    call().record(),
                    call().ended(Outcome.THROTTLED, "429 throttled").record(),
                    call().ended(Outcome.TIMED_OUT, "timeout").record(),
                    call().ended(Outcome.UNFINISHED, "").record(),
                    call().neverStarted().ended(Outcome.DROPPED, "").record()))
            .overall()
            .counts();
    assertThat(counts.started()).isEqualTo(5);
    assertThat(counts.succeeded()).isEqualTo(2);
    assertThat(counts.failed()).isEqualTo(2);
    assertThat(counts.throttled()).isEqualTo(1);
    assertThat(counts.timedOut()).isEqualTo(1);
    assertThat(counts.unfinished()).isEqualTo(1);
    assertThat(counts.dropped()).isEqualTo(1);
    assertThat(counts.errorPercent()).hasValue(50);
    assertThat(counts.throttledPercent()).hasValue(25);
    assertThat(counts.successPercent()).hasValue(50);
  }

  @Test
  void errorsAreCountedByTextWithTheFirstRequestIds() {
    List<CallRecord> calls = new ArrayList<>();
    calls.add(failed("stream cut", Outcome.BROKEN, "x"));
    for (int i = 0; i < 5; i++) {
      calls.add(failed("429 throttled", Outcome.THROTTLED, "id-" + i));
    }
    assertThat(statistics(calls).overall().errors())
        .extracting(
            ErrorCount::text, ErrorCount::outcome, ErrorCount::count, ErrorCount::requestIds)
        .containsExactly(
            tuple("429 throttled", Outcome.THROTTLED, 5L, List.of("id-0", "id-1", "id-2")),
            tuple("stream cut", Outcome.BROKEN, 1L, List.of("x")));
  }

  @Test
  void aVerySlowAnswerAmongFastOnesIsAccountedFor() {
    List<CallRecord> calls =
        Stream.concat(
                IntStream.range(0, 99)
                    .mapToObj(
                        i -> call().id(i).from(i * 100, i * 100 + 200).tokens(10, 20).record()),
                Stream.of(
                    call()
                        .id(99)
                        .from(5000, 125_000)
                        .tokens(10, 20)
                        .served(200, "slow-one", "eu", "stop")
                        .record()))
            .toList();
    CallStatistics all = statistics(calls).overall();
    assertThat(all.counts().succeeded()).isEqualTo(100);
    assertThat(all.of(Measure.E2E).max()).hasValue(120_000);
    assertThat(all.notable().slowest().orElseThrow().requestId()).isEqualTo("slow-one");
    assertThat(all.notable().slowestPerToken().orElseThrow().millisPerOutputToken()).hasValue(6000);
    assertThat(all.notable().fastest().orElseThrow().id()).isZero();
    assertThat(all.throughput().wallSeconds()).hasValue(125);
    assertThat(all.series().buckets().stream().mapToLong(Bucket::succeeded).sum()).isEqualTo(100);
  }

  @Test
  void goodCallsPerSecondAreThoseOfTheLoadTime() {
    List<CallRecord> calls =
        IntStream.range(0, 8)
            .mapToObj(i -> call().from(500 * i, 500 * i + 700 + 400 * (i % 2)).streamed(1, 2))
            .map(call -> call.record())
            .toList();
    CallObjectives withinASecond =
        new CallObjectives(Optional.empty(), Optional.empty(), Optional.of(Duration.ofSeconds(1)));
    Goodput goodput = statistics(calls, withinASecond).overall().goodput().orElseThrow();
    assertThat(goodput.perSecond().orElseThrow()).isEqualTo(1, within(1e-9));
  }

  @Test
  void goodputIsTheShareOfStartedCallsThatKeptEveryLimit() {
    List<CallRecord> calls =
        List.of(
            call().from(0, 900).streamed(400, 800).tokens(1, 41).record(),
            call().from(0, 900).streamed(600, 800).tokens(1, 41).record(),
            call().from(0, 900).streamed(400, 800).tokens(1, 11).record(),
            call().from(0, 1900).streamed(400, 800).tokens(1, 41).record(),
            call().from(0, 900).streamed(400, 400).tokens(1, 1).record(),
            call().from(0, 900).ended(Outcome.REJECTED, "500").record(),
            call().from(0, 900).ended(Outcome.UNFINISHED, "").record(),
            call().from(0, 2000).streamed(400, 800).tokens(1, 41).record());
    Goodput goodput = statistics(calls, WITHIN_A_SECOND).overall().goodput().orElseThrow();
    assertThat(goodput.calls()).isEqualTo(2);
    assertThat(goodput.percent()).hasValue(25);
    assertThat(goodput.perSecond()).isEmpty();
    assertThat(statistics(calls).overall().goodput()).isEmpty();
  }

  @Test
  void retriesAreSeenEvenIfTheCallSucceeded() {
    List<CallRecord> calls =
        List.of(
            call().attempt(Outcome.THROTTLED).attempt(Outcome.SUCCEEDED).record(),
            call().attempt(Outcome.SUCCEEDED).record());
    CallStatistics all = statistics(calls).overall();
    assertThat(all.attempts()).isEqualTo(new Attempts(3, 1, 1));
    assertThat(all.counts().throttled()).isZero();
  }

  @Test
  void interChunkLatenciesOfAllCallsAreOneDistribution() {
    Distribution gap =
        statistics(
                List.of(
                    call().interChunkMicros(10_000L, 30L, 50_000L, 1L).record(),
                    call().interChunkMicros(20_000L, 19L).record()))
            .overall()
            .of(Measure.INTER_CHUNK);
    assertThat(gap.n()).isEqualTo(50);
    assertThat(gap.median().orElseThrow()).isEqualTo(10, within(0.1));
    assertThat(gap.at(Quantile.P90).orElseThrow()).isEqualTo(20, within(0.2));
    assertThat(gap.max()).hasValue(50);
    assertThat(gap.at(Quantile.P95)).isEmpty();
  }

  @Test
  void whatToKnowWhenReadingTheNumbersIsCounted() {
    CallStatistics all =
        statistics(
                List.of(
                    call().tokens(1, 2).estimated().lateEvents(3).record(),
                    call().served(200, "", "eu", "stop").record()))
            .overall();
    assertThat(all.dataQuality())
        .isEqualTo(new DataQuality(0, 3, 1, 1, 0, Map.of(), new BufferedStreams(0, 0), 0, 0));
    assertThat(all.breakdown().regions()).containsOnly(Map.entry("eu", 1L));
    assertThat(all.breakdown().models()).containsOnly(Map.entry("azure-openai / gpt-4o", 2L));
  }

  @Test
  void theCallsOfALaterRunAreLaidBehindThoseOfTheFirst() {
    StatisticsCollector runs =
        new StatisticsCollector(CallObjectives.NONE, PercentileRule.WITHHOLD_WHEN_FEW);
    runs.add(call().from(500, 1000).record(), 0);
    runs.add(call().from(500, 1000).tokens(5, 9).record(), 2_000_000_000L);
    RunStatistics statistics = runs.result();
    assertThat(statistics.overall().throughput().wallSeconds()).hasValue(2.5);
    assertThat(statistics.overall().series().buckets())
        .extracting(Bucket::succeeded)
        .containsExactly(0L, 1L, 1L);
    assertThat(statistics.overall().series().buckets())
        .extracting(Bucket::started)
        .containsExactly(1L, 0L, 1L);
    assertThat(statistics.points().total()).isEqualTo(1);
  }

  @Test
  void oneCallMoreThanAreKeptCondensesThoseBeforeAndThoseOfLaterKeys() {
    StatisticsCollector calls =
        new StatisticsCollector(CallObjectives.NONE, PercentileRule.WITHHOLD_WHEN_FEW, 1001);
    add(calls, "before", 1001);
    assertThat(medianOfTheSlice(calls, 0)).hasValue(USUAL);
    calls.add(call().name("before").neverStarted().ended(Outcome.DROPPED, "").record(), 0);
    assertThat(medianOfTheSlice(calls, 0)).hasValue(USUAL);
    add(calls, "last", 3);
    assertThat(medianOfTheSlice(calls, 0).orElseThrow()).isNotEqualTo(USUAL);
    add(calls, "later", 1001);
    assertThat(medianOfTheSlice(calls, 2).orElseThrow()).isNotEqualTo(USUAL);
  }

  @Test
  void moreThanSixteenThousandValuesOfAMeasureAreCountedOnceCondensed() {
    StatisticsCollector calls =
        new StatisticsCollector(CallObjectives.NONE, PercentileRule.WITHHOLD_WHEN_FEW, 16_000);
    add(calls, "chat", 16_000);
    assertThat(calls.result().overall().of(Measure.E2E).median()).hasValue(USUAL);
    add(calls, "chat", 3);
    assertThat(calls.result().overall().of(Measure.E2E).median().orElseThrow())
        .isNotEqualTo(USUAL)
        .isCloseTo(USUAL, withinPercentage(0.1));
  }

  /** One short call, one long one, the rest the usual: a histogram does not know it exactly. */
  private static void add(StatisticsCollector calls, String name, int n) {
    CallRecord usual = call().name(name).from(0, USUAL).record();
    calls.add(call().name(name).from(0, 900).record(), 0);
    for (int i = 2; i < n; i++) {
      calls.add(usual, 0);
    }
    calls.add(call().name(name).from(0, 1900).record(), 0);
  }

  private static OptionalDouble medianOfTheSlice(StatisticsCollector calls, int key) {
    return calls.result().byKey().get(key).series().buckets().get(0).of(Measure.E2E).median();
  }

  @Test
  void aPointNamesItsKeyByItsPlaceAmongTheKeys() {
    RunStatistics statistics =
        statistics(
            List.of(
                call().name("a").record(),
                call().name("b").tokens(1, 2).record(),
                call().name("c").tokens(1, 2).record()));
    assertThat(statistics.points().points())
        .extracting(TokenPoints.Point::key)
        .containsExactly(1, 2);
  }

  @Test
  void samplesAreThoseOfTheWholeRunOrOfOneKey() {
    StatisticsCollector calls =
        new StatisticsCollector(CallObjectives.NONE, PercentileRule.WITHHOLD_WHEN_FEW);
    calls.add(call().name("a").from(0, 10).record(), 0);
    calls.add(call().name("b").from(0, 20).record(), 0);
    assertThat(CallSamples.sum(calls.samples(), Measure.E2E)).hasValue(30);
    CallKey b = CallKey.of(call().name("b").record());
    assertThat(CallSamples.sum(calls.samples(b), Measure.E2E)).hasValue(20);
  }

  @Test
  void inNoTimeThereIsNoRate() {
    Throughput instant =
        statistics(List.of(call().from(5, 5).tokens(1, 2).record())).overall().throughput();
    assertThat(instant.wallSeconds()).isEmpty();
    assertThat(instant.requestsPerMinute()).isEmpty();
    assertThat(instant.outputTokensPerMinute()).isEmpty();
    assertThat(instant.totalTokensPerMinute()).isEmpty();
    Throughput oneAfterTheOther =
        statistics(List.of(call().from(0, 100).record(), call().from(100, 200).record()))
            .overall()
            .throughput();
    assertThat(oneAfterTheOther.requestsPerMinute()).hasValue(600);
  }

  @Test
  void withoutAStartedCallTheGoodputHasNoShare() {
    Goodput goodput = statistics(List.of(), WITHIN_A_SECOND).overall().goodput().orElseThrow();
    assertThat(goodput.calls()).isZero();
    assertThat(goodput.percent()).isEmpty();
    assertThat(goodput.perSecond()).isEmpty();
  }

  @Test
  void aCallThatTakesJustAsLongAsALimitKeepsIt() {
    CallRecord call = call().from(0, 1000).streamed(500, 900).tokens(1, 21).record();
    assertThat(WITHIN_A_SECOND.metBy(call)).isTrue();
    assertThat(CallObjectives.NONE.isEmpty()).isTrue();
    assertThat(WITHIN_A_SECOND.isEmpty()).isFalse();
    assertThat(WITHIN_A_SECOND.metBy(call().from(0, 1000).tokens(1, 21).record())).isFalse();
  }

  @Test
  void anAnswerThatAFilterBlockedIsNotGood() {
    CallFixture fast = call().from(0, 900).streamed(400, 800).tokens(1, 41);
    assertThat(WITHIN_A_SECOND.metBy(fast.served(200, "", "", "stop").record())).isTrue();
    assertThat(WITHIN_A_SECOND.metBy(fast.served(200, "", "", "content_filter").record()))
        .isFalse();
  }

  @Test
  void aLimitOnTpotIsNotKeptByAStreamThatWasBuffered() {
    CallFixture buffered = call().from(0, 900).chunks(400, new long[30]).tokens(1, 31);
    assertThat(WITHIN_A_SECOND.metBy(buffered.record())).isFalse();
    CallObjectives withoutTpot =
        new CallObjectives(WITHIN_A_SECOND.ttft(), Optional.empty(), WITHIN_A_SECOND.e2e());
    assertThat(withoutTpot.metBy(buffered.record())).isTrue();
  }

  @Test
  void aLimitThatNoCallCanKeepIsRefused() {
    for (Duration limit : List.of(Duration.ZERO, Duration.ofMillis(-1))) {
      assertThatThrownBy(
              () -> new CallObjectives(Optional.empty(), Optional.of(limit), Optional.empty()))
          .hasMessage("tpot must be > 0, was " + limit);
      assertThatThrownBy(
              () -> new CallObjectives(Optional.of(limit), Optional.empty(), Optional.empty()))
          .hasMessage("ttft must be > 0, was " + limit);
      assertThatThrownBy(
              () -> new CallObjectives(Optional.empty(), Optional.empty(), Optional.of(limit)))
          .hasMessage("e2e must be > 0, was " + limit);
    }
  }

  @Test
  void aKeyWithoutALabelKeepsTheOthers() {
    CallKey key = new CallKey(List.of("g"), "chat", Map.of("a", "1", "b", "2"));
    assertThat(key.path()).isEqualTo("g / chat [a=1, b=2]");
    assertThat(key.without("a").path()).isEqualTo("g / chat [b=2]");
  }

  @Test
  void interChunkLatenciesOfSeveralNamesAreAddedAndThoseOfFailedCallsAreNot() {
    Distribution gap =
        statistics(
                List.of(
                    call().name("a").interChunkMicros(10_000L, 200L).record(),
                    call().name("b").interChunkMicros(40_000L, 100L).record(),
                    call().interChunkMicros(90_000L, 1L).ended(Outcome.BROKEN, "cut").record()))
            .overall()
            .of(Measure.INTER_CHUNK);
    assertThat(gap.n()).isEqualTo(300);
    assertThat(gap.mean().orElseThrow()).isCloseTo(20, within(0.02));
    assertThat(gap.min().orElseThrow()).isCloseTo(10, within(0.01));
    assertThat(gap.max()).hasValue(40);
    // Two of three are 10 below the mean, one 20 above.
    assertThat(gap.sd().orElseThrow()).isCloseTo(Math.sqrt(200.0 * 300 / 299), within(1e-9));
    assertThat(gap.cv().orElseThrow()).isCloseTo(Math.sqrt(0.5 * 300 / 299), within(1e-9));
  }

  @Test
  void ofARecordWithoutItsLongestInterChunkLatencyThatOfTheHistogramIsTold() {
    InterChunks gaps =
        new InterChunks(List.of(10_000L, 1L, 20_000L, 1L), OptionalLong.empty(), 0, 0);
    Distribution gap =
        statistics(List.of(call().gaps(gaps).record())).overall().of(Measure.INTER_CHUNK);
    assertThat(gap.max().orElseThrow()).isCloseTo(20, within(0.02));
    assertThat(gap.sd()).isPresent();
  }

  @Test
  void interChunkLatenciesHaveTheSamePercentilesAndDeviationAsAllOtherValues() {
    Distribution gap =
        statistics(
                List.of(
                    call().interChunkMicros(10_000L, 2L, 40_000L, 1L).record(),
                    call().interChunkMicros(20_000L, 1L).record()))
            .overall()
            .of(Measure.INTER_CHUNK);
    Distribution values =
        Distribution.of("ms", new double[] {10, 10, 40, 20}, PercentileRule.WITHHOLD_WHEN_FEW);
    assertThat(values.median()).hasValue(15);
    assertThat(gap.median().orElseThrow()).isCloseTo(15, within(0.01));
    assertThat(gap.mean()).isEqualTo(values.mean());
    assertThat(gap.sd().orElseThrow()).isCloseTo(values.sd().orElseThrow(), within(1e-9));
    assertThat(gap.max()).hasValue(40);
  }

  @Test
  void oneInterChunkLatencyHasNoDeviationAndABinOfItsOwn() {
    CallStatistics one =
        statistics(List.of(call().interChunkMicros(10_000L, 1L).record())).overall();
    assertThat(one.of(Measure.INTER_CHUNK).sd()).isEmpty();
    assertThat(one.of(Measure.INTER_CHUNK).cv()).isEmpty();
    assertThat(one.of(Measure.INTER_CHUNK).median()).hasValue(10);
    assertThat(one.binsOf(Measure.INTER_CHUNK).counts()).containsExactly(1L);
    assertThat(one.binsOf(Measure.INTER_CHUNK).edges().get(0)).isBetween(9.9, 10.0);
    assertThat(one.binsOf(Measure.E2E).counts()).containsExactly(1L);
    assertThat(one.binsOf(Measure.TTFB)).isEqualTo(Bins.NONE);
  }

  private static CallRecord failed(String error, Outcome outcome, String requestId) {
    return call().ended(outcome, error).served(0, requestId, "", "").record();
  }

  private static RunStatistics statistics(List<CallRecord> calls) {
    return statistics(calls, CallObjectives.NONE);
  }

  private static RunStatistics statistics(List<CallRecord> calls, CallObjectives objectives) {
    StatisticsCollector collector =
        new StatisticsCollector(objectives, PercentileRule.WITHHOLD_WHEN_FEW);
    calls.forEach(call -> collector.add(call, 0));
    return collector.result();
  }
}
