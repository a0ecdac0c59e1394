package dev.gatlingllm.decision;

import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.stats.CallKey;
import dev.gatlingllm.stats.CallSamples;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Direction;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.stats.ShareCount;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Two targets of one run, whose calls came in pairs of blocks: each pair has the same arrivals and
 * prompts, so that what those do to a queue is in both blocks, and the time of day nearly so. The
 * differences of the pairs are the sample, see {@link BlockContrast#paired}.
 */
public final class AbComparison {

  /** The label of a call that says which pair of blocks it belongs to. */
  public static final String PAIR = "abPair";

  /** How the text of each result begins. */
  public static final String PREFIX = "A/B: ";

  private static final String TARGET = "target";
  private static final String WORSE = "llm.ab.worse";

  private final String first;
  private final String second;
  private final List<Pair> pairs;

  /** The calls of one pair of blocks, by their rows. */
  private record Pair(List<CallStatistics> first, List<CallStatistics> second) {
    Pair() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    boolean isWhole() {
      return !first.isEmpty() && !second.isEmpty();
    }
  }

  private AbComparison(String first, String second, List<Pair> pairs) {
    this.first = first;
    this.second = second;
    this.pairs = List.copyOf(pairs);
  }

  /** The number that is named for both sides: of a pair, or of all calls of a target. */
  private interface OfCalls extends Function<List<CallStatistics>, OptionalDouble> {}

  /**
   * What was found, and what becomes of it.
   *
   * @param finding in numbers
   * @param result whether the second target is not shown to be worse
   */
  public record Judged(AbFinding finding, AssertionResult result) {}

  /**
   * The second target against the first in each number that {@code llm.ab.worse} names; nothing of
   * a run without pairs of blocks.
   *
   * @param settings of the run
   */
  public static List<Judged> judge(Map<String, String> settings, RunComparison.Collected run) {
    List<ComparisonGate> named =
        Arrays.stream(settings.getOrDefault(WORSE, "").split(",", -1))
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .map(text -> ComparisonGate.parse(WORSE, text))
            .toList();
    return of(run.statistics().byKey()).map(found -> found.judge(named, run)).orElse(List.of());
  }

  private static Optional<AbComparison> of(List<CallStatistics> rows) {
    Map<String, Pair> pairs = new LinkedHashMap<>();
    List<CallStatistics> ofBlocks =
        rows.stream()
            .filter(row -> row.key().labels().keySet().containsAll(List.of(PAIR, TARGET)))
            .toList();
    List<String> targets =
        ofBlocks.stream().map(row -> row.key().labels().get(TARGET)).distinct().toList();
    if (targets.size() != 2) {
      return Optional.empty();
    }
    for (CallStatistics row : ofBlocks) {
      CallKey key = row.key();
      Pair pair = pairs.computeIfAbsent(key.labels().get(PAIR), any -> new Pair());
      boolean isFirst = key.labels().get(TARGET).equals(targets.get(0));
      (isFirst ? pair.first() : pair.second()).add(row);
    }
    List<Pair> whole = pairs.values().stream().filter(Pair::isWhole).toList();
    return Optional.of(new AbComparison(targets.get(0), targets.get(1), whole));
  }

  private List<Judged> judge(List<ComparisonGate> gates, RunComparison.Collected run) {
    List<Optional<NamedDifference>> differences =
        gates.stream().map(gate -> difference(gate, run)).toList();
    double[] together =
        Holm.together(
            differences.stream()
                .flatMap(Optional::stream)
                .map(known -> known.worse().riskOfHigher())
                .toList());
    List<Judged> results = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < gates.size(); i++) {
      results.add(
          differences.get(i).isEmpty()
              ? judged(gates.get(i), Optional.empty(), 1)
              : judged(gates.get(i), differences.get(i), together[next++]));
    }
    return results;
  }

  private Judged judged(ComparisonGate gate, Optional<NamedDifference> difference, double risk) {
    Change change = difference.map(known -> known.change(risk)).orElse(Change.TOO_FEW);
    AbFinding finding =
        new AbFinding(
            gate.text().split("=", 2)[0],
            first,
            second,
            gate.measure(),
            new Margin(gate.percent(), gate.measure().isEmpty()),
            pairs.size(),
            difference.map(known -> known.effect(gate)),
            change);
    return new Judged(
        finding,
        new AssertionResult(
            PREFIX + second + " is not worse than " + first + ", " + gate.text(),
            change != Change.WORSE,
            difference.map(known -> known.text(change)).orElseGet(() -> tooFew(gate))));
  }

  private String tooFew(ComparisonGate gate) {
    int needed = gate.quantile().map(QuantileChange::needed).orElse(ShareChange.FEWEST);
    return Figures.fill(
        "cannot tell: %s whole pairs of blocks; it takes two, with %s calls in each block that"
            + " succeeded",
        pairs.size(), needed);
  }

  private Optional<NamedDifference> difference(ComparisonGate gate, RunComparison.Collected run) {
    OfCalls number =
        gate.measure().isPresent()
            ? rows -> logPercentile(rows, gate.measure().get(), gate.quantile().orElseThrow(), run)
            : rows -> percent(failed(rows));
    double[] a = numbers(pairs.stream().map(Pair::first).toList(), number);
    double[] b = numbers(pairs.stream().map(Pair::second).toList(), number);
    if (!BlockContrast.fits(a) || !BlockContrast.fits(b)) {
      return Optional.empty();
    }
    Contrast ofPairs = BlockContrast.paired(a, b);
    boolean alike = ofPairs.interval().low() == ofPairs.interval().high();
    Contrast known = alike && gate.measure().isEmpty() ? ofAllCalls().orElse(ofPairs) : ofPairs;
    return Optional.of(NamedDifference.ofPairs(gate, known, pairs.size()));
  }

  /**
   * Pairs that do not differ at all, such as those without a failure, say less than their calls.
   */
  private Optional<Contrast> ofAllCalls() {
    return ShareChange.of(
            RunComparison.FAILED,
            Direction.LOW_IS_GOOD,
            failed(pairs.stream().flatMap(pair -> pair.first().stream()).toList()),
            failed(pairs.stream().flatMap(pair -> pair.second().stream()).toList()))
        .contrast();
  }

  private static double[] numbers(List<List<CallStatistics>> blocks, OfCalls number) {
    return blocks.stream().mapToDouble(rows -> number.apply(rows).orElse(Double.NaN)).toArray();
  }

  private static OptionalDouble logPercentile(
      List<CallStatistics> rows, Measure measure, Quantile quantile, RunComparison.Collected run) {
    List<CallSamples> samples =
        rows.stream().flatMap(row -> run.calls().samples(row.key()).stream()).toList();
    return CallSamples.values(samples, measure)
        .filter(values -> values.n() >= QuantileChange.needed(quantile))
        .map(values -> OptionalDouble.of(Math.log(values.percentile(quantile.percent()))))
        .orElse(OptionalDouble.empty());
  }

  private static OptionalDouble percent(ShareCount failed) {
    return failed.of() < ShareChange.FEWEST
        ? OptionalDouble.empty()
        : OptionalDouble.of(100 * failed.share());
  }

  private static ShareCount failed(List<CallStatistics> rows) {
    return rows.stream()
        .map(row -> row.shares().failed())
        .reduce(
            ShareCount.NONE,
            (a, b) ->
                new ShareCount(a.count() + b.count(), a.of() + b.of(), a.worth() + b.worth()));
  }
}
