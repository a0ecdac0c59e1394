package dev.gatlingllm.health;

import dev.gatlingllm.record.Delays;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.HdrHistogram.Recorder;

/**
 * Collects delays of many threads, without a lock and without making objects, until they are
 * drained. {@link #drain} belongs to one thread.
 */
final class DelayRecorder {

  private static final int SIGNIFICANT_DIGITS = 2;
  private static final long LONGEST_MICROS = 3_600_000_000L;

  private final Recorder recorder = new Recorder(1, LONGEST_MICROS, SIGNIFICANT_DIGITS);
  private Histogram drained;

  /** Adds one; less than 0 counts as 0, more than an hour as an hour. */
  void add(long nanos) {
    recorder.recordValue(Math.min(Math.max(nanos, 0) / 1_000, LONGEST_MICROS));
  }

  /** What was added since the last time. */
  Delays drain() {
    drained = recorder.getIntervalHistogram(drained);
    if (drained.getTotalCount() == 0) {
      return Delays.NONE;
    }
    List<Long> pairs = new ArrayList<>();
    for (HistogramIterationValue value : drained.recordedValues()) {
      pairs.add(value.getValueIteratedTo());
      pairs.add(value.getCountAddedInThisIterationStep());
    }
    return new Delays(pairs);
  }
}
