package dev.gatlingllm.simulator;

import dev.gatlingllm.simulator.wire.CallRequest;
import dev.gatlingllm.simulator.wire.StopReason;
import java.util.OptionalInt;

/**
 * What an answer consists of.
 *
 * @param outputTokens how many tokens the model wants to say, reasoning included; bounded by the
 *     request's max tokens; empty to say as many as the request allows
 * @param defaultMaxTokens how many tokens an answer has if neither {@code outputTokens} nor the
 *     request says so
 * @param reasoningTokens how many of the output tokens are reasoning; they come first
 * @param reasoningStreamed whether reasoning is sent; if not it only takes its time, as with models
 *     that hide it
 * @param cachedFraction which part of the input tokens is reported as cached
 */
public record AnswerSettings(
    @Range(least = 1, most = CallRequest.MAX_OUTPUT_TOKENS) OptionalInt outputTokens,
    @Range(least = 1, most = CallRequest.MAX_OUTPUT_TOKENS) int defaultMaxTokens,
    @Range(most = CallRequest.MAX_OUTPUT_TOKENS) int reasoningTokens,
    boolean reasoningStreamed,
    @Range(most = 1) double cachedFraction) {

  /** How many of the input tokens were read from a cache, rounded down. */
  int cachedTokens(int inputTokens) {
    return (int) (inputTokens * cachedFraction);
  }

  /** What the answer to a request consists of. */
  AnswerShape shape(OptionalInt maxTokens) {
    int wanted = outputTokens.orElse(maxTokens.orElse(defaultMaxTokens));
    int output = Math.min(wanted, maxTokens.orElse(wanted));
    int reasoning = Math.min(reasoningTokens, output);
    StopReason reason =
        maxTokens.isPresent() && output == maxTokens.getAsInt()
            ? StopReason.LENGTH
            : StopReason.STOP;
    return reasoningStreamed
        ? new AnswerShape(0, reasoning, output - reasoning, reason)
        : new AnswerShape(reasoning, 0, output - reasoning, reason);
  }
}
