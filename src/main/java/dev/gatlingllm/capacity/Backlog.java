package dev.gatlingllm.capacity;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether calls pile up: in the later half of a probe the number in flight has grown by more than
 * {@value #SIGMAS} standard deviations of what chance does where as many calls arrive as are served
 * (both Poisson: √(2n) for n arrivals). By Little's law their latency grows with it, at a load that
 * stays the same. Confined to one thread.
 */
public final class Backlog {

  private static final double SIGMAS = 4;
  private static final long FEWEST_ARRIVALS = 32;

  private record Sample(double seconds, long arrived, long inFlight) {}

  private final List<Sample> samples = new ArrayList<>();

  /**
   * Notes how many calls are in flight.
   *
   * @param seconds since the probe began, not before the last
   */
  public void add(double seconds, long arrived, long inFlight) {
    samples.add(new Sample(seconds, arrived, inFlight));
  }

  /**
   * Whether calls pile up.
   *
   * @param latencySeconds of a call that waits for no other: before twice that is over, the number
   *     in flight grows at any load
   */
  public boolean pilesUp(double latencySeconds) {
    if (samples.isEmpty()) {
      return false;
    }
    Sample now = samples.get(samples.size() - 1);
    double half = now.seconds() / 2;
    if (!(half >= 2 * latencySeconds)) {
      return false;
    }
    Sample then = at(half);
    long arrived = now.arrived() - then.arrived();
    return arrived >= FEWEST_ARRIVALS
        && now.inFlight() - then.inFlight() > SIGMAS * Math.sqrt(2.0 * arrived);
  }

  private Sample at(double seconds) {
    int low = 0;
    int high = samples.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (samples.get(middle).seconds() < seconds) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return samples.get(low);
  }
}
