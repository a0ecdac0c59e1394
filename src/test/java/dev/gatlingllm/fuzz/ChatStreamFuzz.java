package dev.gatlingllm.fuzz;

import dev.gatlingllm.provider.Cuts;
import dev.gatlingllm.provider.chat.ChatBodies;

/** Any bytes as the body of a chat completion: one end, a reason, and alike in any cut. */
public final class ChatStreamFuzz {

  static final int WHOLE_ANSWER = 0;

  private ChatStreamFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    FuzzedBytes fuzzed = new FuzzedBytes(input);
    boolean streaming = !fuzzed.flag(WHOLE_ANSWER);
    byte[] body = fuzzed.body();
    SplitInvariance.check(
        ChatBodies.feed(streaming, Cuts.none(body)), ChatBodies.feed(streaming, fuzzed.cut(body)));
  }
}
