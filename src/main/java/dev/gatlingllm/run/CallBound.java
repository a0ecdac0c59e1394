package dev.gatlingllm.run;

import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Tokens that a call may take.
 *
 * @param input the size that the prompt was built to, or else a fourth of its characters and a few
 *     tokens for each message: an estimate, without attachments
 * @param output its upper bound, for all answers it asks for; absent if the request names none
 */
public record CallBound(long input, OptionalLong output) {

  private static final int CHARS_PER_TOKEN = 4;
  private static final int TOKENS_PER_MESSAGE = 4;

  /** That of a request. */
  public static CallBound of(LlmRequest request, OptionalInt contextTokens) {
    OptionalInt most = request.maxTokens();
    return new CallBound(
        contextTokens.isPresent() ? contextTokens.getAsInt() : estimate(request),
        most.isPresent()
            ? OptionalLong.of((long) most.getAsInt() * request.choices())
            : OptionalLong.empty());
  }

  private static long estimate(LlmRequest request) {
    long tokens = 0;
    for (Message message : request.messages()) {
      tokens +=
          TOKENS_PER_MESSAGE + (message.text().length() + CHARS_PER_TOKEN - 1) / CHARS_PER_TOKEN;
    }
    return tokens;
  }
}
