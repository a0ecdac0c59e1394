package dev.gatlingllm.provider.http;

import dev.gatlingllm.provider.LlmRequest;

/** The formats of answers over HTTP. */
public enum AnswerFormat {
  /** Chat completions. */
  CHAT,
  /** OpenAI's Responses API. */
  RESPONSES;

  AnswerDecoder.Factory decoderOf(LlmRequest request) {
    return this == CHAT
        ? listener -> new ChatCompletionDecoder(listener, request.choices())
        : ResponsesDecoder::new;
  }
}
