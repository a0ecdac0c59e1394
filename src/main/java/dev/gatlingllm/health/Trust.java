package dev.gatlingllm.health;

import java.util.Locale;

/** How far the numbers of a run are the service's. The later constant is the graver one. */
public enum Trust {
  /** The client added nothing that matters. */
  TRUSTED,
  /** The client added something: read the reasons before the numbers. */
  DEGRADED,
  /** Nobody knows how the client was. */
  UNKNOWN,
  /** The numbers are the client's as much as the service's. */
  INVALID;

  /** The word in records and reports. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a run of this level passes a gate that asks for {@code least} or better. */
  public boolean passes(Trust least) {
    return compareTo(least) <= 0;
  }
}
