package dev.gatlingllm.stats;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimeSeriesTest {

  @Test
  void theWidthIsTheLeastRoundOneThatNeedsNoMoreThan120Slices() {
    assertThat(TimeSeries.widthFor(0.2)).isEqualTo(1);
    assertThat(TimeSeries.widthFor(120)).isEqualTo(1);
    assertThat(TimeSeries.widthFor(120.1)).isEqualTo(2);
    assertThat(TimeSeries.widthFor(240)).isEqualTo(2);
    assertThat(TimeSeries.widthFor(240.1)).isEqualTo(5);
    assertThat(TimeSeries.widthFor(600)).isEqualTo(5);
    assertThat(TimeSeries.widthFor(600.1)).isEqualTo(10);
    assertThat(TimeSeries.widthFor(3600)).isEqualTo(30);
    assertThat(TimeSeries.widthFor(43_200 * 120)).isEqualTo(43_200);
    assertThat(TimeSeries.widthFor(86_400 * 200)).isEqualTo(172_800);
    assertThat(TimeSeries.widthFor(43_200 * 16 * 120)).isEqualTo(43_200 * 16);
  }

  @Test
  void startsAndEndsCountInTheirOwnSlice() {
    TimeSeries series =
        series(
            call().from(500, 2500).record(),
            call().from(700, 1900).ended(Outcome.THROTTLED, "429").record(),
            call().from(1000, 3000).ended(Outcome.UNFINISHED, "").record());
    assertThat(series.widthSeconds()).isEqualTo(1);
    assertThat(series.buckets()).extracting(Bucket::started).containsExactly(2L, 1L, 0L);
    assertThat(series.buckets()).extracting(Bucket::succeeded).containsExactly(0L, 0L, 1L);
    assertThat(series.buckets()).extracting(Bucket::throttled).containsExactly(0L, 1L, 0L);
    assertThat(series.buckets()).extracting(Bucket::failed).containsExactly(0L, 1L, 0L);
  }

  @Test
  void callsInFlightAreAveragedOverTheSlice() {
    TimeSeries series = series(call().from(500, 2000).record(), call().from(0, 2000).record());
    assertThat(series.buckets().get(0).inFlight()).isEqualTo(1.5, within(1e-9));
    assertThat(series.buckets().get(1).inFlight()).isEqualTo(2, within(1e-9));
  }

  @Test
  void tokensFlowFromTheFirstToTheLastChunk() {
    TimeSeries series = series(call().from(0, 4000).streamed(1000, 3000).tokens(5, 100).record());
    assertThat(series.buckets())
        .extracting(bucket -> bucket.outputTokensPerSecond().orElseThrow())
        .containsExactly(0.0, 50.0, 50.0, 0.0);
  }

  @Test
  void aSliceIsAsWideThatTenCallsStartInOneIfTwelveSlicesAreLeft() {
    assertThat(TimeSeries.widthFor(66.5, 120)).isEqualTo(5);
    assertThat(TimeSeries.widthFor(60, 600)).isEqualTo(1);
    assertThat(TimeSeries.widthFor(60, 599)).isEqualTo(2);
    assertThat(TimeSeries.widthFor(60, 1)).isEqualTo(5);
    assertThat(TimeSeries.widthFor(11.9, 5)).isEqualTo(1);
    assertThat(TimeSeries.widthFor(24, 5)).isEqualTo(2);
    assertThat(TimeSeries.widthFor(600, 600)).isEqualTo(10);
    assertThat(TimeSeries.widthFor(600, 599)).isEqualTo(15);
    assertThat(TimeSeries.widthFor(3600, 700)).isEqualTo(60);
    assertThat(TimeSeries.widthFor(3600, 60)).isEqualTo(300);
    assertThat(TimeSeries.widthFor(3600, 1_000_000)).isEqualTo(30);
  }

  @Test
  void wideSlicesHoldAllCalls() {
    TimeSeries series =
        series(
            IntStream.range(0, 120)
                .mapToObj(i -> call().from(500 * i, 500 * i + 7_000).record())
                .toArray(CallRecord[]::new));
    assertThat(series.widthSeconds()).isEqualTo(5);
    assertThat(series.buckets()).hasSize(14);
    assertThat(series.buckets().subList(0, 12)).allMatch(bucket -> bucket.started() == 10);
    assertThat(series.perMinute(series.buckets().get(11), 10)).hasValue(120);
    assertThat(series.partialSeconds().orElseThrow()).isEqualTo(1.5, within(1e-9));
  }

  @Test
  void aLastSliceThatTheRunCoversInPartHasNoRate() {
    TimeSeries series = series(call().from(0, 1900).tokens(5, 100).record());
    Bucket last = series.buckets().get(1);
    assertThat(last.seconds()).isEqualTo(0.9, within(1e-9));
    assertThat(series.partialSeconds().orElseThrow()).isEqualTo(0.9, within(1e-9));
    assertThat(last.outputTokensPerSecond()).isEmpty();
    assertThat(series.perMinute(last, last.succeeded())).isEmpty();
    assertThat(series.perMinute(series.buckets().get(0), 3)).hasValue(180);
  }

  @Test
  void aLastSliceThatTheRunCoversHasARate() {
    TimeSeries series = series(call().from(0, 2000).tokens(5, 100).record());
    Bucket last = series.buckets().get(1);
    assertThat(last.outputTokensPerSecond()).hasValue(100);
    assertThat(series.perMinute(last, 1)).hasValue(60);
    assertThat(series.partialSeconds()).isEmpty();
  }

  private static TimeSeries series(CallRecord... calls) {
    StatisticsCollector collector =
        new StatisticsCollector(CallObjectives.NONE, PercentileRule.WITHHOLD_WHEN_FEW);
    List.of(calls).forEach(call -> collector.add(call, 0));
    return collector.result().overall().series();
  }
}
