package dev.gatlingllm.experiment.capacity;

import dev.gatlingllm.capacity.LookTimes;
import dev.gatlingllm.capacity.Probe;
import dev.gatlingllm.capacity.ProbeEnd;
import dev.gatlingllm.capacity.ProbeState;
import dev.gatlingllm.capacity.SearchLimit;
import dev.gatlingllm.capacity.Throttling;
import dev.gatlingllm.decision.Evidence.Outcome;
import dev.gatlingllm.decision.LimitDecision;
import dev.gatlingllm.decision.LimitMisses;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CapacityResult;
import dev.gatlingllm.record.Limit;
import dev.gatlingllm.stats.CallObjectives;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.stats.ShareCount;
import dev.gatlingllm.stats.StatisticsCollector;
import dev.gatlingllm.stats.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What the calls of a probe say. Safe for use by many threads. */
final class ProbeFigures {

  /** The share of calls that another deployment may answer before the load is too much. */
  static final SearchLimit SPILLED_OVER = new SearchLimit("answers of another deployment", 0.05);

  private static final int EXACT_CALLS = 100_000;

  private final List<Limit> limits;
  private final CallObjectives objectives;

  ProbeFigures(List<Limit> limits, CallObjectives objectives) {
    this.limits = List.copyOf(limits);
    this.objectives = objectives;
  }

  /** The limits as the search sees them, in the order of {@link ProbeState#missed}. */
  List<SearchLimit> searched() {
    return Stream.concat(
            limits.stream()
                .map(
                    limit ->
                        new SearchLimit(limit.name(), LimitMisses.allowed(limit).getAsDouble())),
            Stream.of(SPILLED_OVER))
        .toList();
  }

  static boolean isThrottled(CallRecord call) {
    return call.outcome() == dev.gatlingllm.record.Outcome.THROTTLED
        || call.attempts().stream()
            .anyMatch(one -> one.outcome() == dev.gatlingllm.record.Outcome.THROTTLED);
  }

  /**
   * What a probe has shown.
   *
   * @param calls that count, in any order
   * @param beginNanos the beginning of the probe on the clock of the records
   */
  ProbeState state(
      List<CallRecord> calls,
      long beginNanos,
      Duration elapsed,
      boolean piledUp,
      ProbeState.Client client) {
    List<CallRecord> inOrder = inOrder(calls);
    StatisticsCollector settled =
        StatisticsCollector.ofNumbers(objectives, PercentileRule.WITHHOLD_WHEN_FEW, EXACT_CALLS);
    Throttling throttling = new Throttling();
    List<CallRecord> counted = new ArrayList<>();
    for (CallRecord call : inOrder) {
      double start = (call.times().arrival() - beginNanos) / 1e9;
      throttling.add(start, isThrottled(call));
      if (LookTimes.counts(start, elapsed.toNanos() / 1e9)) {
        settled.add(call, 0);
        counted.add(call);
      }
    }
    List<ShareCount> missed = new ArrayList<>();
    limits.forEach(limit -> missed.add(LimitMisses.of(limit, settled)));
    boolean[] spilled = new boolean[counted.size()];
    for (int i = 0; i < spilled.length; i++) {
      spilled[i] = counted.get(i).served().spilledOver();
    }
    missed.add(ShareCount.inOrder(spilled));
    return new ProbeState(elapsed, missed, piledUp, throttling.seen(), client);
  }

  private static List<CallRecord> inOrder(List<CallRecord> calls) {
    return calls.stream()
        .sorted(Comparator.comparingLong((CallRecord call) -> call.times().arrival()))
        .toList();
  }

