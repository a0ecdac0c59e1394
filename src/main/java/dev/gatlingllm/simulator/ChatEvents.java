package dev.gatlingllm.simulator;

import java.util.List;
import java.util.Locale;

/** Models on Bedrock that speak chat completions: the same JSON, without server-sent events. */
final class ChatEvents implements ModelBody {

  private final String identity;

  ChatEvents(String model, String requestId) {
    this.identity =
        String.format(
            Locale.ROOT,
            "\"id\":\"chatcmpl-%s\",\"created\":1700000000,\"model\":\"%s\"",
            requestId.replace("-", ""),
            model);
  }

  @Override
  public List<String> opening() {
    return List.of(event("\"role\":\"assistant\",\"content\":\"\"", "null", ""));
  }

  @Override
  public List<String> chunk(boolean reasoning, String text) {
    String name = reasoning ? "reasoning_content" : "content";
    return List.of(event(String.format(Locale.ROOT, "\"%s\":\"%s\"", name, text), "null", ""));
  }

  @Override
  public List<String> closing(Tail tail, String metrics) {
    String reason = '"' + tail.reason().openAiWord() + '"';
    return List.of(event("", reason, usage(tail) + metrics));
  }

  @Override
  public String whole(String reasoning, String content, Tail tail) {
    String thinking =
        reasoning.isEmpty()
            ? ""
            : String.format(Locale.ROOT, "\"reasoning_content\":\"%s\",", reasoning);
    return String.format(
        Locale.ROOT,
        """
    {"choices":[{"index":0,"finish_reason":"%s","message":{%s"content":"%s",\
    "role":"assistant"}}],"object":"chat.completion",%s%s}\
    """,
        tail.reason().openAiWord(),
        thinking,
        content,
        identity,
        usage(tail));
  }

  private String event(String delta, String reason, String more) {
    return String.format(
        Locale.ROOT,
        """
    {"choices":[{"index":0,"delta":{%s},"finish_reason":%s}],\
    "object":"chat.completion.chunk",%s%s}\
    """,
        delta,
        reason,
        identity,
        more);
  }

  private static String usage(Tail tail) {
    return tail.usage().map(usage -> ",\"usage\":" + usage.openAiJson()).orElse("");
  }
}
