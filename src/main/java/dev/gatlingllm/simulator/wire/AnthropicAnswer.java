package dev.gatlingllm.simulator.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Anthropic's Messages. Thinking and text are blocks of their own. */
final class AnthropicAnswer implements ModelAnswer {

  static final ModelFamily FAMILY =
      new ModelFamily(
          body -> body.has("anthropic_version"),
          "/max_tokens",
          PromptTurns::withSystem,
          (model, requestId, usage) -> new AnthropicAnswer("msg_bdrk_", model, requestId, usage));

  private final String identity;
  private final String promptUsage;
  private int block = -1;
  private boolean blockReasons;

  /**
   * Events of one answer.
   *
   * @param idPrefix begins the message's id
   * @param model as it stands in JSON
   * @param usage what is known of its tokens before it begins
   */
  AnthropicAnswer(String idPrefix, String model, String requestId, Optional<Usage> usage) {
    this.identity =
        Json.of(
            "\"id\":\"%s%s\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"%s\"",
            idPrefix, requestId.replace("-", ""), model);
    this.promptUsage = usage.map(AnthropicAnswer::json).orElse("null");
  }

  @Override
  public List<String> opening() {
    return List.of(
        Json.of(
                "{\"type\":\"message_start\",\"message\":{%s,\"content\":[],\"stop_reason\":null,",
                identity)
            + "\"stop_sequence\":null,\"usage\":"
            + promptUsage
            + "}}");
  }

  @Override
  public List<String> chunk(boolean reasoning, String text) {
    List<String> events = new ArrayList<>();
    if (block < 0 || blockReasons != reasoning) {
      stop(events);
      block++;
      blockReasons = reasoning;
      events.add(
          Json.of(
              "{\"type\":\"content_block_start\",\"index\":%d,\"content_block\":{%s}}",
              block,
              reasoning
                  ? "\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\""
                  : "\"type\":\"text\",\"text\":\"\""));
    }
    delta(
        events,
        Json.of(
            (reasoning
                ? "\"type\":\"thinking_delta\",\"thinking\":\"%s\""
                : "\"type\":\"text_delta\",\"text\":\"%s\""),
            text));
    return events;
  }

  @Override
  public List<String> closing(AnswerEnd end, String metrics) {
    List<String> events = new ArrayList<>();
    stop(events);
    events.add(
        Json.of("{\"type\":\"message_delta\",\"delta\":{%s}%s}", stopReason(end), usage(end)));
    events.add("{\"type\":\"message_stop\"" + metrics + "}");
    return events;
  }

  @Override
  public String whole(String reasoning, String content, AnswerEnd end) {
    String thinking =
        reasoning.isEmpty()
            ? ""
            : Json.of(
                "{\"type\":\"thinking\",\"thinking\":\"%s\",\"signature\":\"c2ln\"},", reasoning);
    return Json.of(
        "{%s,\"content\":[%s{\"type\":\"text\",\"text\":\"%s\"}],%s%s}",
        identity, thinking, content, stopReason(end), usage(end));
  }

  private void stop(List<String> events) {
    if (block < 0) {
      return;
    }
    if (blockReasons) {
      delta(events, "\"type\":\"signature_delta\",\"signature\":\"c2ln\"");
    }
    events.add(Json.of("{\"type\":\"content_block_stop\",\"index\":%d}", block));
  }

  private void delta(List<String> events, String delta) {
    events.add(
        Json.of("{\"type\":\"content_block_delta\",\"index\":%d,\"delta\":{%s}}", block, delta));
  }

  private static String stopReason(AnswerEnd end) {
    return Json.of(
        "\"stop_reason\":\"%s\",\"stop_sequence\":null",
        switch (end.reason()) {
          case STOP -> "end_turn";
          case LENGTH -> "max_tokens";
          case FILTERED -> "refusal";
        });
  }

  private static String usage(AnswerEnd end) {
    return end.usage().map(usage -> ",\"usage\":" + json(usage)).orElse("");
  }

  private static String json(Usage usage) {
    return Json.of(
        """
        {"input_tokens":%d,"cache_creation_input_tokens":%d,"cache_read_input_tokens":%d,\
        "output_tokens":%d}\
        """,
        usage.uncached(), usage.written(), usage.cached(), usage.output());
  }
}
