package dev.gatlingllm.report;

import java.util.Locale;

/**
 * What limited a run first.
 *
 * @param kind for machines
 * @param text for readers, whole sentences
 * @param next what to do about it, whole sentences; empty if this calls for nothing
 */
public record LimitedBy(Kind kind, String text, String next) {

  /** In the order in which they are looked for: a cause comes before what it causes. */
  public enum Kind {
    /** No call was made, or none came to an end. */
    NO_CALLS,
    /** Calls ended, and none of them well. */
    NO_SUCCESS,
    /** The client is not trusted. */
    CLIENT,
    /** The run was stopped before its load was done: by a signal, by {@code llm.stop} or others. */
    STOPPED,
    /** The service turned calls away to slow the client down. */
    THROTTLING,
    /** Calls failed otherwise; if they were refused as wrong, that comes before the client. */
    FAILURES,
    /**
     * The load was not sent: too few calls may be in flight, or the load engine held users back.
     */
    LOAD,
    /** The service was slower than a limit allows. */
    LATENCY,
    /** The service was slower and slower while the run went on. */
    QUEUE,
    /** The client, or something between it and the service, added something to the numbers. */
    DEGRADED,
    /** The service kept up. */
    NOTHING,
    /** The run was a capacity search, and the text says what that found. */
    CAPACITY;

    /** The word in machine-readable output. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
