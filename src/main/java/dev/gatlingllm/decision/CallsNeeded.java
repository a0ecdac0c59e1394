package dev.gatlingllm.decision;

import dev.gatlingllm.stats.Interval;
import dev.gatlingllm.stats.PercentileInterval;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * How many calls each of two runs takes for a comparison of a percentile to show a change, with a
 * probability of at least 80 % and the risk of a gate.
 *
 * <p>The logarithm of a percentile has the standard error {@code σ √(p (1 − p)) / (φ(z) √m)} of m
 * independent calls (A. M. Mood, Introduction to the Theory of Statistics, asymptotic distribution
 * of sample quantiles), if latencies are lognormal with that σ; φ is the normal density and z the
 * normal quantile of p. Two fifths are added: limits that are exact and a number of independent
 * calls that is itself an estimate cost so much, as comparisons of lognormal series find. Fewer
 * calls than leave the ends of both intervals known show nothing.
 *
 * @param percent the percentile, from 50 to 100, the latter excluded
 * @param spread 95th percentile ÷ median of the latency, above 1
 * @param callsPerIndependent how many calls are worth one independent call, at least 1: the calls
 *     of a run ÷ what they are worth
 */
public record CallsNeeded(double percent, double spread, double callsPerIndependent) {

  private static final double POWER = 0.8;
  private static final double COST_OF_EXACT_LIMITS = 1.4;
  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);
  private static final double Z_OF_P95 = NORMAL.inverseCumulativeProbability(0.95);

  /** Rejects what is outside of these bounds. */
  public CallsNeeded {
    require(percent >= 50 && percent < 100, "percentile must be from 50 to below 100", percent);
    require(spread > 1, "spread must be > 1", spread);
    require(callsPerIndependent >= 1, "dependence must be >= 1", callsPerIndependent);
  }

  private static void require(boolean holds, String rule, double value) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ", was " + value);
    }
  }

  /**
   * Calls of each run.
   *
   * @param effectPercent how much slower the second run is, above 0
   */
  public long toShow(double effectPercent) {
    require(effectPercent > 0, "effect must be > 0", effectPercent);
    double share = percent / 100;
    double z = NORMAL.inverseCumulativeProbability(share);
    double sigma = Math.log(spread) / Z_OF_P95;
    double ofOneCall = sigma * Math.sqrt(share * (1 - share)) / NORMAL.density(z);
    double distance =
        NORMAL.inverseCumulativeProbability(1 - Interval.RISK_OF_ONE_SIDE)
            + NORMAL.inverseCumulativeProbability(POWER);
    double times = distance * ofOneCall / Math.log1p(effectPercent / 100);
    double independent =
        Math.max(
            COST_OF_EXACT_LIMITS * 2 * times * times,
            PercentileInterval.LEAST_BEYOND / (1 - share));
    return (long) Math.ceil(independent * callsPerIndependent * (1 - 1e-12));
  }
}
