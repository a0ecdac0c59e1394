package dev.gatlingllm.fuzz;

import dev.gatlingllm.provider.Cuts;
import dev.gatlingllm.provider.chat.AnswerFormat;
import dev.gatlingllm.provider.chat.ChatBodies;

/**
 * Any bytes as the body of a chat completion or of a response of the Responses API: one end, a
 * reason, and alike in any cut.
 */
public final class ChatStreamFuzz {

  static final int WHOLE_ANSWER = 0;
  static final int RESPONSES = 1;

  private ChatStreamFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    FuzzedBytes fuzzed = new FuzzedBytes(input);
    boolean streaming = !fuzzed.flag(WHOLE_ANSWER);
    byte[] body = fuzzed.body();
    AnswerFormat api = fuzzed.flag(RESPONSES) ? AnswerFormat.RESPONSES : AnswerFormat.CHAT;
    SplitInvariance.check(
        ChatBodies.feed(api, streaming, Cuts.none(body)),
        ChatBodies.feed(api, streaming, fuzzed.cut(body)));
  }
}
