package dev.gatlingllm.stats;

/** Which end of a measure is the good one. */
public enum Direction {
  /** A latency: its bad tail is the high one. */
  LOW_IS_GOOD,
  /** A rate: its bad tail is the low one. */
  HIGH_IS_GOOD,
  /** A size: neither. */
  NEUTRAL
}