  /** The line of a probe in the result. */
  CapacityResult.Probe line(
      Probe probe, List<CallRecord> calls, ProbeState state, ProbeEnd ending) {
    double seconds = state.elapsed().toNanos() / 1e9;
    int worst = worst(state);
    ShareCount missed = state.missed().get(worst);
    List<CallRecord> succeeded = succeeded(calls);
    return new CapacityResult.Probe(
        probe.number(),
        probe.purpose().code(),
        probe.load(),
        seconds,
        calls.size(),
        calls.stream().filter(call -> call.outcome().failed()).count(),
        calls.stream().filter(ProbeFigures::isThrottled).count(),
        missed.worth(),
        missed.of() == 0 ? OptionalDouble.empty() : OptionalDouble.of(100 * (1 - missed.share())),
        state.piledUp() ? Outcome.MISSED.code() : outcome(state, worst).code(),
        ending.code(),
        searched().get(worst).name(),
        perMinute(succeeded.size(), seconds),
        perMinute(succeeded.stream().mapToLong(ProbeFigures::tokens).sum(), seconds),
        inFlight(calls, seconds),
        percentile(succeeded, Measure.TTFT, 50),
        percentile(succeeded, Measure.TTFT, 95),
        percentile(succeeded, Measure.E2E, 50),
        percentile(succeeded, Measure.E2E, 95),
        completedPerMinute(calls));
  }

  /** The limit that is nearest to being missed, by what it allows. */
  private int worst(ProbeState state) {
    int worst = 0;
    double most = -1;
    for (int i = 0; i < state.missed().size(); i++) {
      ShareCount missed = state.missed().get(i);
      double part = missed.of() == 0 ? 0 : missed.share() / searched().get(i).allowed();
      if (part > most) {
        most = part;
        worst = i;
      }
    }
    return worst;
  }

  private Outcome outcome(ProbeState state, int index) {
    ShareCount missed = state.missed().get(index);
    ShareCount kept = new ShareCount(missed.of() - missed.count(), missed.of(), missed.worth());
    return LimitDecision.ofShare(kept, 1 - searched().get(index).allowed()).outcome();
  }

  private static List<CallRecord> succeeded(List<CallRecord> calls) {
    return calls.stream()
        .filter(call -> call.outcome() == dev.gatlingllm.record.Outcome.SUCCEEDED)
        .toList();
  }

  static long tokens(CallRecord call) {
    return call.tokens().input().orElse(0) + call.tokens().output().orElse(0);
  }

  private static OptionalDouble perMinute(long number, double seconds) {
    return seconds > 0 ? OptionalDouble.of(60 * number / seconds) : OptionalDouble.empty();
  }

  /**
   * The load time of a report, with ends for starts: n ÷ (n − m) × (mean of the last m ends − mean
   * of the first m ends), m the calls that had started when the first one succeeded. Where calls
   * pile up they end at the rate of the service, and not at that of the arrivals.
   */
  static OptionalDouble completedPerMinute(List<CallRecord> calls) {
    List<CallRecord> started =
        calls.stream().filter(call -> call.times().start().isPresent()).toList();
    List<CallRecord> succeeded = succeeded(started);
    long first = succeeded.stream().mapToLong(call -> call.times().end()).min().orElse(0);
    int n = started.size();
    int m = (int) started.stream().filter(call -> call.times().start().getAsLong() < first).count();
    if (succeeded.isEmpty() || m == 0 || m == n) {
      return OptionalDouble.empty();
    }
    long[] ends = started.stream().mapToLong(call -> call.times().end() - first).sorted().toArray();
    double early = Arrays.stream(ends, 0, m).average().orElse(0);
    double late = Arrays.stream(ends, n - m, n).average().orElse(0);
    return perMinute(succeeded.size(), (late - early) / 1e9 * n / (n - m));
  }

  /** Little's law: the time of the probe that its calls took together, over its length. */
  private static OptionalDouble inFlight(List<CallRecord> calls, double seconds) {
    List<CallRecord> started =
        calls.stream().filter(call -> call.times().start().isPresent()).toList();
    long begin =
        started.stream().mapToLong(call -> call.times().start().getAsLong()).min().orElse(0);
    long end = begin + Math.round(1e9 * seconds);
    double together =
        started.stream()
            .mapToDouble(
                call ->
                    Math.max(
                        0, Math.min(call.times().end(), end) - call.times().start().getAsLong()))
            .sum();
    return seconds > 0 ? OptionalDouble.of(together / 1e9 / seconds) : OptionalDouble.empty();
  }

  static OptionalDouble percentile(List<CallRecord> calls, Measure measure, double percent) {
    double[] values =
        calls.stream().map(measure::of).flatMapToDouble(OptionalDouble::stream).toArray();
    return values.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Values.inOrder(values).percentile(percent));
  }
}
