package dev.gatlingllm.decision;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.CallKey;
import dev.gatlingllm.stats.CallObjectives;
import dev.gatlingllm.stats.Direction;
import dev.gatlingllm.stats.Interval;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.stats.ShareCount;
import dev.gatlingllm.stats.StatisticsCollector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunComparisonTest {

  @Test
  void aSlowerRunIsWorseByTheDifferenceOfTheMedians() {
    RunComparison runs = RunComparison.of(run(1, 300, 100), run(2, 330, 100));
    QuantileChange ttft = quantile(runs, Measure.TTFT, Quantile.P50);
    assertThat(ttft.change()).isEqualTo(Change.WORSE);
    assertThat(ttft.differenceOfRuns().getAsDouble()).isCloseTo(30, within(8.0));
    assertThat(ttft.effectPercent().getAsDouble()).isCloseTo(10, within(3.0));
    Interval interval = ttft.effectInterval().orElseThrow();
    assertThat(interval.low()).isBetween(3.0, 10.0);
    assertThat(interval.high()).isBetween(10.0, 17.0);
  }

  @Test
  void theOtherWayRoundItIsBetter() {
    RunComparison runs = RunComparison.of(run(2, 330, 100), run(1, 300, 100));
    assertThat(quantile(runs, Measure.TTFT, Quantile.P50).change()).isEqualTo(Change.BETTER);
  }

  @Test
  void betweenRunsOfOneServiceNoDifferenceIsSeen() {
    RunComparison runs = RunComparison.of(run(1, 300, 200), run(3, 300, 200));
    QuantileChange ttft = quantile(runs, Measure.TTFT, Quantile.P50);
    assertThat(ttft.change()).isEqualTo(Change.CANNOT_TELL);
    assertThat(ttft.effectInterval().orElseThrow().low()).isNegative();
  }

  @Test
  void aHigherRateIsTheBetterOne() {
    StatisticsCollector slow = collector();
    StatisticsCollector fast = collector();
    for (int i = 0; i < 20; i++) {
      int more = i * 7 % 20;
      slow.add(
          call().id(i).from(0, 1001 + more).streamed(1, 1000 + more).tokens(10, 50).record(), 0);
      fast.add(call().id(i).from(0, 501 + more).streamed(1, 500 + more).tokens(10, 50).record(), 0);
    }
    RunComparison runs = RunComparison.of(collected(slow), collected(fast));
    QuantileChange rate = quantile(runs, Measure.TOKENS_PER_SECOND, Quantile.P50);
    assertThat(rate.change()).isEqualTo(Change.BETTER);
    assertThat(rate.worsePercent().getAsDouble()).isNegative();
  }

  @Test
  void tooFewCallsGiveNoIntervalAndNoVerdict() {
    RunComparison runs = RunComparison.of(run(1, 300, 9), run(2, 600, 100));
    QuantileChange median = quantile(runs, Measure.TTFT, Quantile.P50);
    assertThat(median.change()).isEqualTo(Change.TOO_FEW);
    assertThat(median.contrast()).isEmpty();
    assertThat(median.needed()).isEqualTo(10);
    assertThat(quantile(runs, Measure.TTFT, Quantile.P95).needed()).isEqualTo(100);
  }

  @Test
  void theSameRunsGiveTheSameIntervalEveryTime() {
    RunComparison once = RunComparison.of(run(1, 300, 50), run(2, 310, 50));
    RunComparison again = RunComparison.of(run(1, 300, 50), run(2, 310, 50));
    assertThat(once.overall().quantiles()).isEqualTo(again.overall().quantiles());
  }

  @Test
  void whatIsInOneRunAloneIsNamed() {
    StatisticsCollector other = collector();
    other.add(call().name("summarise").record(), 0);
    RunComparison runs = RunComparison.of(run(1, 300, 10), collected(other));
    assertThat(runs.onlyInFirst()).extracting(CallKey::name).containsExactly("chat");
    assertThat(runs.onlyInSecond()).extracting(CallKey::name).containsExactly("summarise");
    assertThat(runs.byKey()).isEmpty();
  }

  @Test
  void tenCallsAreEnoughForAMedianAndOneForANumber() {
    RunComparison runs = RunComparison.of(run(1, 300, 10), run(2, 600, 10));
    QuantileChange median = quantile(runs, Measure.TTFT, Quantile.P50);
    assertThat(median.contrast()).isPresent();
    assertThat(RunComparison.of(run(1, 300, 1), run(2, 600, 1)).overall().quantiles())
        .filteredOn(change -> change.quantile() == Quantile.P50)
        .allMatch(change -> change.first().value().isPresent() && change.contrast().isEmpty());
  }

  @Test
  void aMeasureOfOneRunAloneIsListedAndOneOfNeitherIsNot() {
    StatisticsCollector silent = collector();
    silent.add(call().record(), 0);
    for (RunComparison runs :
        List.of(
            RunComparison.of(collected(silent), run(1, 300, 20)),
            RunComparison.of(run(1, 300, 20), collected(silent)))) {
      assertThat(quantile(runs, Measure.TTFT, Quantile.P50).change()).isEqualTo(Change.TOO_FEW);
      assertThat(runs.overall().quantiles())
          .noneMatch(change -> change.measure() == Measure.UTILIZATION);
    }
  }

  @Test
  void everyKeyOfBothRunsIsCompared() {
    RunComparison runs = RunComparison.of(run(1, 300, 10), run(2, 330, 20));
    assertThat(runs.byKey()).extracting(key -> key.key().name()).containsExactly("chat");
    assertThat(runs.byKey().get(0).first().counts().started()).isEqualTo(10);
    assertThat(runs.byKey().get(0).second().counts().started()).isEqualTo(20);
    assertThat(runs.onlyInFirst()).isEmpty();
    assertThat(runs.onlyInSecond()).isEmpty();
  }

  @Test
  void aCurveHasTheLeastValueThatEveryHalfPercentDoesNotExceed() {
    StatisticsCollector four = collector();
    for (int millis : new int[] {40, 10, 30, 20}) {
      four.add(call().from(0, millis).record(), 0);
    }
    KeyComparison.Curves curves =
        RunComparison.of(collected(four), collected(collector()))
            .overall()
            .curves()
            .get(Measure.E2E);
    List<Double> expected = new ArrayList<>(Collections.nCopies(51, 10.0));
    expected.addAll(Collections.nCopies(50, 20.0));
    expected.addAll(Collections.nCopies(50, 30.0));
    expected.addAll(Collections.nCopies(50, 40.0));
    assertThat(curves.first()).isEqualTo(expected);
    assertThat(curves.second()).isEmpty();
  }

  @Test
  void latenciesAndTheDecodeRateAreDrawn() {
    StatisticsCollector calls = collector();
    calls.add(call().streamed(100, 900).tokens(5, 9).interChunkMicros(800_000L, 1L).record(), 0);
    assertThat(RunComparison.of(collected(calls), collected(calls)).overall().curves())
        .containsOnlyKeys(
            Measure.TTFT, Measure.E2E, Measure.TOKENS_PER_SECOND, Measure.MAX_INTER_CHUNK);
  }

  @Test
  void aDroppedArrivalIsAShareOfAllArrivals() {
    StatisticsCollector first = collector();
    StatisticsCollector second = collector();
    for (int i = 0; i < 10; i++) {
      first.add(call().id(i).record(), 0);
      second.add(call().id(i).record(), 0);
    }
    first.add(call().neverStarted().ended(Outcome.DROPPED, "").record(), 0);
    second.add(call().neverStarted().ended(Outcome.DROPPED, "").record(), 0);
    second.add(call().neverStarted().ended(Outcome.DROPPED, "").record(), 0);
    ShareChange dropped =
        RunComparison.of(collected(first), collected(second)).overall().shares().get(2);
    assertThat(dropped.name()).isEqualTo("dropped");
    assertThat(List.of(dropped.first().count(), dropped.first().of())).containsExactly(1L, 11L);
    assertThat(List.of(dropped.second().count(), dropped.second().of())).containsExactly(2L, 12L);
  }

  @Test
  void goodCallsAreComparedIfBothRunsHaveLimits() {
    StatisticsCollector limited =
        new StatisticsCollector(
            new CallObjectives(
                Optional.empty(), Optional.empty(), Optional.of(Duration.ofSeconds(1))),
            PercentileRule.WITHHOLD_WHEN_FEW);
    limited.add(call().from(0, 1000).record(), 0);
    limited.add(call().from(0, 1001).record(), 0);
    StatisticsCollector free = collector();
    free.add(call().record(), 0);
    ShareChange good =
        RunComparison.of(collected(limited), collected(limited)).overall().shares().get(3);
    assertThat(good.name()).isEqualTo("good");
    assertThat(good.firstPercent()).hasValue(50);
    assertThat(RunComparison.of(collected(limited), collected(free)).overall().shares()).hasSize(3);
    assertThat(RunComparison.of(collected(free), collected(limited)).overall().shares()).hasSize(3);
  }

  @Test
  void runsOfWhichValuesAreCountedAreComparedAlike() {
    StatisticsCollector first = counting();
    StatisticsCollector second = counting();
    add(first, 1, 300, 20_000);
    add(second, 2, 303, 20_000);
    RunComparison counted = RunComparison.of(collected(first), collected(second));
    RunComparison exact = RunComparison.of(run(1, 300, 20_000), run(2, 303, 20_000));
    Interval roughly = quantile(counted, Measure.TTFT, Quantile.P95).effectInterval().orElseThrow();
    Interval exactly = quantile(exact, Measure.TTFT, Quantile.P95).effectInterval().orElseThrow();
    assertThat(roughly.low()).isCloseTo(exactly.low(), within(0.4));
    assertThat(roughly.high()).isCloseTo(exactly.high(), within(0.4));
  }

  @Test
  void moreGoodCallsAreBetter() {
    ShareChange share =
        ShareChange.of("good", Direction.HIGH_IS_GOOD, count(48, 80), count(56, 70));
    assertThat(share.difference().orElseThrow().low()).isBetween(3.0, 5.24);
    assertThat(share.difference().orElseThrow().high()).isBetween(33.39, 36.0);
    assertThat(share.change()).isEqualTo(Change.BETTER);
  }

  @Test
  void aBurstOfFailuresProvesLessThanAsManyApart() {
    StatisticsCollector steady = collector();
    StatisticsCollector burst = collector();
    for (int i = 0; i < 200; i++) {
      steady.add(failing(i, false), 0);
      burst.add(failing(i, i < 20), 0);
    }
    ShareChange failed =
        RunComparison.of(collected(steady), collected(burst)).overall().share(RunComparison.FAILED);
    assertThat(failed.second().count()).isEqualTo(20);
    assertThat(failed.second().worth()).isLessThan(60);
    ShareChange independent =
        ShareChange.of("failed", Direction.LOW_IS_GOOD, count(0, 200), count(20, 200));
    assertThat(failed.difference().orElseThrow().low())
        .isLessThan(independent.difference().orElseThrow().low() - 2);
  }

  private static CallRecord failing(int second, boolean failed) {
    return call()
        .id(second)
        .from(1000 * second, 1000 * second + 100)
        .ended(failed ? Outcome.REJECTED : Outcome.SUCCEEDED, failed ? "500" : "")
        .record();
  }

  private static ShareCount count(long count, long of) {
    return new ShareCount(count, of, of);
  }

  @Test
  void sharesOfFewCallsAreNotCompared() {
    assertThat(ShareChange.of("failed", Direction.LOW_IS_GOOD, count(0, 9), count(9, 9)).change())
        .isEqualTo(Change.TOO_FEW);
  }

  @Test
  void noFailuresAgainstNoFailuresIsNoDifference() {
    ShareChange share =
        ShareChange.of("failed", Direction.LOW_IS_GOOD, count(0, 100), count(0, 100));
    assertThat(share.change()).isEqualTo(Change.CANNOT_TELL);
    assertThat(share.worsePoints()).hasValue(0);
  }

  @Test
  void sharesOfCacheHitsAreComparedIfBothRunsTellThem() {
    StatisticsCollector cold = collector();
    StatisticsCollector warm = collector();
    for (int i = 0; i < 40; i++) {
      cold.add(call().id(i).tokens(100, 5).cached(0, 90).record(), 0);
      warm.add(call().id(i).tokens(100, 5).cached(i < 30 ? 90 : 0, 0).record(), 0);
    }
    ShareChange hits =
        RunComparison.of(collected(cold), collected(warm)).overall().shares().stream()
            .filter(share -> share.name().equals("cache-hit"))
            .findFirst()
            .orElseThrow();
    assertThat(hits.secondPercent()).hasValue(75);
    assertThat(hits.change()).isEqualTo(Change.BETTER);
    assertThat(RunComparison.of(collected(cold), run(1, 400, 20)).overall().shares())
        .noneMatch(share -> share.name().equals("cache-hit"));
  }

  private static QuantileChange quantile(RunComparison runs, Measure measure, Quantile quantile) {
    return runs.overall().quantiles().stream()
        .filter(change -> change.measure() == measure && change.quantile() == quantile)
        .findFirst()
        .orElseThrow();
  }

  private static RunComparison.Collected run(int seed, double medianMillis, int calls) {
    StatisticsCollector collector = collector();
    add(collector, seed, medianMillis, calls);
    return collected(collector);
  }

  private static void add(StatisticsCollector collector, int seed, double median, int calls) {
    Random random = new Random(seed);
    for (int i = 0; i < calls; i++) {
      double ttft = median * Math.exp(0.1 * random.nextGaussian());
      collector.add(
          call()
              .id(i)
              .from(0, ttft + 1000)
              .streamed(ttft, ttft + 900)
              .tokens(100, 50)
              .ended(i % 50 == 49 ? Outcome.THROTTLED : Outcome.SUCCEEDED, "")
              .record(),
          0);
    }
  }

  private static RunComparison.Collected collected(StatisticsCollector calls) {
    return new RunComparison.Collected(calls.result(), calls);
  }

  private static StatisticsCollector collector() {
    return new StatisticsCollector(CallObjectives.NONE, PercentileRule.WITHHOLD_WHEN_FEW);
  }

  private static StatisticsCollector counting() {
    return new StatisticsCollector(CallObjectives.NONE, PercentileRule.WITHHOLD_WHEN_FEW, 100);
  }
}
