package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes statistics of calls in one pass. Confined to one thread.
 *
 * <p>Up to {@link #EXACT_CALLS} calls every value is kept, about 200 bytes per call. Beyond that
 * values are counted in histograms, in memory that does not grow with the number of calls: numbers,
 * means, deviations, least and greatest values stay exact, percentiles are accurate to 0.1 %, and
 * those of a slice of time to 1 %.
 *
 * <pre>{@code
 * StatisticsCollector calls = new StatisticsCollector(objectives, PercentileRule.WITHHOLD_WHEN_FEW);
 * CallRecordReader.read(file, call -> calls.add(call, 0));
 * RunStatistics statistics = calls.result();
 * }</pre>
 */
public final class StatisticsCollector {

  /** Up to so many started calls, all values are kept and all percentiles exact. */
  public static final long EXACT_CALLS = 1_000_000;

  private static final Map<Measure, Double> DRAWN_WITH_LEAST_WIDTH =
      new EnumMap<>(
          Map.of(
              Measure.TTFT, 0.1,
              Measure.TOKENS_PER_SECOND, 0.1,
              Measure.OUTPUT_TOKENS, 1.0));

  private final CallObjectives objectives;
  private final PercentileRule rule;
  private final long exactCalls;
  private final CallTally overall;
  private final Map<CallKey, KeyTally> keys = new LinkedHashMap<>();
  private final Map<Told, KeyTally> keysAsTold = new HashMap<>();
  private final PointDraw points = new PointDraw();
  private long started;
  private long lastEndNanos;

  /** What a call says of its key: found faster than a key is made. */
  private record Told(List<String> groups, String name, Map<String, String> labels) {}

  /** Collects for these limits and this rule. */
  public StatisticsCollector(CallObjectives objectives, PercentileRule rule) {
    this(objectives, rule, EXACT_CALLS);
  }

  StatisticsCollector(CallObjectives objectives, PercentileRule rule, long exactCalls) {
    this.objectives = objectives;
    this.rule = rule;
    this.exactCalls = exactCalls;
    this.overall = new CallTally(objectives);
  }

  /**
   * Adds one call.
   *
   * @param shiftNanos how much later its run started than the first of the runs that are merged
   */
  public void add(CallRecord call, long shiftNanos) {
    KeyTally key =
        keysAsTold.computeIfAbsent(
            new Told(call.groups(), call.name(), call.labels()), any -> newKey(call));
    overall.add(call, shiftNanos);
    key.add(call, shiftNanos);
    if (call.outcome().started()) {
      points.add(call, key.index());
      lastEndNanos = Math.max(lastEndNanos, call.times().end() + shiftNanos);
      if (++started == exactCalls + 1) {
        keys.values().forEach(KeyTally::condense);
      }
    }
  }

  private KeyTally newKey(CallRecord call) {
    KeyTally key = new KeyTally(keys.size(), objectives);
    if (started > exactCalls) {
      key.condense();
    }
    keys.put(CallKey.of(call), key);
    return key;
  }

  /** The statistics of all calls so far. */
  public RunStatistics result() {
    List<CallStatistics> byKey = new ArrayList<>();
    keys.forEach((key, tally) -> byKey.add(statistics(key, tally.counts(), List.of(tally))));
    return new RunStatistics(
        statistics(CallKey.ALL, overall, List.copyOf(keys.values())), byKey, points.result());
  }

  private CallStatistics statistics(CallKey key, CallTally counts, List<KeyTally> tallies) {
    List<CallSamples> samples = tallies.stream().map(KeyTally::samples).toList();
    Throughput throughput = throughput(tallies, samples);
    Map<Measure, Distribution> distributions = new EnumMap<>(Measure.class);
    Map<Measure, Bins> bins = new EnumMap<>(Measure.class);
    GapHistogram gaps = CallSamples.gaps(samples);
    distributions.put(Measure.GAP, gaps.distribution(rule));
    bins.put(Measure.GAP, gaps.bins());
    for (Measure measure : CallSamples.SAMPLED) {
      // The values of one measure at a time: those of all of them would be the memory's peak.
      Optional<Values> values = CallSamples.values(samples, measure);
      distributions.put(measure, Distribution.of(measure.unit(), values, rule));
      if (DRAWN_WITH_LEAST_WIDTH.containsKey(measure)) {
        bins.put(measure, Bins.linear(values, DRAWN_WITH_LEAST_WIDTH.get(measure)));
      }
    }
    return new CallStatistics(
        key,
        counts.counts(),
        distributions,
        bins,
        throughput,
        goodput(counts, throughput),
        counts.attempts(),
        counts.errors(),
        counts.notable(),
        counts.breakdown(),
        counts.oddities(),
        TimeSlices.series(
            tallies.stream().map(KeyTally::slices).toList(), lastEndNanos / 1e9, rule));
  }

  private static Throughput throughput(List<KeyTally> tallies, List<CallSamples> samples) {
    return Throughput.of(
        SpanTally.together(tallies.stream().map(KeyTally::span).toList()),
        CallSamples.sum(samples, Measure.INPUT_TOKENS),
        CallSamples.sum(samples, Measure.OUTPUT_TOKENS));
  }

  private Optional<Goodput> goodput(CallTally counts, Throughput throughput) {
    return objectives.isEmpty()
        ? Optional.empty()
        : Optional.of(Goodput.of(objectives, counts.good(), counts.counts().started(), throughput));
  }
}
