package dev.gatlingllm.simulator;

import java.util.OptionalInt;

/**
 * What a request asks for.
 *
 * @param model deployment or model id
 * @param streaming whether the answer is to be streamed
 * @param usageEvent whether the stream is to end with an event for the usage
 * @param maxTokens upper bound of the output, if it was given
 * @param inputTokens how many tokens its messages have
 * @param question what a question to the orchestrator asks for besides
 */
record CallRequest(
    String model,
    boolean streaming,
    boolean usageEvent,
    OptionalInt maxTokens,
    int inputTokens,
    Question question) {

  /** A request to a model. */
  CallRequest(
      String model, boolean streaming, boolean usageEvent, OptionalInt maxTokens, int inputTokens) {
    this(model, streaming, usageEvent, maxTokens, inputTokens, Question.NONE);
  }
}
