package dev.gatlingllm.provider.chat;

import dev.gatlingllm.provider.AnswerLimits;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.SerializedListener;
import dev.gatlingllm.provider.transport.Answer;
import dev.gatlingllm.provider.transport.AnswerDecoder;
import java.util.Optional;

/** The formats of answers over HTTP. */
public enum AnswerFormat {
  /** Chat completions. */
  CHAT,
  /** OpenAI's Responses API. */
  RESPONSES;

  /** As the other method, with the default limits. */
  public Answer.Factory answerTo(LlmRequest request) {
    return answerTo(request, AnswerLimits.DEFAULT);
  }

  /** The answer to a request; every status from 200 to 299 is a success. */
  public Answer.Factory answerTo(LlmRequest request, AnswerLimits limits) {
    return (status, listener) ->
        status >= 200 && status <= 299
            ? Optional.of(decoded(request, limits, listener))
            : Optional.empty();
  }

  private Answer decoded(LlmRequest request, AnswerLimits limits, SerializedListener listener) {
    AnswerDecoder decoder =
        this == CHAT
            ? new ChatCompletionDecoder(listener, request.choices())
            : new ResponsesDecoder(listener);
    return request.streaming()
        ? new Answer.Streamed(decoder, limits)
        : new Answer.Whole(decoder, limits);
  }
}
