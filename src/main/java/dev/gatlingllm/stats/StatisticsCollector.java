package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes statistics of calls in one pass, holding about 150 bytes per call. Confined to one thread.
 *
 * <pre>{@code
 * StatisticsCollector calls = new StatisticsCollector(objectives, PercentileRule.WITHHOLD_WHEN_FEW);
 * CallRecordReader.read(file, call -> calls.add(call, 0));
 * RunStatistics statistics = calls.result();
 * }</pre>
 */
public final class StatisticsCollector {

  private static final Map<Measure, Double> DRAWN_WITH_LEAST_WIDTH =
      new EnumMap<>(
          Map.of(
              Measure.TTFT, 0.1,
              Measure.TOKENS_PER_SECOND, 0.1,
              Measure.OUTPUT_TOKENS, 1.0));

  private final CallObjectives objectives;
  private final PercentileRule rule;
  private final CallTally overall;
  private final Map<CallKey, CallTally> tallies = new LinkedHashMap<>();
  private final Map<CallKey, CallTable> tables = new LinkedHashMap<>();

  /** Collects for these limits and this rule. */
  public StatisticsCollector(CallObjectives objectives, PercentileRule rule) {
    this.objectives = objectives;
    this.rule = rule;
    this.overall = new CallTally(objectives);
  }

  /**
   * Adds one call.
   *
   * @param shiftNanos how much later its run started than the first of the runs that are merged
   */
  public void add(CallRecord call, long shiftNanos) {
    CallKey key = CallKey.of(call);
    overall.add(call, shiftNanos);
    tallies.computeIfAbsent(key, any -> new CallTally(objectives)).add(call, shiftNanos);
    CallTable table = tables.computeIfAbsent(key, any -> new CallTable());
    if (call.outcome().started()) {
      table.add(call, shiftNanos);
    }
  }

  /** The statistics of all calls so far. */
  public RunStatistics result() {
    List<CallTable> all = List.copyOf(tables.values());
    double endSeconds = TimeSlices.endSeconds(all);
    List<CallStatistics> byKey = new ArrayList<>();
    tallies.forEach(
        (key, tally) -> byKey.add(statistics(key, tally, List.of(tables.get(key)), endSeconds)));
    return new RunStatistics(
        statistics(CallKey.ALL, overall, all, endSeconds), byKey, TokenPoints.of(all));
  }

  private CallStatistics statistics(
      CallKey key, CallTally tally, List<CallTable> calls, double endSeconds) {
    Throughput throughput = Throughput.of(calls);
    return new CallStatistics(
        key,
        tally.counts(),
        distributions(tally, calls),
        bins(tally, calls),
        throughput,
        objectives.isEmpty()
            ? Optional.empty()
            : Optional.of(
                Goodput.of(objectives, tally.good(), tally.counts().started(), throughput)),
        tally.attempts(),
        tally.errors(),
        tally.notable(),
        tally.breakdown(),
        tally.oddities(),
        TimeSlices.series(calls, endSeconds, rule));
  }

  private Map<Measure, Distribution> distributions(CallTally tally, List<CallTable> calls) {
    Map<Measure, Distribution> all = new EnumMap<>(Measure.class);
    for (Measure measure : Measure.values()) {
      all.put(
          measure,
          measure == Measure.GAP
              ? tally.gaps().distribution(rule)
              : Distribution.of(measure.unit(), CallTable.values(calls, measure), rule));
    }
    return all;
  }

  private static Map<Measure, Bins> bins(CallTally tally, List<CallTable> calls) {
    Map<Measure, Bins> drawn = new EnumMap<>(Measure.class);
    drawn.put(Measure.GAP, tally.gaps().bins());
    DRAWN_WITH_LEAST_WIDTH.forEach(
        (measure, width) ->
            drawn.put(measure, Bins.linear(CallTable.values(calls, measure), width)));
    return drawn;
  }
}
