package dev.gatlingllm.decision;

import dev.gatlingllm.stats.CallKey;
import dev.gatlingllm.stats.CallSamples;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Direction;
import dev.gatlingllm.stats.Interval;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.OutcomeShares;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.stats.RunStatistics;
import dev.gatlingllm.stats.ShareCount;
import dev.gatlingllm.stats.StatisticsCollector;
import dev.gatlingllm.stats.Values;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Two runs compared, call name by call name. Percentiles are compared by their ratio, shares by
 * their difference, each with an interval of {@link Interval#CONFIDENCE} that counts calls as the
 * independent ones that they are worth. Every interval stands for itself: of forty numbers that did
 * not change, two may look as if they had. What the user names is decided by {@link
 * ComparisonGate}.
 *
 * @param overall all calls together
 * @param byKey the keys that both runs have, in the second run's order
 * @param onlyInFirst keys that the second run lacks
 * @param onlyInSecond keys that the first run lacks
 */
public record RunComparison(
    KeyComparison overall,
    List<KeyComparison> byKey,
    List<CallKey> onlyInFirst,
    List<CallKey> onlyInSecond) {

  /**
   * A run of which all calls were collected.
   *
   * @param statistics of its calls
   * @param calls what the statistics were made from
   */
  public record Collected(RunStatistics statistics, StatisticsCollector calls) {}

  /** The share of calls that failed. */
  static final String FAILED = "failed";

  /** Points of a curve. */
  static final int POINTS = 201;

  /** The measures that are compared. */
  public static final List<Measure> COMPARED =
      List.of(
          Measure.TTFT,
          Measure.TTLT,
          Measure.E2E,
          Measure.TPOT,
          Measure.TOKENS_PER_SECOND,
          Measure.TOKENS_PER_SECOND_E2E,
          Measure.MAX_INTER_CHUNK,
          Measure.TTFT_FROM_ARRIVAL,
          Measure.E2E_FROM_ARRIVAL,
          Measure.SCHEDULE_DELAY,
          Measure.INPUT_TOKENS,
          Measure.OUTPUT_TOKENS,
          Measure.UTILIZATION);

  private static final List<Measure> DRAWN =
      List.of(Measure.TTFT, Measure.E2E, Measure.TOKENS_PER_SECOND, Measure.MAX_INTER_CHUNK);

  private static final List<Quantile> HIGH =
      List.of(Quantile.P50, Quantile.P90, Quantile.P95, Quantile.P99);
  private static final List<Quantile> LOW =
      List.of(Quantile.P50, Quantile.P10, Quantile.P5, Quantile.P1);

  /** Copies the lists. */
  public RunComparison {
    byKey = List.copyOf(byKey);
    onlyInFirst = List.copyOf(onlyInFirst);
    onlyInSecond = List.copyOf(onlyInSecond);
  }

  /**
   * Compares two runs.
   *
   * @param first what was collected of the first, after its last call
   * @param second what was collected of the second
   */
  public static RunComparison of(Collected first, Collected second) {
    return of(first, second, OptionalLong.empty());
  }

  /**
   * As {@link #of(Collected, Collected)}, of runs that may share their arrivals and prompts.
   *
   * @param laterNanos how much later each arrival is in the second run than in the first; present
   *     only if call {@code k} of both is the same arrival with the same prompt: percentiles are
   *     then compared in pairs of blocks, where the runs are long enough
   */
  public static RunComparison of(Collected first, Collected second, OptionalLong laterNanos) {
    Map<CallKey, Side> firstKeys = sides(first);
    Map<CallKey, Side> secondKeys = sides(second);
    List<KeyComparison> byKey = new ArrayList<>();
    secondKeys.forEach(
        (key, side) -> {
          if (firstKeys.containsKey(key)) {
            byKey.add(compare(firstKeys.get(key), side, laterNanos));
          }
        });
    return new RunComparison(
        compare(overall(first), overall(second), laterNanos),
        byKey,
        firstKeys.keySet().stream().filter(key -> !secondKeys.containsKey(key)).toList(),
        secondKeys.keySet().stream().filter(key -> !firstKeys.containsKey(key)).toList());
  }

  /** The same, with the first of {@link #keys} alone. */
  public RunComparison ofFirstKey() {
    return new RunComparison(overall, keys().subList(0, 1), List.of(), List.of());
  }

  /** The keys that both runs have, all calls together first unless there is one key alone. */
  public List<KeyComparison> keys() {
    return byKey.size() == 1 ? byKey : Stream.concat(Stream.of(overall), byKey.stream()).toList();
  }

  /** Whether any percentile was compared in pairs of blocks. */
  public boolean isInPairs() {
    return Stream.concat(Stream.of(overall), byKey.stream())
        .flatMap(key -> key.quantiles().stream())
        .anyMatch(change -> change.pairs() > 0);
  }

  /**
   * Compares two groups of runs, each of which is one observation.
   *
   * @param paired whether the runs belong together in pairs, in their order
   * @param allFirst the runs of the first group merged
   * @param allSecond the runs of the second group merged
   */
  public static RunComparison ofGroups(
      List<Collected> first,
      List<Collected> second,
      boolean paired,
      Collected allFirst,
      Collected allSecond) {
    RunComparison merged = of(allFirst, allSecond);
    return new RunComparison(
        RunGroups.compare(
            merged.overall(),
            first.stream().map(RunComparison::overall).toList(),
            second.stream().map(RunComparison::overall).toList(),
            paired),
        merged.byKey().stream()
            .map(
                key ->
                    RunGroups.compare(
                        key, sides(first, key.key()), sides(second, key.key()), paired))
            .toList(),
        merged.onlyInFirst(),
        merged.onlyInSecond());
  }

  private static List<Side> sides(List<Collected> runs, CallKey key) {
    return runs.stream()
        .map(run -> Optional.ofNullable(sides(run).get(key)))
        .flatMap(Optional::stream)
        .toList();
  }

  /** The calls of one key in one run. */
  record Side(CallStatistics statistics, List<CallSamples> samples) {}

  private static Side overall(Collected run) {
    return new Side(run.statistics().overall(), run.calls().samples());
  }

  private static Map<CallKey, Side> sides(Collected run) {
    Map<CallKey, Side> sides = new LinkedHashMap<>();
    for (CallStatistics key : run.statistics().byKey()) {
      sides.put(key.key(), new Side(key, run.calls().samples(key.key())));
    }
    return sides;
  }

  private static KeyComparison compare(Side first, Side second, OptionalLong laterNanos) {
    List<QuantileChange> quantiles = new ArrayList<>();
    Map<Measure, KeyComparison.Curves> curves = new EnumMap<>(Measure.class);
    for (Measure measure : COMPARED) {
      Optional<Values> a = CallSamples.values(first.samples(), measure);
      Optional<Values> b = CallSamples.values(second.samples(), measure);
      if (a.isPresent() || b.isPresent()) {
        Optional<PairedCalls> pairs = pairs(first, second, measure, laterNanos);
        for (Quantile quantile : quantiles(measure)) {
          QuantileChange alone = QuantileChange.of(measure, quantile, a, b);
          quantiles.add(pairs.map(alone::inPairs).orElse(alone));
        }
        if (DRAWN.contains(measure)) {
          curves.put(measure, new KeyComparison.Curves(curve(a), curve(b)));
        }
      }
    }
    return new KeyComparison(
        second.statistics().key(),
        first.statistics(),
        second.statistics(),
        quantiles,
        shares(first.statistics().shares(), second.statistics().shares()),
        curves);
  }

  private static Optional<PairedCalls> pairs(
      Side first, Side second, Measure measure, OptionalLong laterNanos) {
    if (laterNanos.isEmpty()) {
      return Optional.empty();
    }
    long later = laterNanos.getAsLong();
    return CallSamples.started(first.samples(), measure)
        .flatMap(
            a ->
                CallSamples.started(second.samples(), measure)
                    .map(b -> new PairedCalls(a, b, later)));
  }

  /** The percentiles of a measure that are compared: the median and those of its bad tail. */
  public static List<Quantile> quantiles(Measure measure) {
    return switch (measure.direction()) {
      case NEUTRAL -> List.of(Quantile.P50);
      case LOW_IS_GOOD -> HIGH;
      case HIGH_IS_GOOD -> LOW;
    };
  }

  private static List<Double> curve(Optional<Values> values) {
    if (values.isEmpty()) {
      return List.of();
    }
    long n = values.get().n();
    LongToDoubleFunction valueAt = values.get().lookup();
    return IntStream.range(0, POINTS)
        .mapToObj(i -> valueAt.applyAsDouble(Math.max(0, (n * i + POINTS - 2) / (POINTS - 1) - 1)))
        .toList();
  }

  static List<ShareChange> shares(OutcomeShares first, OutcomeShares second) {
    List<ShareChange> shares = new ArrayList<>();
    shares.add(lowIsGood(FAILED, first.failed(), second.failed()));
    shares.add(lowIsGood("throttled", first.throttled(), second.throttled()));
    shares.add(lowIsGood("dropped", first.dropped(), second.dropped()));
    if (first.good().isPresent() && second.good().isPresent()) {
      shares.add(highIsGood("good", first.good().get(), second.good().get()));
    }
    if (first.cacheHits().of() > 0 && second.cacheHits().of() > 0) {
      shares.add(highIsGood("cache-hit", first.cacheHits(), second.cacheHits()));
    }
    return shares;
  }

  private static ShareChange lowIsGood(String name, ShareCount first, ShareCount second) {
    return ShareChange.of(name, Direction.LOW_IS_GOOD, first, second);
  }

  private static ShareChange highIsGood(String name, ShareCount first, ShareCount second) {
    return ShareChange.of(name, Direction.HIGH_IS_GOOD, first, second);
  }
}
