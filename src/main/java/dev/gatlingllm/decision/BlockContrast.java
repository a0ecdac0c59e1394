package dev.gatlingllm.decision;

import dev.gatlingllm.stats.Interval;
import java.util.Arrays;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Contrasts two groups of blocks, such as runs or parts of a run, each of which is one observation:
 * the spread between blocks is the whole uncertainty, that of the time of day included, and how
 * calls of a block depend on each other does not matter. Two blocks of a group are the least.
 */
final class BlockContrast {

  private BlockContrast() {}

  /**
   * Blocks that belong together in pairs, such as those of one seed: the interval of Student's t of
   * their differences.
   */
  static Contrast paired(double[] first, double[] second) {
    double[] differences =
        IntStream.range(0, first.length).mapToDouble(i -> second[i] - first[i]).toArray();
    double error = Math.sqrt(StatUtils.variance(differences) / differences.length);
    return contrast(
        StatUtils.mean(differences), error, differences.length - 1.0, differences.length);
  }

  /**
   * Blocks of which none belongs to another: the interval of B. L. Welch, The generalization of
   * 'Student's' problem when several different population variances are involved, Biometrika 34
   * (1947), with the degrees of freedom of F. E. Satterthwaite.
   */
  static Contrast unpaired(double[] first, double[] second) {
    double a = StatUtils.variance(first) / first.length;
    double b = StatUtils.variance(second) / second.length;
    double freedom =
        a + b == 0
            ? first.length + second.length - 2.0
            : (a + b) * (a + b) / (a * a / (first.length - 1) + b * b / (second.length - 1));
    return contrast(
        StatUtils.mean(second) - StatUtils.mean(first),
        Math.sqrt(a + b),
        freedom,
        Math.min(first.length, second.length));
  }

  private static Contrast contrast(double estimate, double error, double freedom, int blocks) {
    TDistribution t = new TDistribution(null, freedom);
    DoubleFunction<Interval> limits =
        risk -> {
          double reach = error * t.inverseCumulativeProbability(1 - risk);
          return new Interval(estimate - reach, estimate + reach);
        };
    return Contrast.of(estimate, limits, blocks);
  }

  /** Whether there are enough numbers, and all of them are known and finite. */
  static boolean fits(double[] blocks) {
    return blocks.length >= 2 && Arrays.stream(blocks).allMatch(Double::isFinite);
  }
}
