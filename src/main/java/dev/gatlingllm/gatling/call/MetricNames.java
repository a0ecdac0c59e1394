package dev.gatlingllm.gatling.call;

import dev.gatlingllm.record.Limit;

/**
 * Names of the groups that carry our measures in Gatling, and of the request inside of them. {@code
 * TTFT}, {@code tokens/s} and {@code call} are rows of Gatling's report; the others can be asserted
 * on but are not drawn.
 */
public final class MetricNames {

  public static final String TTFT = "TTFT";
  public static final String TOKENS_PER_SECOND = "tokens/s";
  public static final String CALL = "call";
  public static final String TPOT_MICROS = "TPOT µs";
  public static final String MAX_INTER_CHUNK = "max inter-chunk latency";
  public static final String SCHEDULE_DELAY = "schedule delay";
  public static final String GOODPUT = "goodput %";

  /** Follows the name of a call that a provisioned deployment handed over. */
  public static final String SPILLED_OVER = Limit.SPILLED_OVER;

  /** Follows the name of a call that the client cancelled. */
  public static final String CANCELLED = " (cancelled)";

  private MetricNames() {}
}
