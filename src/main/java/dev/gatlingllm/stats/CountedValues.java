package dev.gatlingllm.stats;

import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.LongToDoubleFunction;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Values counted in a histogram: as many as there are, in the same memory. Number, mean, deviation,
 * least and greatest are exact; percentiles are as accurate as the {@link Precision}. Confined to
 * one thread.
 */
final class CountedValues implements Values {

  private final Precision precision;
  private final AbstractHistogram histogram;
  private final Optional<LevelCounts> order;
  private long n;
  private double mean;
  private double squares;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  /** Counts values of which the order does not matter. */
  CountedValues(Precision precision) {
    this(precision, Optional.empty());
  }

  /** Counts values whose order is counted elsewhere. */
  CountedValues(Precision precision, Optional<LevelCounts> order) {
    this(precision, order, precision.histogram());
  }

  /** With a histogram of the precision's digits that holds larger counts than usual. */
  CountedValues(Precision precision, AbstractHistogram histogram) {
    this(precision, Optional.empty(), histogram);
  }

  private CountedValues(
      Precision precision, Optional<LevelCounts> order, AbstractHistogram histogram) {
    this.precision = precision;
    this.order = order;
    this.histogram = histogram;
  }

  void add(double value) {
    add(value, 1);
  }

  // Mean and squares as in B. P. Welford, Note on a method for calculating corrected sums of
  // squares and products, Technometrics 4 (1962), and D. H. D. West, Updating mean and variance
  // estimates, Communications of the ACM 22 (1979), for a value that comes several times.
  void add(double value, long count) {
    n += count;
    double distance = value - mean;
    mean += distance * ((double) count / n);
    squares += count * distance * (value - mean);
    min = Math.min(min, value);
    max = Math.max(max, value);
    histogram.recordValueWithCount(precision.steps(value), count);
  }

  /** The greatest value, where it is known better than it was added. Nothing is added after. */
  void greatestIs(double exact) {
    max = exact;
    min = Math.min(min, exact);
  }

  // As in T. F. Chan et al., Updating formulae and a pairwise algorithm for computing sample
  // variances, COMPSTAT 1982.
  void add(CountedValues other) {
    if (other.n == 0) {
      return;
    }
    long together = n + other.n;
    double distance = other.mean - mean;
    squares += other.squares + distance * distance * ((double) n * other.n / together);
    mean += distance * other.n / together;
    n = together;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    histogram.add(other.histogram);
  }

  @Override
  public long n() {
    return n;
  }

  @Override
  public double at(long rank) {
    if (rank == 0 || rank == n - 1) {
      return rank == 0 ? min : max;
    }
    return value(histogram.getValueAtPercentile(100.0 * (rank + 1) / n));
  }

  /** Asking the histogram for a rank takes as long as it has buckets: this asks once. */
  @Override
  public LongToDoubleFunction lookup() {
    NavigableMap<Long, Double> byLastRank = new TreeMap<>();
    long[] ranks = {-1};
    forEach(
        (value, count) -> {
          ranks[0] += count;
          byLastRank.put(ranks[0], value);
        });
    return rank -> rank == 0 ? min : rank == n - 1 ? max : byLastRank.ceilingEntry(rank).getValue();
  }

  @Override
  public int significantDigits() {
    return precision.significantDigits();
  }

  @Override
  public double mean() {
    return mean;
  }

  @Override
  public double deviation() {
    return Math.sqrt(squares / (n - 1));
  }

  @Override
  public double percentile(double percent) {
    double rank = (n - 1) * (percent / 100);
    long below = (long) Math.floor(rank);
    double low = at(below);
    return low + (rank - below) * (at(Math.min(below + 1, n - 1)) - low);
  }

  @Override
  public OptionalDouble worth(double level) {
    return order.map(known -> OptionalDouble.of(known.worth(level))).orElse(OptionalDouble.empty());
  }

  @Override
  public void forEach(Visitor visitor) {
    for (HistogramIterationValue step : histogram.recordedValues()) {
      visitor.visit(value(step.getValueIteratedTo()), step.getCountAtValueIteratedTo());
    }
  }

  /** The middle of a step's bucket, which may lie beyond the outermost values. */
  private double value(long steps) {
    double middle = precision.value(histogram.medianEquivalentValue(steps));
    return Math.max(min, Math.min(max, middle));
  }
}
