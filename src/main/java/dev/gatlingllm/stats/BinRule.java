package dev.gatlingllm.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

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

  private static final double[] ROUND = {5, 2, 1};

  private BinRule() {}

  /** How values are placed on an axis that has an edge at every whole number. */
  private interface Scale {
    double place(double value);

    double edge(long place);
  }

  private record Linear(double width) implements Scale {
    @Override
    public double place(double value) {
      return value / width;
    }

    @Override
    public double edge(long place) {
      return place * width;
    }
  }

  private record Logarithmic(long perDecade) implements Scale {
    @Override
    public double place(double value) {
      // The small summand keeps a value that is an edge, such as 10 ms, in the bin it begins.
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

  private static Bins bins(Values values, double leastWidth) {
    long n = values.n();
    long outside = (long) (n * OUTSIDE);
    double low = values.at(outside);
    double high = values.at(n - 1 - outside);
    boolean log =
        LongTail.is(low, values.percentile(50), high)
            && mostPerDecade(low, leastWidth) >= LEAST_PER_DECADE;
    double reach = CLOSE * distance(low, high, log);
    double least = values.at(0);
    double greatest = values.at(n - 1);
    if ((!log || least > 0) && distance(least, low, log) <= reach) {
      low = least;
    }
    if (distance(high, greatest, log) <= reach) {
      high = greatest;
    }
    double length = distance(low, high, log);
    double wanted = wanted(values, length, log);
    Scale scale =
        log
            ? new Logarithmic(perDecade(wanted, length, low, leastWidth))
            : new Linear(width(wanted, low, high, leastWidth));
    return counted(values, log, scale, low, high);
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

  private static long perDecade(double wanted, double decades, double low, double leastWidth) {
    double most = Math.min(MOST / decades, mostPerDecade(low, leastWidth));
    return (long) Math.max(1, Math.min(Math.ceil(wanted / decades), most));
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

  private static Bins counted(Values values, boolean log, Scale scale, double low, double high) {
    long first = (long) Math.floor(scale.place(low));
    long[] counts = new long[(int) ((long) Math.floor(scale.place(high)) - first) + 1];
    long[] outside = new long[2];
    values.forEach(
        (value, count) -> {
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
      edges.add(scale.edge(first + i));
    }
    return new Bins(
        log, edges, Arrays.stream(counts).boxed().toList(), outside[0], outside[1]);
  }
}
