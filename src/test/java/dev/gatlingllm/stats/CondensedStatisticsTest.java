package dev.gatlingllm.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What holds of the statistics however many calls there are, and in whatever order they come. */
class CondensedStatisticsTest {

  private static final CallObjectives OBJECTIVES =
      new CallObjectives(
          Optional.of(Duration.ofMillis(500)),
          Optional.empty(),
          Optional.of(Duration.ofSeconds(9)));

  @Test
  void manyCallsGiveTheNumbersOfTheExactStatisticsToTheDocumentedPrecision() {
    List<CallRecord> calls = calls(30_000, 900);
    CallStatistics exact = statistics(calls, StatisticsCollector.EXACT_CALLS).overall();
    CallStatistics condensed = statistics(calls, 1000).overall();

    assertThat(condensed.counts()).isEqualTo(exact.counts());
    assertThat(condensed.throughput()).isEqualTo(exact.throughput());
    assertThat(condensed.goodput()).isEqualTo(exact.goodput());
    assertThat(condensed.errors()).isEqualTo(exact.errors());
    assertThat(condensed.notable()).isEqualTo(exact.notable());
    for (Measure measure : Measure.values()) {
      assertClose(condensed.of(measure), exact.of(measure), 0.1, measure.label());
    }
    assertThat(condensed.series().buckets()).hasSameSizeAs(exact.series().buckets());
    for (int i = 0; i < exact.series().buckets().size(); i++) {
      assertClose(
          condensed.series().buckets().get(i).of(Measure.TTFT),
          exact.series().buckets().get(i).of(Measure.TTFT),
          1,
          "TTFT of slice " + i);
    }
  }

  @Test
  void theOrderOfTheCallsDoesNotMatterForCountsAndRates() {
    List<CallRecord> calls = calls(2000, 500);
    List<CallRecord> reversed = new ArrayList<>(calls);
    Collections.reverse(reversed);

    RunStatistics forth = statistics(calls, StatisticsCollector.EXACT_CALLS);
    RunStatistics back = statistics(reversed, StatisticsCollector.EXACT_CALLS);

    assertThat(back.overall().counts()).isEqualTo(forth.overall().counts());
    assertThat(back.overall().throughput()).isEqualTo(forth.overall().throughput());
    assertThat(back.overall().distributions()).isEqualTo(forth.overall().distributions());
  }

  @Test
  void everyCallIsInTheSliceOfItsStartHoweverLongTheRunBecomes() {
    for (double seconds : new double[] {0.3, 119, 120, 240, 241, 3600, 7201, 90_000, 1e6, 2e7}) {
      List<CallRecord> calls = calls(300, seconds);
      TimeSeries series = statistics(calls, StatisticsCollector.EXACT_CALLS).overall().series();
      long[] started = new long[series.buckets().size()];
      for (CallRecord call : calls) {
        double start = call.times().start().orElseThrow() / 1e9;
        started[(int) Math.min(started.length - 1, Math.floor(start / series.widthSeconds()))]++;
      }
      assertThat(series.buckets())
          .as("%s s", seconds)
          .extracting(Bucket::started)
          .containsExactly(Arrays.stream(started).boxed().toArray(Long[]::new));
      assertThat(series.buckets().size()).as("%s s", seconds).isLessThanOrEqualTo(120);
    }
  }

  /** Bytes allocated are work that no other load of the machine adds to. */
  @Test
  void twiceTheCallsAreTwiceTheWork() {
    allocatedBytes(20_000);
    long some = allocatedBytes(40_000);
    long twice = allocatedBytes(80_000);

    assertThat((double) twice / some).isBetween(1.5, 2.3);
  }

  private static long allocatedBytes(int n) {
    List<CallRecord> calls = calls(n, n / 100.0);
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThat(statistics(calls, 1000).overall().counts().started()).isEqualTo(n);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private static void assertClose(
      Distribution condensed, Distribution exact, double percent, String what) {
    assertThat(condensed.n()).as(what).isEqualTo(exact.n());
    assertThat(condensed.min()).as(what).isEqualTo(exact.min());
    assertThat(condensed.max()).as(what).isEqualTo(exact.max());
    assertThat(condensed.quantiles()).as(what).hasSameSizeAs(exact.quantiles());
    exact
        .quantiles()
        .forEach(
            (quantile, value) ->
                assertThat(condensed.at(quantile).orElseThrow())
                    .as("%s %s", what, quantile.label())
                    .isCloseTo(value, withinPercentage(percent)));
  }

  /** In the order of their ends, over so many seconds. */
  private static List<CallRecord> calls(int n, double seconds) {
    SplittableRandom random = new SplittableRandom(n);
    List<CallRecord> calls = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double start = seconds * 1000 * i / n;
      double ttft = 200 * Math.exp(random.nextDouble());
      double last = ttft + 1000 + random.nextInt(3000);
      calls.add(
          CallFixture.call()
              .id(i)
              .name(random.nextBoolean() ? "chat" : "summarise")
              .arrival(start)
              .from(start + random.nextDouble(), start + last + 1)
              .streamed(ttft, last)
              .tokens(400 + random.nextInt(200), 50 + random.nextInt(100))
              .ended(random.nextInt(50) == 0 ? Outcome.BROKEN : Outcome.SUCCEEDED, "")
              .record());
    }
    return calls;
  }

  private static RunStatistics statistics(List<CallRecord> calls, long exactCalls) {
    StatisticsCollector collector =
        new StatisticsCollector(OBJECTIVES, PercentileRule.SHOW_ALL, exactCalls);
    calls.forEach(call -> collector.add(call, 0));
    return collector.result();
  }
}
