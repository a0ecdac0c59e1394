package dev.gatlingllm.stats;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatlingllm.record.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WindowTallyTest {

  private static final PercentileRule RULE = PercentileRule.WITHHOLD_WHEN_FEW;
  private static final int ANY_BUCKETS = 1_000_000;

  @Test
  void fewCallsAreKeptByTheirStartWithTheirRow() {
    WindowTally tally = new WindowTally(3, ANY_BUCKETS);
    tally.add(call().id(0).from(900, 1900).streamed(100, 900).record(), 0, 0);
    tally.add(call().id(1).from(200, 900).ended(Outcome.THROTTLED, "429").record(), 0, 1);
    tally.add(call().id(2).from(0, 100).streamed(50, 90).record(), 500_000_000, 1);
    CallWindows windows = tally.result(key -> 10 + key, RULE);
    assertThat(windows.slices()).isEmpty();
    assertThat(windows.sliceSeconds()).isZero();
    assertThat(windows.calls())
        .extracting(CallWindows.Call::startNanos)
        .containsExactly(200_000_000L, 500_000_000L, 900_000_000L);
    assertThat(windows.calls()).extracting(CallWindows.Call::row).containsExactly(11, 11, 10);
    assertThat(windows.calls())
        .extracting(one -> one.of(Measure.TTFT))
        .containsExactly(OptionalDouble.empty(), OptionalDouble.of(50), OptionalDouble.of(100));
  }

  @Test
  void aCallThatNeverStartedIsWhereItWasToStartAndRanksAboveAllOthers() {
    WindowTally tally = new WindowTally(3, ANY_BUCKETS);
    tally.add(call().from(700, 1_000).neverStarted().ended(Outcome.DROPPED, "").record(), 0, 0);
    CallWindows.Call dropped = tally.result(key -> key, RULE).calls().get(0);
    assertThat(dropped.startNanos()).isEqualTo(700_000_000);
    assertThat(dropped.of(Measure.SCHEDULE_DELAY)).isEmpty();
    assertThat(dropped.exceeded(Measure.E2E_FROM_ARRIVAL)).hasValue(300);
  }

  @Test
  void ofMoreCallsNumbersAreExactInEverySlice() {
    WindowTally tally = new WindowTally(10, ANY_BUCKETS);
    for (int i = 0; i < 100; i++) {
      tally.add(call().id(i).from(100 * i, 100 * i + 50).streamed(1 + i, 40).record(), 0, i % 2);
    }
    CallWindows windows = tally.result(key -> 0, RULE);
    assertThat(windows.calls()).isEmpty();
    assertThat(windows.sliceSeconds()).isEqualTo(1);
    assertThat(windows.slices()).hasSize(10);
    CallWindows.Slice third = windows.slices().get(2);
    assertThat(third.number()).isEqualTo(2);
    assertThat(third.counts().succeeded()).isEqualTo(10);
    LogHistogram ttft = third.values().get(Measure.TTFT);
    assertThat(ttft.n()).isEqualTo(10);
    assertThat(ttft.mean()).isCloseTo(25.5, within(1e-9));
    assertThat(ttft.squares()).isCloseTo(82.5, within(1e-9));
    assertThat(ttft.min()).isEqualTo(21);
    assertThat(ttft.max()).isEqualTo(30);
  }

  @Test
  void slicesWidenWithTheRunAndLoseNoCall() {
    WindowTally tally = new WindowTally(10, ANY_BUCKETS);
    for (int i = 0; i < 500; i++) {
      tally.add(call().id(i).from(1000 * i, 1000 * i + 50).streamed(10, 40).record(), 0, 0);
    }
    CallWindows windows = tally.result(key -> key, RULE);
    assertThat(windows.sliceSeconds()).isEqualTo(8);
    assertThat(windows.slices()).hasSize(63);
    assertThat(windows.slices().stream().mapToLong(slice -> slice.counts().succeeded()).sum())
        .isEqualTo(500);
  }

  @Test
  void tooManyNamesGetNoTables() {
    WindowTally tally = new WindowTally(10, 500);
    for (int i = 0; i < 200; i++) {
      tally.add(call().id(i).from(10 * i, 10 * i + 50).streamed(10, 40).record(), 0, i);
    }
    CallWindows windows = tally.result(key -> key, RULE);
    assertThat(windows.withheld()).isTrue();
    assertThat(windows.calls()).isEmpty();
    assertThat(windows.slices()).isEmpty();
  }

  @Test
  void noValueIsMoreThanOnePercentFromTheMiddleOfItsBucket() {
    Random random = new Random(3);
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      values.add(Math.exp(20 * random.nextDouble() - 6.8));
    }
    for (double value : values) {
      LogHistogram one = new LogHistogram();
      one.add(value);
      double top = LogHistogram.LEAST * Math.pow(LogHistogram.GROWTH, one.first());
      double middle = top * 2 / (1 + LogHistogram.GROWTH);
      assertThat(middle).isCloseTo(value, within(0.01 * value));
    }
  }

  @Test
  void histogramsTogetherAreThatOfAllValues() {
    LogHistogram all = new LogHistogram();
    LogHistogram low = new LogHistogram();
    LogHistogram high = new LogHistogram();
    for (int i = 1; i <= 100; i++) {
      all.add(i);
      (i <= 30 ? low : high).add(i);
    }
    high.add(low);
    assertThat(high.n()).isEqualTo(100);
    assertThat(high.mean()).isCloseTo(all.mean(), within(1e-9));
    assertThat(high.squares()).isCloseTo(all.squares(), within(1e-6));
    assertThat(high.first()).isEqualTo(all.first());
    assertThat(text(high)).isEqualTo(text(all));
    assertThat(Arrays.stream(high.counts()).sum()).isEqualTo(100);
  }

  private static String text(LogHistogram histogram) {
    return Arrays.stream(histogram.counts())
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(","));
  }
}
