package dev.gatlingllm.simulator.wire;

import java.util.List;
import java.util.OptionalInt;

/**
 * What a request asks for.
 *
 * @param streaming whether the answer is to be streamed
 * @param maxTokens upper bound of the output, if it was given
 * @param choices how many answers it asks for
 * @param inputTokens how many tokens its messages have
 * @param prefixes what a prompt cache may know of them, ascending
 * @param format makes the format of its answer
 */
public record CallRequest(
    boolean streaming,
    OptionalInt maxTokens,
    int choices,
    int inputTokens,
    List<CachePrefix> prefixes,
    WireFormat.Factory format) {

  /** The largest number of output tokens of one call. */
  public static final int MAX_OUTPUT_TOKENS = 1_000_000;
}
