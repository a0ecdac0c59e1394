package dev.gatlingllm.stats;

import java.util.OptionalDouble;

/** A part of a whole in percent. */
public final class Percent {

  private Percent() {}

  /** From 0 to 100; absent if the whole is 0. */
  public static OptionalDouble of(long part, long whole) {
    return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of(100.0 * part / whole);
  }
}
