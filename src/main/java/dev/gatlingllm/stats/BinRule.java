package dev.gatlingllm.stats;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * How a histogram is divided.
 *
 * <p>It reaches from quantile to quantile: at most half a percent of the values lie outside at
 * either end, and none if they are close. So few outliers cannot flatten it, and the percentiles
 * from p1 to p99 are inside. It is logarithmic where a long tail would leave the lower half of the
 * values hardly any room. It has as many bins as the rule of Freedman and Diaconis (1981) or that
 * of Rice asks for, whichever are more, since the former is blind between two far modes; but no
 * more than a chart has room for, and of round widths.
 */
final class BinRule {

  /** The bins are as wide as a histogram of at most so many, or two more for its ends. */
  static final int MOST = 80;

  /** This share of the values may lie outside at either end. */
  static final double OUTSIDE = 0.005;

  /** Values that reach farther by this part of the rest need not lie outside. */
  private static final double CLOSE = 0.25;

  /** Values that would have fewer, such as counts from 1 on, are better off with equal widths. */
  private static final int LEAST_PER_DECADE = 8;

  /** Steps of one percent, which three digits may have, would make a comb of narrower bins. */
  private static final int COARSE_PER_DECADE = 20;

  private static final double[] ROUND = {5, 2, 1};

  private BinRule() {}

  /** How values are placed on an axis that has an edge at every whole number. */
  private interface Scale {
    double place(double value);

    double edge(long place);
  }

  // The small summands keep a value that is an edge, such as 10 ms, in the bin it begins.

  private record Linear(double width, double below) implements Scale {
    @Override
    public double place(double value) {
      return (value + below) / width + 1e-9;
    }

    @Override
    public double edge(long place) {
      return place * width - below;
    }
  }

  private record Logarithmic(long perDecade) implements Scale {
    @Override
    public double place(double value) {
      return perDecade * Math.log10(value) + 1e-9;
    }

    @Override
    public double edge(long place) {
      return Math.pow(10, (double) place / perDecade);
    }
  }

  /**
   * Divides values.
   *
   * @param leastWidth no bin is narrower, such as 1 for counts
   */
  static Bins bins(Optional<Values> values, double leastWidth) {
    return values.map(known -> bins(known, leastWidth)).orElse(Bins.NONE);
  }

  private static Bins bins(Values values, double least) {
    DoubleUnaryOperator known = known(values.significantDigits());
    long n = values.n();
    long outside = (long) (n * OUTSIDE);
    double low = known.applyAsDouble(values.at(outside));
    double high = known.applyAsDouble(values.at(n - 1 - outside));
    double step = step(high, values.significantDigits());
    boolean log =
        LongTail.is(low, values.percentile(50), high)
            && mostPerDecade(low, least) >= LEAST_PER_DECADE;
    double reach = CLOSE * distance(low, high, log);
    double lowest = known.applyAsDouble(values.at(0));
    double greatest = known.applyAsDouble(values.at(n - 1));
    if ((!log || lowest > 0) && distance(lowest, low, log) <= reach) {
      low = lowest;
    }
    if (distance(high, greatest, log) <= reach) {
      high = greatest;
    }
    double length = distance(low, high, log);
    double wanted = wanted(values, length, log);
    double most = values.significantDigits() == 0 ? MOST : COARSE_PER_DECADE;
    Scale scale =
        log
            ? new Logarithmic(
                perDecade(wanted / length, Math.min(most, mostPerDecade(low, least)), length))
            // Between two values: from 100 ms on, 100 stands for 99.95 to 100.5, 101 for more.
            : new Linear(width(wanted, low, high, Math.max(least, step)), step / 2);
    return counted(values, known, log, scale, low, high);
  }

  /** A value by its certain digits: what a histogram adds to them would make a comb of the bins. */
  private static DoubleUnaryOperator known(int digits) {
    return digits == 0
        ? value -> value
        : value ->
            BigDecimal.valueOf(value)
                .round(new MathContext(digits, RoundingMode.HALF_EVEN))
                .doubleValue();
  }

  /** The distance of a value to the next that can be told from it; 0 if that is any. */
  private static double step(double value, int digits) {
    return digits == 0 || value == 0
        ? 0
        : Math.pow(10, Math.floor(Math.log10(Math.abs(value)) + 1e-9) - digits + 1);
  }

  private static double distance(double from, double to, boolean log) {
    return log ? Math.log10(to / from) : to - from;
  }

  private static double wanted(Values values, double length, boolean log) {
    double root = Math.cbrt((double) values.n());
    double quartiles = distance(values.percentile(25), values.percentile(75), log);
    double freedmanDiaconis = quartiles > 0 ? length * root / (2 * quartiles) : 0;
    return Math.min(MOST, Math.max(freedmanDiaconis, 2 * root));
  }

  private static long perDecade(double wanted, double most, double decades) {
    return (long) Math.max(1, Math.min(Math.ceil(wanted), Math.min(MOST / decades, most)));
  }

  /** So many bins of the least width, or of more, has the decade that begins with a value. */
  private static double mostPerDecade(double low, double leastWidth) {
    return 1 / Math.log10(1 + leastWidth / low);
  }

  private static double width(double wanted, double low, double high, double leastWidth) {
    double length = high - low;
    if (length == 0) {
      return low == 0 ? Math.max(1, leastWidth) : Math.max(leastWidth, roundDown(low / 1000));
    }
    double width = Math.max(leastWidth, roundDown(length / wanted));
    while (length / width > MOST) {
      width = next(width);
    }
    return width;
  }

  /** 1, 2 or 5 times a power of ten, at most this. */
  private static double roundDown(double width) {
    double size = Math.abs(width);
    double power = Math.pow(10, Math.floor(Math.log10(size) + 1e-9));
    double factor =
        Arrays.stream(ROUND)
            .filter(round -> round * power <= size * (1 + 1e-9))
            .findFirst()
            .orElse(1);
    return factor * power;
  }

  private static double next(double round) {
    return roundDown(2.5 * round);
  }

  private static Bins counted(
      Values values, DoubleUnaryOperator known, boolean log, Scale scale, double low, double high) {
    long first = (long) Math.floor(scale.place(low));
    long[] counts = new long[(int) ((long) Math.floor(scale.place(high)) - first) + 1];
    long[] outside = new long[2];
    values.forEach(
        (any, count) -> {
          double value = known.applyAsDouble(any);
          double bin = log && value <= 0 ? -1 : Math.floor(scale.place(value)) - first;
          if (bin < 0) {
            outside[0] += count;
          } else if (bin >= counts.length) {
            outside[1] += count;
          } else {
            counts[(int) bin] += count;
          }
        });
    List<Double> edges = new ArrayList<>();
    for (int i = 0; i <= counts.length; i++) {
      edges.add(low >= 0 ? Math.max(0, scale.edge(first + i)) : scale.edge(first + i));
    }
    return new Bins(log, edges, Arrays.stream(counts).boxed().toList(), outside[0], outside[1]);
  }
}
