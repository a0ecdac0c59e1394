package dev.gatlingllm.run;

import java.util.OptionalLong;

/** The arrivals that an open load was to have. Safe for use by many threads. */
public interface Plan {

  /** How many there are in all; empty if that is not known beforehand. */
  OptionalLong arrivals();

  /** How many of them were due by an instant of the run's clock; 0 before the first user came. */
  long dueBy(long nanos);
}
