package dev.gatlingllm.simulator;

import java.util.List;
import java.util.OptionalInt;

/**
 * What a request asks for.
 *
 * @param dialect the shape of the answer
 * @param model deployment or model id
 * @param streaming whether the answer is to be streamed
 * @param usageEvent whether the stream is to end with an event for the usage
 * @param maxTokens upper bound of the output, if it was given
 * @param choices how many answers it asks for
 * @param inputTokens how many tokens its messages have
 * @param question what a question to the orchestrator asks for besides
 * @param prefixes what a prompt cache may know of them, ascending
 */
record CallRequest(
    Dialect dialect,
    String model,
    boolean streaming,
    boolean usageEvent,
    OptionalInt maxTokens,
    int choices,
    int inputTokens,
    Question question,
    List<CachePrefix> prefixes) {

  /** A request to a model. */
  CallRequest(
      Dialect dialect,
      String model,
      boolean streaming,
      boolean usageEvent,
      OptionalInt maxTokens,
      int choices,
      int inputTokens,
      List<CachePrefix> prefixes) {
    this(
        dialect,
        model,
        streaming,
        usageEvent,
        maxTokens,
        choices,
        inputTokens,
        Question.NONE,
        prefixes);
  }
}
