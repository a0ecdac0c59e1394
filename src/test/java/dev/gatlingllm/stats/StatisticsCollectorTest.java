package dev.gatlingllm.stats;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CallRecordCodec;
import dev.gatlingllm.record.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StatisticsCollectorTest {

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
    assertThat(throughput.steadyRequestsPerMinute().orElseThrow()).isEqualTo(60, within(1.0));
    assertThat(throughput.requestsPerMinute().orElseThrow()).isEqualTo(40.449, within(0.001));
  }

  @Test
  void theSteadyRateIsAbsentWhenNothingCompletedBeforeTheLastStart() {
    List<CallRecord> calls = List.of(call().from(0, 900).record(), call().from(10, 950).record());
    assertThat(statistics(calls).overall().throughput().steadyRequestsPerMinute()).isEmpty();
  }

  @Test
  void tenUsersOfOneShortCallAreARateOfTheWallTimeAlsoAfterReload() {
    List<CallRecord> calls =
        IntStream.range(0, 10)
            .mapToObj(i -> call().id(i).from(i, i + 50).tokens(100, 20).record())
            .toList();
    Throughput before = statistics(calls).overall().throughput();
    assertThat(before.wallSeconds().orElseThrow()).isEqualTo(0.059, within(1e-9));
    assertThat(before.requestsPerMinute().orElseThrow()).isEqualTo(10_169.5, within(0.1));
    assertThat(before.outputTokensPerMinute().orElseThrow()).isEqualTo(203_389.8, within(0.1));
    assertThat(before.totalTokensPerMinute().orElseThrow()).isEqualTo(1_220_339.0, within(0.1));
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
                    call().neverStarted().ended(Outcome.MISSED, "").record()))
            .overall()
            .counts();
    assertThat(counts.started()).isEqualTo(5);
    assertThat(counts.succeeded()).isEqualTo(2);
    assertThat(counts.failed()).isEqualTo(2);
    assertThat(counts.throttled()).isEqualTo(1);
    assertThat(counts.timedOut()).isEqualTo(1);
    assertThat(counts.unfinished()).isEqualTo(1);
    assertThat(counts.missed()).isEqualTo(1);
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
        .containsExactly(
            new ErrorCount("429 throttled", Outcome.THROTTLED, 5, List.of("id-0", "id-1", "id-2")),
            new ErrorCount("stream cut", Outcome.BROKEN, 1, List.of("x")));
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
    assertThat(goodput.perSecond()).hasValue(1);
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
  void gapsOfAllCallsAreOneDistribution() {
    Distribution gap =
        statistics(
                List.of(
                    call().gapsMicros(10_000L, 30L, 50_000L, 1L).record(),
                    call().gapsMicros(20_000L, 19L).record()))
            .overall()
            .of(Measure.GAP);
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
    assertThat(all.oddities()).isEqualTo(new Oddities(0, 3, 1, 1, 0));
    assertThat(all.breakdown().regions()).containsOnly(Map.entry("eu", 1L));
    assertThat(all.breakdown().models()).containsOnly(Map.entry("azure-openai / gpt-4o", 2L));
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
