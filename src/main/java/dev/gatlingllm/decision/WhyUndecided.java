package dev.gatlingllm.decision;

import java.util.Locale;

/** Why a limit is undecided. */
public enum WhyUndecided {
  /** The client is not trusted. */
  CLIENT_NOT_TRUSTED,
  /** Not all of the load was sent. */
  LOAD_NOT_SENT,
  /** No call has the number that is limited. */
  NOTHING_MEASURED,
  /** The number is that of calls whose end was not seen. */
  END_NOT_SEEN,
  /** A percentile like this needs more calls, whatever they show. */
  TOO_FEW_CALLS,
  /** Runs that went on until they were decided are not decided together. */
  DECIDED_ALONE,
  /** The calls show neither, and so many calls like these would. */
  NOT_SHOWN,
  /** The calls show neither, and no number of calls like these would. */
  NEVER_SHOWN;

  /** The word in records. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Why, in words. */
  record Because(WhyUndecided why, String text) {}
}
