package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import java.util.Optional;
import java.util.OptionalDouble;

/** Finds the {@link NotableCalls}, one call at a time. Confined to one thread. */
final class NotableTally {

  private Optional<NotableCall> fastest = Optional.empty();
  private Optional<NotableCall> slowest = Optional.empty();
  private Optional<NotableCall> fastestPerToken = Optional.empty();
  private Optional<NotableCall> slowestPerToken = Optional.empty();

  void add(CallRecord call, long shiftNanos) {
    OptionalDouble e2e = Measure.E2E.of(call);
    if (e2e.isEmpty()) {
      return;
    }
    NotableCall seen = NotableCall.of(call, e2e.getAsDouble(), shiftNanos);
    if (fastest.isEmpty() || seen.e2eMillis() < fastest.get().e2eMillis()) {
      fastest = Optional.of(seen);
    }
    if (slowest.isEmpty() || seen.e2eMillis() > slowest.get().e2eMillis()) {
      slowest = Optional.of(seen);
    }
    if (seen.millisPerOutputToken().isPresent()) {
      addPerToken(seen);
    }
  }

  private void addPerToken(NotableCall seen) {
    if (fastestPerToken.isEmpty() || perToken(seen) < perToken(fastestPerToken.get())) {
      fastestPerToken = Optional.of(seen);
    }
    if (slowestPerToken.isEmpty() || perToken(seen) > perToken(slowestPerToken.get())) {
      slowestPerToken = Optional.of(seen);
    }
  }

  NotableCalls result() {
    return new NotableCalls(fastest, slowest, fastestPerToken, slowestPerToken);
  }

  private static double perToken(NotableCall call) {
    return call.millisPerOutputToken().orElseThrow();
  }
}
