package dev.gatlingllm.capacity;

import java.util.Locale;

/** What ended a search. */
public enum SearchEnd {
  /** A limit is reached. */
  LIMIT,
  /** The service refuses calls beyond a quota. */
  QUOTA,
  /** The client could not send more, or is not trusted. */
  CLIENT,
  /** Every limit still holds at the greatest load of the settings. */
  RANGE,
  /** Limits are missed even at the least load. */
  EVERYTHING,
  /** The search may not spend more. */
  SPENT;

  /** The word in records. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
