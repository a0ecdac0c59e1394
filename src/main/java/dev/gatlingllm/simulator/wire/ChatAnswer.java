package dev.gatlingllm.simulator.wire;

import java.util.List;

/** Models on Bedrock that speak chat completions: the same JSON, without server-sent events. */
final class ChatAnswer implements ModelAnswer {

  static final ModelFamily FAMILY =
      new ModelFamily(
          body -> body.path("messages").isArray(),
          "/max_tokens",
          PromptTurns::withSystem,
          (model, requestId, usage) -> new ChatAnswer(model, requestId));

  private final String identity;

  ChatAnswer(String model, String requestId) {
    this.identity =
        Json.of(
            "\"id\":\"chatcmpl-%s\",\"created\":1700000000,\"model\":\"%s\"",
            requestId.replace("-", ""), model);
  }

  @Override
  public List<String> opening() {
    return List.of(event("\"role\":\"assistant\",\"content\":\"\"", "null", ""));
  }

  @Override
  public List<String> chunk(boolean reasoning, String text) {
    String name = reasoning ? "reasoning_content" : "content";
    return List.of(event(Json.of("\"%s\":\"%s\"", name, text), "null", ""));
  }

  @Override
  public List<String> closing(AnswerEnd end, String metrics) {
    String reason = '"' + end.reason().openAiWord() + '"';
    return List.of(event("", reason, usage(end) + metrics));
  }

  @Override
  public String whole(String reasoning, String content, AnswerEnd end) {
    String thinking =
        reasoning.isEmpty() ? "" : Json.of("\"reasoning_content\":\"%s\",", reasoning);
    return Json.of(
        """
    {"choices":[{"index":0,"finish_reason":"%s","message":{%s"content":"%s",\
    "role":"assistant"}}],"object":"chat.completion",%s%s}\
    """,
        end.reason().openAiWord(), thinking, content, identity, usage(end));
  }

  private String event(String delta, String reason, String more) {
    return Json.of(
        """
    {"choices":[{"index":0,"delta":{%s},"finish_reason":%s}],\
    "object":"chat.completion.chunk",%s%s}\
    """,
        delta, reason, identity, more);
  }

  private static String usage(AnswerEnd end) {
    return end.usage().map(usage -> ",\"usage\":" + ChatCompletionsFormat.json(usage)).orElse("");
  }
}
