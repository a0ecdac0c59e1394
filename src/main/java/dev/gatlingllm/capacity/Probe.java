package dev.gatlingllm.capacity;

import java.time.Duration;
import java.util.Locale;

/**
 * A load that is to be tried.
 *
 * @param number from 1
 * @param load arrivals per minute, or clients
 * @param purpose why
 * @param pause how long nothing is sent before it, once nothing is in flight
 */
public record Probe(int number, double load, Purpose purpose, Duration pause) {

  /** Why a load is tried. */
  public enum Purpose {
    /** To find a load that is too much and one that is not. */
    BRACKET,
    /** To come closer. */
    REFINE,
    /** To find how many calls a quota lets through. */
    QUOTA,
    /** To hold what was found. */
    CONFIRM;

    /** The word in records and in print. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
