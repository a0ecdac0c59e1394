package dev.gatlingllm.provider.anthropic;

import dev.gatlingllm.provider.AnswerLimits;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.transport.Answer;

/** What a client of the Messages API makes of responses. */
public final class MessagesAnswers {

  private MessagesAnswers() {}

  /** The answers to a request. */
  public static Answer.Factory to(LlmRequest request, AnswerLimits limits) {
    return AnthropicClient.answerTo(request, limits);
  }
}
