package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * The inter-chunk latencies of many calls together. The records have them to three digits, half a
 * percent; the histogram adds 0.1 %. Mean and deviation are those of the recorded values, the
 * greatest is exact, and percentiles interpolate between ranks as all others do. Histograms of
 * calls are added, never their percentiles. Confined to one thread.
 */
final class InterChunkHistogram {

  private static final Precision MICROSECONDS = new Precision(3, 1000, 0);
  private static final double LEAST_BIN_MILLIS = 0.001;

  private final CountedValues values = counted();
  private double longestMillis;

  /** A day of streams has more latencies than fit in the integers of other histograms. */
  private static CountedValues counted() {
    return new CountedValues(MICROSECONDS, new Histogram(MICROSECONDS.significantDigits()));
  }

  /**
   * Adds the inter-chunk latencies of a call that succeeded, was not to be cancelled and was not
   * buffered.
   */
  void add(CallRecord call) {
    if (Measure.countsInterChunks(call)) {
      call.interChunks().forEach((micros, count) -> values.add(micros / 1e3, count));
      longestMillis = Math.max(longestMillis, call.interChunks().longestNanos().orElse(0) / 1e6);
    }
  }

  void add(InterChunkHistogram other) {
    values.add(other.values);
    longestMillis = Math.max(longestMillis, other.longestMillis);
  }

  Distribution distribution(PercentileRule rule) {
    return Distribution.of(Measure.INTER_CHUNK.unit(), withExactGreatest(), rule);
  }

  private Optional<Values> withExactGreatest() {
    if (values.n() == 0) {
      return Optional.empty();
    }
    CountedValues all = counted();
    all.add(values);
    if (longestMillis > 0) {
      all.greatestIs(longestMillis);
    }
    return Optional.of(all);
  }

  Bins bins() {
    return BinRule.bins(withExactGreatest(), LEAST_BIN_MILLIS);
  }

  TailCurve tail() {
    return TailCurve.of(withExactGreatest(), Optional.empty());
  }
}
