package dev.gatlingllm.capacity;

import dev.gatlingllm.stats.ShareCount;
import java.util.List;

/**
 * At which load the share of calls that miss a limit reaches what the limit allows. Around that
 * load θ the odds of a miss are taken to grow by a power s of the load: {@code logit p = logit p₀ +
 * s · ln(load ÷ θ)}, a logistic regression on the logarithm of the load. Neither θ nor s is known:
 * every pair on a grid is weighed by how well it explains the probes, each with as many calls as it
 * is worth, and what the weights say of θ alone is the answer (Bayes' rule; θ and s uniform on a
 * logarithmic scale beforehand). The grid needs no starting value, and answers also where every
 * probe was clear and no maximum of the likelihood exists.
 *
 * <p>A probe that is farther off than {@value #NEAR} on the logarithmic scale says only on which
 * side θ is, since the curve need not hold so far. A small share of misses that have nothing to do
 * with the load is allowed for.
 */
final class MissCurve {

  private static final double NEAR = 0.25;
  private static final double ALIKE = 0.07;
  private static final int SLOPES = 14;
  private static final double LEAST_SLOPE = 3;
  private static final double GREATEST_SLOPE = 2000;
  private static final double LEAST_SHARE = 1e-12;
  private static final double STRAY = 0.05;

  /** How much less likely a load is at which calls were seen to pile up than one where not. */
  private static final double PILED_UP = Math.log(1000);

  private final LoadGrid grid;
  private final double allowed;
  private final double[][] logWeights;

  MissCurve(LoadGrid grid, double allowed) {
    this.grid = grid;
    this.allowed = allowed;
    this.logWeights = new double[SLOPES][grid.size()];
  }

  /** What a probe says: its load, the calls that missed the limit, whether calls piled up. */
  record Point(double load, ShareCount missed, boolean piledUp) {

    double callsPerWorth() {
      return missed.of() / missed.worth();
    }
  }

  /** The curve through these probes. */
  static MissCurve of(LoadGrid grid, double allowed, List<Point> points) {
    MissCurve curve = new MissCurve(grid, allowed);
    List<Point> seen = points.stream().filter(point -> point.missed().of() > 0).toList();
    for (Point point : seen) {
      curve.add(point.load(), alike(point, seen), point.piledUp());
    }
    return curve;
  }

  /**
   * A probe that was lucky seems to be worth more than one that was not, and a mean with these
   * weights would be too good. So probes at loads near each other share what a call is worth.
   */
  private static ShareCount alike(Point point, List<Point> all) {
    double calls = 0;
    double sum = 0;
    for (Point other : all) {
      double distance = Math.log(other.load() / point.load()) / ALIKE;
      double weight = other.missed().of() * Math.exp(-distance * distance / 2);
      calls += weight;
      sum += weight * other.callsPerWorth();
    }
    ShareCount missed = point.missed();
    return new ShareCount(missed.count(), missed.of(), missed.of() * calls / sum);
  }

  private void add(double load, ShareCount missed, boolean piledUp) {
    double place = Math.log(load);
    for (int i = 0; i < grid.size(); i++) {
      double distance = place - grid.logAt(i);
      double penalty = piledUp && distance < 0 ? PILED_UP : 0;
      for (int slope = 0; slope < SLOPES; slope++) {
        logWeights[slope][i] += logLikelihood(distance, slope, missed) - penalty;
      }
    }
  }

  private double logLikelihood(double distance, int slope, ShareCount missed) {
    if (missed.of() == 0) {
      return 0;
    }
    double seen = missed.share();
    double expected = share(Math.max(-NEAR, Math.min(NEAR, distance)), slopeAt(slope));
    double least = distance < -NEAR ? 0 : expected;
    double most = distance > NEAR ? 1 : expected + STRAY * allowed * (1 - expected);
    double nearest = Math.max(least, Math.min(most, seen));
    return missed.worth() * (term(seen, nearest) + term(1 - seen, 1 - nearest));
  }

  private static double term(double seen, double expected) {
    return seen == 0 ? 0 : seen * Math.log(Math.max(expected, LEAST_SHARE));
  }

  private double share(double distance, double slope) {
    double logit = Math.log(allowed / (1 - allowed)) + slope * distance;
    return 1 / (1 + Math.exp(-logit));
  }

  private static double slopeAt(int index) {
    return LEAST_SLOPE * Math.pow(GREATEST_SLOPE / LEAST_SLOPE, index / (SLOPES - 1.0));
  }

  /** How likely each load of the grid is to be the one; the sum is 1. */
  double[] likely() {
    double greatest = Double.NEGATIVE_INFINITY;
    for (double[] row : logWeights) {
      for (double weight : row) {
        greatest = Math.max(greatest, weight);
      }
    }
    double[] likely = new double[grid.size()];
    double sum = 0;
    for (double[] row : logWeights) {
      for (int i = 0; i < likely.length; i++) {
        double weight = Math.exp(row[i] - greatest);
        likely[i] += weight;
        sum += weight;
      }
    }
    for (int i = 0; i < likely.length; i++) {
      likely[i] /= sum;
    }
    return likely;
  }
}
