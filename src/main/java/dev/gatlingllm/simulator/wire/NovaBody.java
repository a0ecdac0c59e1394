package dev.gatlingllm.simulator.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Amazon's Nova. */
final class NovaBody implements ModelBody {

  static final ModelFamily FAMILY =
      new ModelFamily(
          body ->
              body.path("messages").isArray()
                  && (body.has("schemaVersion") || body.has("inferenceConfig")),
          "/inferenceConfig/maxTokens",
          PromptTurns::withSystem,
          (model, requestId, usage) -> new NovaBody());

  private int block = -1;
  private boolean blockReasons;

  @Override
  public List<String> opening() {
    return List.of("{\"messageStart\":{\"role\":\"assistant\"}}");
  }

  @Override
  public List<String> chunk(boolean reasoning, String text) {
    List<String> events = new ArrayList<>();
    if (block < 0 || blockReasons != reasoning) {
      stop(events);
      block++;
      blockReasons = reasoning;
    }
    events.add(
        String.format(
            Locale.ROOT,
            "{\"contentBlockDelta\":{\"delta\":{%s},\"contentBlockIndex\":%d}}",
            block(reasoning, text),
            block));
    return events;
  }

  @Override
  public List<String> closing(AnswerEnd end, String metrics) {
    List<String> events = new ArrayList<>();
    stop(events);
    events.add(
        String.format(
            Locale.ROOT, "{\"messageStop\":{\"stopReason\":\"%s\"}}", end.reason().bedrockWord()));
    events.add(
        String.format(
            Locale.ROOT,
            "{\"metadata\":{%s\"metrics\":{},\"trace\":{}}%s}",
            end.usage().map(usage -> "\"usage\":" + json(usage) + ",").orElse(""),
            metrics));
    return events;
  }

  @Override
  public String whole(String reasoning, String content, AnswerEnd end) {
    String thinking = reasoning.isEmpty() ? "" : "{" + block(true, reasoning) + "},";
    return String.format(
            Locale.ROOT,
            "{\"output\":{\"message\":{\"content\":[%s{%s}],\"role\":\"assistant\"}},",
            thinking,
            block(false, content))
        + String.format(
            Locale.ROOT,
            "\"stopReason\":\"%s\"%s}",
            end.reason().bedrockWord(),
            end.usage().map(usage -> ",\"usage\":" + json(usage)).orElse(""));
  }

  private void stop(List<String> events) {
    if (block >= 0) {
      events.add(
          String.format(Locale.ROOT, "{\"contentBlockStop\":{\"contentBlockIndex\":%d}}", block));
    }
  }

  private static String json(Usage usage) {
    return String.format(
        Locale.ROOT,
        """
        {"inputTokens":%d,"outputTokens":%d,"totalTokens":%d,"cacheReadInputTokenCount":%d,\
        "cacheWriteInputTokenCount":%d}\
        """,
        usage.uncached(),
        usage.output(),
        usage.total(),
        usage.cached(),
        usage.written());
  }

  private static String block(boolean reasoning, String text) {
    return reasoning
        ? String.format(
            Locale.ROOT, "\"reasoningContent\":{\"reasoningText\":{\"text\":\"%s\"}}", text)
        : String.format(Locale.ROOT, "\"text\":\"%s\"", text);
  }
}
