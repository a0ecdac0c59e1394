package dev.gatlingllm.stats;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.util.ArrayList;
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
  void aSliceHoldsTheCallsOfAP95IfTwentySlicesAreLeft() {
    assertThat(TimeSeries.widthFor(600, 6_000)).isEqualTo(10);
    assertThat(TimeSeries.widthFor(600, 2_000)).isEqualTo(30);
    assertThat(TimeSeries.widthFor(600, 1_999)).isEqualTo(5);
  }

  @Test
  void noSliceHoldsCallsOfTwoLevels() {
    List<CallRecord> calls = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      calls.add(level("1", 500 * i, 500 * i + 450));
    }
    for (int i = 0; i < 160; i++) {
      calls.add(level("4", 20_300 + 125 * i, 20_700 + 125 * i));
    }
    TimeSeries series = series(calls.toArray(CallRecord[]::new));
    assertThat(series.stages())
        .containsExactly(new Stage("1 client", 0, 19.95), new Stage("4 clients", 20.3, 40.575));
    assertThat(series.widthSeconds()).isEqualTo(2);
    List<Bucket> second = series.buckets().stream().filter(b -> b.stage() == 1).toList();
    Bucket first = second.get(0);
    assertThat(first.startSeconds()).isEqualTo(20.3);
    assertThat(first.seconds()).isCloseTo(1.7, within(1e-9));
    assertThat(first.started()).isEqualTo(14);
    assertThat(series.perMinute(first, first.started()).orElseThrow())
        .isCloseTo(14 * 60 / 1.7, within(1e-6));
    assertThat(series.buckets().stream().mapToLong(Bucket::started).sum()).isEqualTo(200);
    Bucket last = second.get(second.size() - 1);
    assertThat(series.perMinute(last, last.started())).isEmpty();
    assertThat(series.buckets().stream().filter(b -> b.stage() == 0))
        .allMatch(bucket -> bucket.startSeconds() + bucket.seconds() <= 19.95 + 1e-9);
  }

  @Test
  void loadsThatOverlapAreOneCourse() {
    TimeSeries series = series(level("1", 0, 2_000), level("4", 1_900, 5_000));
    assertThat(series.stages()).isEmpty();
    assertThat(series.buckets()).extracting(Bucket::seconds).containsOnly(1.0);
  }

  @Test
  void callsThatAreOfNoLevelMakeItOneCourse() {
    TimeSeries series =
        series(level("1", 0, 900), level("4", 1_000, 1_900), call().from(0, 900).record());
    assertThat(series.stages()).isEmpty();
  }

  @Test
  void probesOfASearchAreStages() {
    TimeSeries series =
        series(
            call().name("chat", "probe 01: 60.00 per minute").from(0, 900).record(),
            call().name("chat", "probe 02: 120.0 per minute").from(1_000, 3_000).record());
    assertThat(series.stages())
        .extracting(Stage::name)
        .containsExactly("probe 01: 60.00 per minute", "probe 02: 120.0 per minute");
  }

  @Test
  void arrivalsCountWhereTheyWereDueWhetherTheyStartedOrNot() {
    TimeSeries series =
        series(
            call().from(1_200, 2_000).arrival(200).record(),
            call().from(400, 400).neverStarted().ended(Outcome.DROPPED, "").record());
    assertThat(series.buckets()).extracting(Bucket::due).containsExactly(2L, 0L);
    assertThat(series.buckets()).extracting(Bucket::started).containsExactly(0L, 1L);
  }

  private static CallRecord level(String clients, double from, double to) {
    return call().label("clients", clients).from(from, to).record();
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
