package dev.gatlingllm.calibration;

import dev.gatlingllm.record.MeasurementError;
import dev.gatlingllm.simulator.SimulatedCall;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.timing.CallTimeline;
import java.util.OptionalLong;
import org.HdrHistogram.Histogram;

/**
 * The arithmetic of the measurement error: what a call's timeline says, minus what the endpoint
 * says that truly happened, both on one clock. Nanoseconds, to three digits. Safe for use by many
 * threads.
 *
 * <ul>
 *   <li>schedule delay: actual start − intended start
 *   <li>TTFT error: (first output − start) − (first chunk written − request received)
 *   <li>inter-chunk error: |(output i+1 − output i) − (chunk i+1 written − chunk i written)|
 * </ul>
 */
final class ErrorTally {

  private static final int DIGITS = 3;

  private final Histogram scheduleDelay = new Histogram(DIGITS);
  private final Histogram ttft = new Histogram(DIGITS);
  private final Histogram interChunk = new Histogram(DIGITS);
  private long calls;
  private long otherCalls;
  private long chunks;
  private long firstStart = Long.MAX_VALUE;
  private long lastEnd;
  private long firstStreamedStart;
  private OptionalLong firstTtft = OptionalLong.empty();

  /** A call that cannot be compared: it failed, was tried again, or is unknown to the endpoint. */
  synchronized void addOther() {
    otherCalls++;
  }

  /**
   * Compares a call that succeeded at its first attempt.
   *
   * @param truth of the same call; if it was streamed, with as many chunks as were measured
   */
  synchronized void add(CallTimeline measured, SimulatedCall truth) {
    long[] written = truth.chunkNanos();
    long start = measured.start().orElseThrow();
    long end = measured.end().orElseThrow();
    if (measured.chunks() != 0 && measured.chunks() != written.length) {
      otherCalls++;
      return;
    }
    scheduleDelay.recordValue(Math.max(0, start - measured.arrival()));
    if (measured.chunks() > 0) {
      long trueTtft = written[0] - truth.receivedNanos();
      addTtft(start, measured.firstOutput().orElseThrow() - start - trueTtft);
      addInterChunks(measured.interChunkNanos(), written);
    }
    lastEnd = calls == 0 ? end : Math.max(lastEnd, end);
    firstStart = calls == 0 ? start : Math.min(firstStart, start);
    calls++;
  }

  private void addTtft(long start, long error) {
    ttft.recordValue(Math.abs(error));
    if (firstTtft.isEmpty() || start < firstStreamedStart) {
      firstStreamedStart = start;
      firstTtft = OptionalLong.of(error);
    }
  }

  private void addInterChunks(long[] latencies, long[] written) {
    for (int i = 0; i < latencies.length; i++) {
      interChunk.recordValue(Math.abs(latencies[i] - (written[i + 1] - written[i])));
    }
    chunks += written.length;
  }

  /** What has been found so far. */
  synchronized MeasurementError result(
      MeasurementError.Source source, String load, long mostCallsAtOnce) {
    return new MeasurementError(
        source,
        load,
        calls == 0 ? 0 : lastEnd - firstStart,
        calls,
        otherCalls,
        mostCallsAtOnce,
        chunks,
        firstTtft,
        spread(scheduleDelay),
        spread(ttft),
        spread(interChunk));
  }

  private static MeasurementError.Spread spread(Histogram values) {
    long n = values.getTotalCount();
    if (n == 0) {
      return MeasurementError.Spread.NONE;
    }
    long max = values.getMaxValue();
    return new MeasurementError.Spread(
        n,
        OptionalLong.of(Math.min(max, values.getValueAtPercentile(50))),
        n < Quantile.P99.needed()
            ? OptionalLong.empty()
            : OptionalLong.of(Math.min(max, values.getValueAtPercentile(99))),
        OptionalLong.of(max));
  }
}
