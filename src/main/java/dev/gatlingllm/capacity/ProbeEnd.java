package dev.gatlingllm.capacity;

import java.util.Locale;

/** Why a probe ended. */
public enum ProbeEnd {
  /** Every limit is shown to hold. */
  MET,
  /** A limit is shown not to hold. */
  MISSED,
  /** Calls pile up: they arrive faster than they are served. */
  BACKLOG,
  /** The service refuses calls beyond a quota, and what it lets through is known. */
  QUOTA,
  /** All probes together say what was asked. */
  PRECISE,
  /** Its time is up. */
  TIME,
  /** The client was not able to send the load, or is not trusted. */
  CLIENT,
  /** The search may not spend more. */
  SPENT;

  /** The word in records and in print. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
