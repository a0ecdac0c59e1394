package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * A straight line through all succeeded calls by least squares.
 *
 * @param x what is given
 * @param y what it is to explain
 * @param n calls with both
 * @param slope units of y per unit of x
 * @param intercept y at x = 0
 * @param r correlation of Pearson, from −1 to 1; its square is the share of the variance explained
 */
public record LineFit(Measure x, Measure y, long n, double slope, double intercept, double r) {

  private static final int FEWEST = 10;

  /** What the line says. */
  public double at(double given) {
    return intercept + slope * given;
  }

  /** Collects calls for a fit, one at a time, in constant memory. Confined to one thread. */
  static final class Tally {
    private final Measure x;
    private final Measure y;
    private final SimpleRegression regression = new SimpleRegression();

    Tally(Measure x, Measure y) {
      this.x = x;
      this.y = y;
    }

    void add(CallRecord call) {
      OptionalDouble given = x.of(call);
      OptionalDouble found = y.of(call);
      if (given.isPresent() && found.isPresent()) {
        regression.addData(given.getAsDouble(), found.getAsDouble());
      }
    }

    /** Absent of fewer than ten calls, or if all of them have the same x or the same y. */
    Optional<LineFit> result() {
      double r = regression.getR();
      return regression.getN() < FEWEST || Double.isNaN(r)
          ? Optional.empty()
          : Optional.of(
              new LineFit(
                  x, y, regression.getN(), regression.getSlope(), regression.getIntercept(), r));
    }
  }
}
