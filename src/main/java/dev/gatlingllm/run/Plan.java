package dev.gatlingllm.run;

import dev.gatlingllm.record.LoadPlan;
import java.util.Optional;
import java.util.OptionalLong;

/** The arrivals that an open load was to have. Safe for use by many threads. */
public interface Plan {

  /** How many there are in all; empty if that is not known beforehand. */
  OptionalLong arrivals();

  /** How many of them were due by an instant of the run's clock; 0 before the first user came. */
  long dueBy(long nanos);

  /**
   * The rate over time, for {@code run.json}; empty without one, and before the first user came.
   *
   * @param originNanos the reading of the run's clock at the start of the run
   */
  default Optional<LoadPlan> inRun(long originNanos) {
    return Optional.empty();
  }
}
