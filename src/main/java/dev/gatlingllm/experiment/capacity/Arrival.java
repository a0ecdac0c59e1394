package dev.gatlingllm.experiment.capacity;

import java.util.Optional;

/**
 * A user that Gatling starts.
 *
 * @param load to which it belongs; absent for a user who only keeps the source open
 * @param index among all arrivals, from 0; -1 without a load
 * @param offsetNanos from the beginning of the search
 */
record Arrival(Optional<ProbeLoad> load, long index, long offsetNanos) {

  boolean isIdle() {
    return load.isEmpty();
  }
}
