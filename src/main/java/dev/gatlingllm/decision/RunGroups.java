package dev.gatlingllm.decision;

import dev.gatlingllm.stats.CallSamples;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.stats.ShareCount;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The calls of one key in two groups of runs, each run one observation. */
final class RunGroups {

  private final List<RunComparison.Side> first;
  private final List<RunComparison.Side> second;
  private final boolean paired;

  private RunGroups(
      List<RunComparison.Side> first, List<RunComparison.Side> second, boolean paired) {
    this.first = first;
    this.second = second;
    this.paired = paired && first.size() == second.size();
  }

  /** The comparison of the merged runs, with the intervals that the spread between runs makes. */
  static KeyComparison compare(
      KeyComparison merged,
      List<RunComparison.Side> first,
      List<RunComparison.Side> second,
      boolean paired) {
    RunGroups groups = new RunGroups(first, second, paired);
    return new KeyComparison(
        merged.key(),
        merged.first(),
        merged.second(),
        merged.quantiles().stream().map(groups::compare).toList(),
        merged.shares().stream().map(groups::compare).toList(),
        merged.curves());
  }

  private QuantileChange compare(QuantileChange merged) {
    return merged.change() == Change.TOO_FEW
        ? merged
        : merged.of(contrast(run -> logPercentile(run.samples(), merged), merged.contrast()));
  }

  private static double logPercentile(List<CallSamples> samples, QuantileChange number) {
    Quantile quantile = number.quantile();
    return CallSamples.values(samples, number.measure())
        .filter(values -> values.n() >= number.needed())
        .map(values -> Math.log(values.percentile(quantile.percent())))
        .orElse(Double.NaN);
  }

  private ShareChange compare(ShareChange merged) {
    return merged.of(contrast(run -> percent(run.statistics(), merged.name()), merged.contrast()));
  }

  private static double percent(CallStatistics run, String name) {
    return RunComparison.shares(run.shares(), run.shares()).stream()
        .filter(share -> share.name().equals(name))
        .map(ShareChange::first)
        .filter(share -> share.of() >= ShareChange.FEWEST)
        .mapToDouble(ShareCount::share)
        .map(share -> 100 * share)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** Runs that do not differ at all say nothing of how much they could: their calls do. */
  private Optional<Contrast> contrast(
      ToDoubleFunction<RunComparison.Side> number, Optional<Contrast> ofCalls) {
    double[] a = first.stream().mapToDouble(number).toArray();
    double[] b = second.stream().mapToDouble(number).toArray();
    if (!BlockContrast.fits(a) || !BlockContrast.fits(b)) {
      return Optional.empty();
    }
    Contrast ofRuns = paired ? BlockContrast.paired(a, b) : BlockContrast.unpaired(a, b);
    return ofRuns.interval().low() < ofRuns.interval().high() ? Optional.of(ofRuns) : ofCalls;
  }
}
