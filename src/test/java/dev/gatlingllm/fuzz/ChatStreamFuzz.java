package dev.gatlingllm.fuzz;

import dev.gatlingllm.provider.Cuts;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.anthropic.MessagesAnswers;
import dev.gatlingllm.provider.chat.AnswerFormat;
import dev.gatlingllm.provider.chat.ChatBodies;
import dev.gatlingllm.provider.transport.Answer;
import java.util.List;

/**
 * Any bytes as the body of a chat completion, of a response of the Responses or the Messages API,
 * or of a refusal: one end, a reason, and alike in any cut.
 */
public final class ChatStreamFuzz {

  static final int WHOLE_ANSWER = 0;
  static final int RESPONSES = 1;
  static final int MESSAGES = 2;
  static final int REFUSED = 3;
  static final List<Integer> KINDS = List.of(RESPONSES, MESSAGES, REFUSED);

  private ChatStreamFuzz() {}

  /**
   * Called by the fuzzer before it times inputs: classes are loaded, and rewritten for its
   * coverage, here.
   */
  public static void fuzzerInitialize() {
    FuzzSeeds.chat().forEach(ChatStreamFuzz::fuzzerTestOneInput);
  }

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    FuzzedBytes fuzzed = new FuzzedBytes(input);
    boolean streaming = !fuzzed.flag(WHOLE_ANSWER);
    byte[] body = fuzzed.body();
    int status = fuzzed.flag(REFUSED) ? 400 : 200;
    Answer.Factory answers = answers(fuzzed, LlmRequest.ofPrompt("Hi").withStreaming(streaming));
    SplitInvariance.check(
        ChatBodies.feed(answers, status, Cuts.none(body)),
        ChatBodies.feed(answers, status, fuzzed.cut(body)));
  }

  private static Answer.Factory answers(FuzzedBytes fuzzed, LlmRequest request) {
    if (fuzzed.flag(MESSAGES)) {
      return MessagesAnswers.to(request, ChatBodies.LIMITS);
    }
    AnswerFormat api = fuzzed.flag(RESPONSES) ? AnswerFormat.RESPONSES : AnswerFormat.CHAT;
    return api.answerTo(request, ChatBodies.LIMITS);
  }
}
