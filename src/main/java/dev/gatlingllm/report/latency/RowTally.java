package dev.gatlingllm.report.latency;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.PercentileRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The calls of one row while they are being read. Confined to one thread. */
final class RowTally {

  private final Optional<Instant> runStart;
  private final List<LatencyRun> runs = new ArrayList<>();
  private final List<Double> decodeRates = new ArrayList<>();
  private final NavigableSet<String> regions = new TreeSet<>();
  private final NavigableSet<Integer> maxTokens = new TreeSet<>();
  private final SortedMap<String, Integer> errors = new TreeMap<>();
  private final NavigableSet<Integer> errorStatuses = new TreeSet<>();
  private int throttled;
  private int failed;

  RowTally(Optional<Instant> runStart) {
    this.runStart = runStart;
  }

  void add(CallRecord call) {
    call.tokens().requestedOutput().ifPresent(maxTokens::add);
    if (!call.service().region().isEmpty()) {
      regions.add(call.service().region());
    }
    if (call.outcome() == Outcome.SUCCEEDED) {
      runs.add(LatencyRun.of(call, runStart));
      Measure.TOKENS_PER_SECOND.of(call).ifPresent(decodeRates::add);
    } else if (call.outcome().failed()) {
      failed++;
      throttled += call.outcome() == Outcome.THROTTLED ? 1 : 0;
      errors.merge(call.error(), 1, Integer::sum);
      if (call.service().status() > 0) {
        errorStatuses.add(call.service().status());
      }
    }
  }

  void addAll(RowTally other) {
    runs.addAll(other.runs);
    decodeRates.addAll(other.decodeRates);
    regions.addAll(other.regions);
    maxTokens.addAll(other.maxTokens);
    other.errors.forEach((error, calls) -> errors.merge(error, calls, Integer::sum));
    errorStatuses.addAll(other.errorStatuses);
    throttled += other.throttled;
    failed += other.failed;
  }

  List<LatencyRun> runs() {
    return runs;
  }

  LatencyRow row(RowKey key, PercentileRule rule) {
    return new LatencyRow(
        key.calls(),
        key.model(),
        key.streaming(),
        key.servedRegion(),
        maxTokens.size() == 1 ? OptionalInt.of(maxTokens.first()) : OptionalInt.empty(),
        regions,
        runs.size(),
        failed,
        throttled,
        errors,
        errorStatuses,
        Distribution.of("s", array(runs.stream().map(LatencyRun::seconds).toList()), rule),
        Distribution.of("s", ttft(), rule),
        Distribution.of("tok/s", array(decodeRates), rule),
        Distribution.of("tok", tokens(true), rule),
        Distribution.of("tok", tokens(false), rule),
        Distribution.of("ms", perToken(), rule),
        runs.stream().min(Comparator.comparingDouble(LatencyRun::seconds)),
        runs.stream().max(Comparator.comparingDouble(LatencyRun::seconds)),
        withTokens().min(Comparator.comparingDouble(RowTally::perTokenSeconds)),
        withTokens().max(Comparator.comparingDouble(RowTally::perTokenSeconds)));
  }

  private Stream<LatencyRun> withTokens() {
    return runs.stream().filter(run -> run.secondsPerOutputToken().isPresent());
  }

  private static double perTokenSeconds(LatencyRun run) {
    return run.secondsPerOutputToken().getAsDouble();
  }

  private double[] perToken() {
    return withTokens().mapToDouble(RowTally::perTokenSeconds).map(s -> s * 1e3).toArray();
  }

  private double[] ttft() {
    return runs.stream()
        .filter(run -> run.ttftSeconds().isPresent())
        .mapToDouble(run -> run.ttftSeconds().getAsDouble())
        .toArray();
  }

  private double[] tokens(boolean prompt) {
    return runs.stream()
        .map(run -> prompt ? run.promptTokens() : run.completionTokens())
        .filter(count -> count.isPresent())
        .mapToDouble(count -> count.getAsLong())
        .toArray();
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
