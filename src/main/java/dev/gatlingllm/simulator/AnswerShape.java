package dev.gatlingllm.simulator;

import dev.gatlingllm.simulator.wire.StopReason;

/**
 * How many tokens of which sort an answer has, in the order in which they are generated.
 *
 * @param hiddenTokens reasoning tokens that are not sent
 * @param reasoningTokens reasoning tokens that are sent
 * @param contentTokens tokens of the visible answer
 * @param stopReason why the model stops after them
 */
record AnswerShape(
    int hiddenTokens, int reasoningTokens, int contentTokens, StopReason stopReason) {

  /** No output at all. */
  static final AnswerShape EMPTY = new AnswerShape(0, 0, 0, StopReason.STOP);

  int allReasoningTokens() {
    return hiddenTokens + reasoningTokens;
  }
}
