package dev.gatlingllm.run;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.timing.NanoClock;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What a watcher of the console sees while the run goes on: counts since the start, rates and
 * latencies of the last minute's completions. Safe for use by many threads.
 */
final class Progress {

  private static final long WINDOW_NANOS = 60_000_000_000L;

  private static final double ABSENT = -1;

  private record Completion(long atNanos, double ttftMillis, double tokensPerSecond) {}

  private final NanoClock clock;
  private final long startNanos;
  private final ArrayDeque<Completion> recent = new ArrayDeque<>();
  private long started;
  private long succeeded;
  private long failed;
  private long throttled;
  private long missed;
  private long inFlight;

  Progress(NanoClock clock) {
    this.clock = clock;
    this.startNanos = clock.nanos();
  }

  synchronized void started() {
    started++;
    inFlight++;
  }

  synchronized void ended(CallRecord call) {
    if (call.outcome() == Outcome.MISSED) {
      missed++;
      return;
    }
    inFlight--;
    if (call.outcome() == Outcome.THROTTLED) {
      throttled++;
    }
    if (call.outcome().failed()) {
      failed++;
    } else if (call.outcome() == Outcome.SUCCEEDED) {
      succeeded++;
      recent.addLast(
          new Completion(
              clock.nanos(),
              Measure.TTFT.of(call).orElse(ABSENT),
              Measure.TOKENS_PER_SECOND.of(call).orElse(ABSENT)));
    }
  }

  /** Whether any call is running or has ended. */
  synchronized boolean hasStarted() {
    return started + missed > 0;
  }

  /** The line for this moment. */
  synchronized String line() {
    long now = clock.nanos();
    while (!recent.isEmpty() && now - recent.peekFirst().atNanos() > WINDOW_NANOS) {
      recent.removeFirst();
    }
    double windowMinutes = Math.min(WINDOW_NANOS, Math.max(1, now - startNanos)) / 60e9;
    StringBuilder line = new StringBuilder(120);
    line.append(
        String.format(
            Locale.ROOT,
            "[llm] %4d s  done %d  in flight %d  rpm %s  TTFT p50 %s p95 %s ms  %s tok/s  failed %d",
            (now - startNanos) / 1_000_000_000L,
            succeeded,
            inFlight,
            recent.isEmpty() ? "-" : format("%.1f", recent.size() / windowMinutes),
            percentile(Completion::ttftMillis, 0.5),
            percentile(Completion::ttftMillis, 0.95),
            percentile(Completion::tokensPerSecond, 0.5),
            failed));
    if (throttled > 0) {
      line.append(" (throttled ").append(throttled).append(')');
    }
    if (missed > 0) {
      line.append("  missed ").append(missed);
    }
    return line.toString();
  }

  private String percentile(ToDoubleFunction<Completion> measure, double p) {
    double[] values = recent.stream().mapToDouble(measure).filter(v -> v >= 0).sorted().toArray();
    return values.length == 0
        ? "-"
        : format("%.0f", values[(int) Math.ceil(p * values.length) - 1]);
  }

  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
