package dev.gatlingllm.stats;

import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.IntCountsHistogram;

/**
 * How values are counted when there are too many to be kept.
 *
 * @param significantDigits of a value; 3 is an error of at most 0.1 %, 2 of at most 1 %
 * @param stepsPerUnit the resolution of small values: 1000 for microseconds of milliseconds
 * @param kept how many values are kept in any case: they take no more memory than a histogram
 */
record Precision(int significantDigits, long stepsPerUnit, int kept) {

  static final Precision OF_A_MEASURE = new Precision(3, 1000, 16_000);
  static final Precision OF_A_COUNT = new Precision(3, 1, 4000);

  /** A token may cost a millionth of a unit: a trillionth tells its calls apart to 0.1 %. */
  static final Precision OF_AN_AMOUNT = new Precision(3, 1_000_000_000_000L, 16_000);

  static final Precision OF_A_SLICE = new Precision(2, 1000, 1000);

  static Precision of(Measure measure) {
    return switch (measure) {
      case INPUT_TOKENS,
          CACHED_INPUT_TOKENS,
          CACHE_WRITE_TOKENS,
          OUTPUT_TOKENS,
          REASONING_TOKENS,
          CHUNKS ->
          OF_A_COUNT;
      default -> OF_A_MEASURE;
    };
  }

  AbstractHistogram histogram() {
    return new IntCountsHistogram(significantDigits);
  }

  /** A negative value, which no measure should have, counts as 0; the least value still tells. */
  long steps(double value) {
    return Math.round(Math.max(0, value) * stepsPerUnit);
  }

  double value(long steps) {
    return (double) steps / stepsPerUnit;
  }
}
