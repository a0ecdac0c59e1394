package dev.gatlingllm.capacity;

import java.util.function.DoublePredicate;

/** Serves every call at once, as far as a quota allows. */
public final class QuotaEndpoint implements VirtualEndpoint {

  private static final double SERVICE_SECONDS = 0.5;

  private final DoublePredicate takes;

  private QuotaEndpoint(DoublePredicate takes) {
    this.takes = takes;
  }

  @Override
  public Answer call(double arrival) {
    return takes.test(arrival)
        ? new Answer(0, arrival + SERVICE_SECONDS)
        : new Answer(Double.NaN, arrival);
  }

  /** So many calls in each minute of the clock. */
  public static QuotaEndpoint window(int perMinute) {
    return new QuotaEndpoint(
        new DoublePredicate() {
          private double window = -1;
          private int taken;

          @Override
          public boolean test(double arrival) {
            double now = Math.floor(arrival / 60);
            if (now != window) {
              window = now;
              taken = 0;
            }
            return taken++ < perMinute;
          }
        });
  }

  /** A bucket that is filled at a rate and holds what comes in the time of a burst. */
  public static QuotaEndpoint bucket(double perMinute, double burstSeconds) {
    return new QuotaEndpoint(
        new DoublePredicate() {
          private double tokens = perMinute / 60 * burstSeconds;
          private double last;

          @Override
          public boolean test(double arrival) {
            tokens =
                Math.min(perMinute / 60 * burstSeconds, tokens + (arrival - last) * perMinute / 60);
            last = arrival;
            if (tokens < 1) {
              return false;
            }
            tokens--;
            return true;
          }
        });
  }
}
