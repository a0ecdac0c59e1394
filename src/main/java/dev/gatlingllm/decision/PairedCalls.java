package dev.gatlingllm.decision;

import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.stats.StartedValues;
import dev.gatlingllm.stats.Values;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The values of a measure in two runs that share their arrivals and prompts, call by call. Both
 * runs are cut into blocks at the same arrivals, and the logarithms of a percentile in the blocks
 * are compared in pairs, see {@link BlockContrast#paired}: what the arrivals and the prompts of a
 * block did is in both sides of a pair and cancels out.
 *
 * <p>A block has six times as many calls as are worth one independent call, so that neighbouring
 * blocks have little to do with each other (batch means: A. M. Law and W. D. Kelton, Simulation
 * Modeling and Analysis, chapter 9), and enough for the percentile. There are {@value #FEWEST} to
 * {@value #MOST} pairs: more make the blocks shorter and the interval hardly narrower. How often
 * the interval is wrong: reports/statistics.md.
 */
final class PairedCalls {

  /** Fewer pairs prove less than the calls themselves do. */
  static final int FEWEST = 6;

  static final int MOST = 12;

  private static final double INDEPENDENT_CALLS = 6;

  private final StartedValues first;
  private final StartedValues second;
  private final long laterNanos;
  private final Map<Integer, Optional<Cut>> cuts = new HashMap<>();

  private record Cut(List<Values> first, List<Values> second) {}

  /**
   * Values of two runs.
   *
   * @param laterNanos how much later an arrival is in the second run than in the first, each since
   *     the start of its run
   */
  PairedCalls(StartedValues first, StartedValues second, long laterNanos) {
    this.first = first;
    this.second = second;
    this.laterNanos = laterNanos;
  }

  /**
   * The contrast of a percentile; absent if the runs are too short for {@value #FEWEST} pairs, a
   * percentile is not above 0, or the blocks do not differ at all.
   *
   * @param fewest values that each block must have
   * @param worth how many independent calls the values of the run that is worth less are worth
   */
  Optional<Contrast> contrast(Quantile quantile, int fewest, double worth) {
    long calls = Math.min(first.n(), second.n());
    double length = Math.max(fewest, INDEPENDENT_CALLS * calls / worth);
    for (int pairs = (int) Math.min(MOST, calls / length); pairs >= FEWEST; pairs--) {
      Optional<Cut> cut = cuts.computeIfAbsent(pairs, this::cut);
      if (cut.isPresent() && isLongEnough(cut.get(), fewest)) {
        return contrast(cut.get(), quantile.percent());
      }
    }
    return Optional.empty();
  }

  private Optional<Cut> cut(int pairs) {
    long[] ofFirst = first.cuts(pairs);
    long[] ofSecond = ofFirst.clone();
    for (int i = 0; i < ofSecond.length; i++) {
      ofSecond[i] += laterNanos;
    }
    return first.blocks(ofFirst).flatMap(a -> second.blocks(ofSecond).map(b -> new Cut(a, b)));
  }

  private static boolean isLongEnough(Cut cut, int fewest) {
    return cut.first().stream().allMatch(block -> block.n() >= fewest)
        && cut.second().stream().allMatch(block -> block.n() >= fewest);
  }

  private static Optional<Contrast> contrast(Cut cut, double percent) {
    double[] a = logs(cut.first(), percent);
    double[] b = logs(cut.second(), percent);
    return BlockContrast.fits(a) && BlockContrast.fits(b)
        ? Optional.of(BlockContrast.paired(a, b))
            .filter(found -> found.interval().low() < found.interval().high())
        : Optional.empty();
  }

  private static double[] logs(List<Values> blocks, double percent) {
    return blocks.stream().mapToDouble(block -> Math.log(block.percentile(percent))).toArray();
  }
}
