package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import java.util.Optional;
import java.util.OptionalDouble;

/** Finds the {@link NotableCalls}, one call at a time. Confined to one thread. */
final class NotableTally {

  private final Extreme fastest = new Extreme(1);
  private final Extreme slowest = new Extreme(-1);
  private final Extreme fastestPerToken = new Extreme(1);
  private final Extreme slowestPerToken = new Extreme(-1);

  void add(CallRecord call, long shiftNanos) {
    OptionalDouble e2e = Measure.E2E.of(call);
    if (e2e.isEmpty()) {
      return;
    }
    double millis = e2e.getAsDouble();
    fastest.offer(millis, call, millis, shiftNanos);
    slowest.offer(millis, call, millis, shiftNanos);
    OptionalDouble perToken = CallArithmetic.e2eMillisPerToken(call);
    if (perToken.isPresent()) {
      fastestPerToken.offer(perToken.getAsDouble(), call, millis, shiftNanos);
      slowestPerToken.offer(perToken.getAsDouble(), call, millis, shiftNanos);
    }
  }

  void addAll(NotableTally other) {
    fastest.offer(other.fastest);
    slowest.offer(other.slowest);
    fastestPerToken.offer(other.fastestPerToken);
    slowestPerToken.offer(other.slowestPerToken);
  }

  NotableCalls result() {
    return new NotableCalls(
        fastest.found, slowest.found, fastestPerToken.found, slowestPerToken.found);
  }

  /** The call with the least value, or with a negative sign the greatest; the first of equals. */
  private static final class Extreme {
    private final int sign;
    private double least = Double.POSITIVE_INFINITY;
    private Optional<NotableCall> found = Optional.empty();

    Extreme(int sign) {
      this.sign = sign;
    }

    void offer(double value, CallRecord call, double e2eMillis, long shiftNanos) {
      if (sign * value < least) {
        least = sign * value;
        found = Optional.of(NotableCall.of(call, e2eMillis, shiftNanos));
      }
    }

    void offer(Extreme other) {
      if (other.least < least) {
        least = other.least;
        found = other.found;
      }
    }
  }
}
