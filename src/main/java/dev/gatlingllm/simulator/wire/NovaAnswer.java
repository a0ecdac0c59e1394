package dev.gatlingllm.simulator.wire;

import java.util.ArrayList;
import java.util.List;

/** Amazon's Nova. */
final class NovaAnswer implements ModelAnswer {

  static final ModelFamily FAMILY =
      new ModelFamily(
          body ->
              body.path("messages").isArray()
                  && (body.has("schemaVersion") || body.has("inferenceConfig")),
          "/inferenceConfig/maxTokens",
          PromptTurns::withSystem,
          (model, requestId, usage) -> new NovaAnswer());

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
        Json.of(
            "{\"contentBlockDelta\":{\"delta\":{%s},\"contentBlockIndex\":%d}}",
            block(reasoning, text), block));
    return events;
  }

  @Override
  public List<String> closing(AnswerEnd end, String metrics) {
    List<String> events = new ArrayList<>();
    stop(events);
    events.add(Json.of("{\"messageStop\":{\"stopReason\":\"%s\"}}", end.reason().bedrockWord()));
    events.add(
        Json.of(
            "{\"metadata\":{%s\"metrics\":{},\"trace\":{}}%s}",
            end.usage().map(usage -> "\"usage\":" + Bedrock.json(usage, "Count") + ",").orElse(""),
            metrics));
    return events;
  }

  @Override
  public String whole(String reasoning, String content, AnswerEnd end) {
    String thinking = reasoning.isEmpty() ? "" : "{" + block(true, reasoning) + "},";
    return Json.of(
            "{\"output\":{\"message\":{\"content\":[%s{%s}],\"role\":\"assistant\"}},",
            thinking, block(false, content))
        + Json.of(
            "\"stopReason\":\"%s\"%s}",
            end.reason().bedrockWord(),
            end.usage().map(usage -> ",\"usage\":" + Bedrock.json(usage, "Count")).orElse(""));
  }

  private void stop(List<String> events) {
    if (block >= 0) {
      events.add(Json.of("{\"contentBlockStop\":{\"contentBlockIndex\":%d}}", block));
    }
  }

  private static String block(boolean reasoning, String text) {
    return reasoning
        ? Json.of("\"reasoningContent\":{\"reasoningText\":{\"text\":\"%s\"}}", text)
        : Json.of("\"text\":\"%s\"", text);
  }
}
