package dev.gatlingllm.stats;

import org.apache.commons.math3.distribution.BetaDistribution;

/**
 * Limits of a share of calls: those of C. J. Clopper and E. S. Pearson, The use of confidence or
 * fiducial limits illustrated in the case of the binomial, Biometrika 26 (1934), in the form of
 * quantiles of the beta distribution. The number of calls need not be whole: calls that depend on
 * each other count as fewer, as in E. L. Korn and B. I. Graubard, Confidence intervals for
 * proportions with small expected number of positive counts, Survey Methodology 24 (1998).
 */
public final class ShareLimits {

  /** Fewer than this is no fraction of a call but a rounding. */
  private static final double NOTHING = 1e-9;

  private ShareLimits() {}

  /**
   * The least share that is compatible with the one seen.
   *
   * @param share that was seen, 0 to 1
   * @param worth of how many independent calls, above 0
   * @param risk how often the true share may lie below, 0 to 1
   */
  public static double low(double share, double worth, double risk) {
    double inside = share * worth;
    return inside <= NOTHING ? 0 : beta(inside, worth - inside + 1, risk);
  }

  /** The greatest share that is compatible with the one seen; as {@link #low}. */
  public static double high(double share, double worth, double risk) {
    double outside = (1 - share) * worth;
    return outside <= NOTHING ? 1 : 1 - beta(outside, worth - outside + 1, risk);
  }

  private static double beta(double a, double b, double share) {
    return new BetaDistribution(null, a, b).inverseCumulativeProbability(share);
  }
}
