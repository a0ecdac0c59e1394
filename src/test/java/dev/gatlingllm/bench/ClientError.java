package dev.gatlingllm.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * Measured minus true, in milliseconds, ascending.
 *
 * @param ttft of calls whose request came in within the window
 * @param gap absolute, of gaps that ended within the window
 */
@SuppressWarnings("ArrayRecordComponent") // sorted once, read by rank
record ClientError(double[] ttft, double[] gap) {

  static ClientError of(
      Collection<CallStamps> measured,
      Map<String, SimulatorProcess.Truth> truth,
      long fromNanos,
      long toNanos) {
    DoubleStream.Builder ttft = DoubleStream.builder();
    DoubleStream.Builder gap = DoubleStream.builder();
    for (CallStamps call : measured) {
      SimulatorProcess.Truth sent = truth.get(call.id());
      if (sent == null || sent.chunkNanos().length != call.chunkNanos().length) {
        continue;
      }
      long[] seen = call.chunkNanos();
      long[] true0 = sent.chunkNanos();
      if (seen.length > 0 && fromNanos <= sent.receivedNanos() && sent.receivedNanos() < toNanos) {
        ttft.add((seen[0] - call.startNanos() - (true0[0] - sent.receivedNanos())) / 1e6);
      }
      for (int i = 1; i < seen.length; i++) {
        if (fromNanos <= true0[i] && true0[i] < toNanos) {
          gap.add(Math.abs(seen[i] - seen[i - 1] - (true0[i] - true0[i - 1])) / 1e6);
        }
      }
    }
    return new ClientError(ttft.build().sorted().toArray(), gap.build().sorted().toArray());
  }

  /** The value at a rank, by the nearest-rank rule; not a number if there is none. */
  static double quantile(double[] ascending, double share) {
    if (ascending.length == 0) {
      return Double.NaN;
    }
    return ascending[Math.max(0, (int) Math.ceil(share * ascending.length) - 1)];
  }

  static double median(double... values) {
    double[] ascending = values.clone();
    Arrays.sort(ascending);
    return quantile(ascending, 0.5);
  }
}
