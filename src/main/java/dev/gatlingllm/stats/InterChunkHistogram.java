package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * The inter-chunk latencies of many calls together, in microseconds. The records have two
 * significant digits; one more here keeps the rounding from adding up. Histograms of calls are
 * added, never their percentiles. Confined to one thread.
 */
final class InterChunkHistogram {

  private static final int SIGNIFICANT_DIGITS = 3;

  private final Histogram histogram = new Histogram(SIGNIFICANT_DIGITS);
  private double longestMillis;

  /** Adds the inter-chunk latencies of a call that succeeded and was not buffered. */
  void add(CallRecord call) {
    if (call.outcome() == Outcome.SUCCEEDED && !BufferedStream.is(call)) {
      call.interChunks().forEach(histogram::recordValueWithCount);
      longestMillis = Math.max(longestMillis, call.interChunks().longestNanos().orElse(0) / 1e6);
    }
  }

  void add(InterChunkHistogram other) {
    histogram.add(other.histogram);
    longestMillis = Math.max(longestMillis, other.longestMillis);
  }

  Distribution distribution(PercentileRule rule) {
    long n = histogram.getTotalCount();
    String unit = Measure.INTER_CHUNK.unit();
    if (n == 0) {
      return Distribution.none(unit);
    }
    double mean = histogram.getMean() / 1e3;
    OptionalDouble sd =
        n < 2 ? OptionalDouble.empty() : OptionalDouble.of(histogram.getStdDeviation() / 1e3);
    return new Distribution(
        unit,
        n,
        OptionalDouble.of(mean),
        sd,
        Distribution.variation(sd, mean),
        OptionalDouble.of(histogram.getMinValue() / 1e3),
        OptionalDouble.of(max()),
        quantiles(rule, n),
        Map.of(),
        OptionalDouble.empty());
  }

  Bins bins() {
    LogBins bins = new LogBins();
    for (HistogramIterationValue value : histogram.recordedValues()) {
      bins.add(value.getValueIteratedTo() / 1e3, value.getCountAddedInThisIterationStep());
    }
    return bins.toBins();
  }

  // The histogram knows the longest inter-chunk latency to 1 % only; the records know it exactly.
  private double max() {
    return longestMillis > 0 ? longestMillis : histogram.getMaxValue() / 1e3;
  }

  private Map<Quantile, Double> quantiles(PercentileRule rule, long n) {
    Map<Quantile, Double> found = new EnumMap<>(Quantile.class);
    for (Quantile quantile : Quantile.values()) {
      if (rule.shows(quantile, n)) {
        double millis = histogram.getValueAtPercentile(quantile.percent()) / 1e3;
        found.put(quantile, Math.min(millis, max()));
      }
    }
    return found;
  }
}
