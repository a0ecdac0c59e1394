package dev.gatlingllm.soak;

/**
 * What a run showed of one measure.
 *
 * @param measure what was measured
 * @param early median of the early window; NaN without a sample
 * @param late median of the late window; NaN without a sample
 */
record Finding(Measure measure, double early, double late) {

  /** Nothing is known to be well without a sample in both windows. */
  boolean passed() {
    return !Double.isNaN(early) && !Double.isNaN(late) && !measure.grew(early, late);
  }
}
