package dev.gatlingllm.stats;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TimeSlicesTest {

  @Test
  void aCallIsBusyFromItsStartToItsEndAndItsTokensFlowFromTheFirstToTheLast() {
    TimeSlices slices = new TimeSlices();
    add(slices, call().from(500, 2500).streamed(500, 1500).tokens(5, 100));
    List<Bucket> buckets = buckets(2.5, slices);
    assertThat(buckets).extracting(Bucket::startSeconds).containsExactly(0.0, 1.0, 2.0);
    assertThat(buckets).extracting(Bucket::seconds).containsExactly(1.0, 1.0, 0.5);
    assertThat(buckets).extracting(Bucket::inFlight).containsExactly(0.5, 1.0, 1.0);
    assertThat(buckets)
        .extracting(Bucket::outputTokensPerSecond)
        .startsWith(OptionalDouble.of(0), OptionalDouble.of(100))
        .last()
        .isEqualTo(OptionalDouble.empty());
  }

  @Test
  void tokensThatWereNotStreamedComeAtTheEnd() {
    TimeSlices slices = new TimeSlices();
    add(slices, call().from(0, 2000).tokens(5, 30));
    List<Bucket> buckets = buckets(2, slices);
    assertThat(buckets.get(0).outputTokensPerSecond()).hasValue(0);
    assertThat(buckets.get(1).outputTokensPerSecond()).hasValue(30);
  }

  @Test
  void tokensOfAFailedCallDoNotCount() {
    TimeSlices slices = new TimeSlices();
    add(slices, call().from(0, 500).tokens(5, 30).ended(Outcome.BROKEN, "cut"));
    assertThat(buckets(1, slices).get(0).outputTokensPerSecond()).hasValue(0);
    assertThat(buckets(1, slices).get(0).inFlight()).isEqualTo(0.5);
  }

  @Test
  void aStartBeforeTheRunIsInTheFirstSlice() {
    TimeSlices slices = new TimeSlices();
    add(slices, call().from(-1500, 500));
    assertThat(buckets(1, slices)).extracting(Bucket::started).containsExactly(1L);
  }

  /** 240 cells of a second hold 240 s: what comes later makes them five seconds wide. */
  @Test
  void cellsArePutTogetherAsTheRunGrows() {
    TimeSlices slices = new TimeSlices();
    add(slices, call().from(4000, 5000));
    add(slices, call().from(7000, 8000));
    add(slices, call().from(292_000, 299_000));
    add(slices, call().from(299_000, 300_000));
    List<Bucket> buckets = buckets(300, slices);
    assertThat(buckets).hasSize(60);
    assertThat(buckets.get(0).started()).isEqualTo(1);
    assertThat(buckets.get(0).succeeded()).isZero();
    assertThat(buckets.get(0).inFlight()).isCloseTo(0.2, within(1e-12));
    assertThat(buckets.get(1).started()).isEqualTo(1);
    assertThat(buckets.get(1).succeeded()).isEqualTo(2);
    assertThat(buckets.get(1).inFlight()).isCloseTo(0.2, within(1e-12));
    assertThat(buckets.get(58).inFlight()).isCloseTo(0.6, within(1e-12));
    assertThat(buckets.get(59).inFlight()).isCloseTo(1, within(1e-12));
    assertThat(buckets.get(59).succeeded()).isEqualTo(2);
    assertThat(buckets.get(59).startSeconds()).isEqualTo(295);
  }

  /** From one second over five to fifteen. */
  @Test
  void cellsArePutTogetherMoreThanOnce() {
    TimeSlices slices = new TimeSlices();
    add(slices, call().from(100_250, 100_750));
    add(slices, call().from(299_000, 300_000));
    add(slices, call().from(1_299_000, 1_300_000));
    List<Bucket> buckets = buckets(1300, slices);
    assertThat(buckets).hasSize(87);
    assertThat(buckets.get(6).started()).isEqualTo(1);
    assertThat(buckets.get(6).inFlight()).isCloseTo(0.5 / 15, within(1e-12));
    assertThat(buckets.get(19).started()).isEqualTo(1);
    assertThat(buckets.get(86).started()).isEqualTo(1);
  }

  @Test
  void anEndAtTheVeryEndOfTheCellsIsInOneSliceOfALongerRun() {
    TimeSlices shorter = new TimeSlices();
    add(shorter, call().from(239_000, 240_000));
    TimeSlices longer = new TimeSlices();
    add(longer, call().from(249_000, 255_000));
    assertThat(buckets(255, shorter, longer))
        .extracting(Bucket::succeeded)
        .hasSize(51)
        .endsWith(0L, 0L, 1L, 0L, 1L);
  }

  @Test
  void aRunOf240SecondsStillHasCellsOfASecond() {
    TimeSlices slices = new TimeSlices();
    add(slices, call().from(1000, 1500));
    add(slices, call().from(2000, 2500));
    add(slices, call().from(3500, 240_000));
    List<Bucket> buckets = buckets(240, slices);
    assertThat(buckets).hasSize(120);
    assertThat(buckets.get(0).started()).isEqualTo(1);
    assertThat(buckets.get(1).started()).isEqualTo(2);
    assertThat(buckets.get(119).succeeded()).isEqualTo(1);
  }

  @Test
  void keysOfWhichOneEndedEarlyAreLaidOverEachOther() {
    TimeSlices shorter = new TimeSlices();
    add(shorter, call().from(6000, 7000).ended(Outcome.THROTTLED, "429").quota(5, 100, 40));
    TimeSlices longer = new TimeSlices();
    add(longer, call().from(7000, 8000).ended(Outcome.THROTTLED, "429").quota(3, 200, 60));
    add(longer, call().from(8000, 9000).streamed(250, 750).tokens(5, 11));
    add(longer, call().from(299_000, 300_000));
    Bucket second = buckets(300, shorter, longer).get(1);
    assertThat(second.started()).isEqualTo(3);
    assertThat(second.succeeded()).isEqualTo(1);
    assertThat(second.failed()).isEqualTo(2);
    assertThat(second.throttled()).isEqualTo(2);
    assertThat(second.inFlight()).isCloseTo(0.6, within(1e-12));
    assertThat(second.outputTokensPerSecond().orElseThrow()).isCloseTo(2.2, within(1e-12));
    assertThat(second.remainingRequests()).hasValue(3);
    assertThat(second.remainingTokens()).hasValue(100);
    assertThat(second.of(Measure.UTILIZATION).mean()).hasValue(50);
    assertThat(second.of(Measure.SCHEDULE_DELAY).n()).isEqualTo(3);
    assertThat(second.of(Measure.TTFT).mean()).hasValue(250);
    assertThat(second.of(Measure.E2E).mean()).hasValue(1000);
    assertThat(second.of(Measure.TOKENS_PER_SECOND).mean()).hasValue(20);
  }

  @Test
  void aSliceOfAtMostAThousandCallsIsExactAndOneOfMoreIsCounted() {
    TimeSlices slices = new TimeSlices();
    CallRecord call = lateCall(1000.4).utilization(7.3).record();
    CallRecord shorter = lateCall(500).utilization(1).record();
    CallRecord longer = lateCall(2000).utilization(90).record();
    slices.add(shorter, 0, 0.9);
    slices.condense();
    slices.add(longer, 0, 0.9);
    slices.add(shorter, 2, 2.9);
    slices.add(longer, 2, 2.9);
    for (int i = 2; i < 1000; i++) {
      slices.add(call, 0, 0.9);
      slices.add(call, 2, 2.9);
    }
    List<Double> exactly = medians(buckets(3, slices).get(0));
    assertThat(exactly.get(0)).isCloseTo(1000.4, within(1e-9));
    slices.add(call, 0, 0.9);
    slices.add(call, 2, 2.9);
    for (int slice : new int[] {0, 2}) {
      Bucket counted = buckets(3, slices).get(slice);
      assertThat(counted.of(Measure.TTFT).n()).isEqualTo(1001);
      assertThat(medians(counted)).doesNotContainAnyElementsOf(exactly);
    }
  }

  private static CallFixture lateCall(double millis) {
    return call().from(millis, 4 * millis).streamed(millis, 2 * millis).tokens(5, 9).arrival(0);
  }

  private static List<Double> medians(Bucket slice) {
    return Stream.of(
            Measure.TTFT,
            Measure.TOKENS_PER_SECOND,
            Measure.SCHEDULE_DELAY,
            Measure.E2E,
            Measure.UTILIZATION)
        .map(measure -> slice.of(measure).median().orElseThrow())
        .toList();
  }

  @Test
  void withoutCallsThereAreNoSlices() {
    assertThat(buckets(0)).isEmpty();
  }

  private static void add(TimeSlices slices, CallFixture fixture) {
    CallRecord call = fixture.record();
    slices.add(call, call.times().start().orElseThrow() / 1e9, call.times().end() / 1e9);
  }

  private static List<Bucket> buckets(double endSeconds, TimeSlices... keys) {
    double width = TimeSeries.widthFor(endSeconds);
    List<Bucket> buckets = new ArrayList<>();
    for (int i = 0; i * width < endSeconds; i++) {
      boolean last = (i + 1) * width >= endSeconds;
      double to = last ? Double.POSITIVE_INFINITY : (i + 1) * width;
      SliceTally slice = new SliceTally();
      for (TimeSlices key : keys) {
        key.copyTo(slice, i * width, to, endSeconds);
      }
      double seconds = Math.min(width, endSeconds - i * width);
      buckets.add(
          slice.result(i * width, seconds, seconds == width, 0, PercentileRule.WITHHOLD_WHEN_FEW));
    }
    return buckets;
  }
}
