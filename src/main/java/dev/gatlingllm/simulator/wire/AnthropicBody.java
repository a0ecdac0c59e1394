package dev.gatlingllm.simulator.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Anthropic's Messages. Thinking and text are blocks of their own. */
final class AnthropicBody implements ModelBody {

  static final ModelFamily FAMILY =
      new ModelFamily(
          body -> body.has("anthropic_version"),
          "/max_tokens",
          PromptTurns::withSystem,
          AnthropicBody::new);

  private final String identity;
  private final String promptUsage;
  private int block = -1;
  private boolean blockReasons;

  /**
   * Events of one answer.
   *
   * @param usage what is known of its tokens before it begins
   */
  AnthropicBody(String model, String requestId, Optional<Usage> usage) {
    this.identity =
        String.format(
            Locale.ROOT,
            "\"id\":\"msg_bdrk_%s\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"%s\"",
            requestId.replace("-", ""),
            model);
    this.promptUsage = usage.map(AnthropicBody::json).orElse("null");
  }

  @Override
  public List<String> opening() {
    return List.of(
        String.format(
                Locale.ROOT,
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
          String.format(
              Locale.ROOT,
              "{\"type\":\"content_block_start\",\"index\":%d,\"content_block\":{%s}}",
              block,
              reasoning
                  ? "\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\""
                  : "\"type\":\"text\",\"text\":\"\""));
    }
    delta(
        events,
        String.format(
            Locale.ROOT,
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
        String.format(
            Locale.ROOT,
            "{\"type\":\"message_delta\",\"delta\":{%s}%s}",
            stopReason(end),
            usage(end)));
    events.add("{\"type\":\"message_stop\"" + metrics + "}");
    return events;
  }

  @Override
  public String whole(String reasoning, String content, AnswerEnd end) {
    String thinking =
        reasoning.isEmpty()
            ? ""
            : String.format(
                Locale.ROOT,
                "{\"type\":\"thinking\",\"thinking\":\"%s\",\"signature\":\"c2ln\"},",
                reasoning);
    return String.format(
        Locale.ROOT,
        "{%s,\"content\":[%s{\"type\":\"text\",\"text\":\"%s\"}],%s%s}",
        identity,
        thinking,
        content,
        stopReason(end),
        usage(end));
  }

  private void stop(List<String> events) {
    if (block < 0) {
      return;
    }
    if (blockReasons) {
      delta(events, "\"type\":\"signature_delta\",\"signature\":\"c2ln\"");
    }
    events.add(String.format(Locale.ROOT, "{\"type\":\"content_block_stop\",\"index\":%d}", block));
  }

  private void delta(List<String> events, String delta) {
    events.add(
        String.format(
            Locale.ROOT,
            "{\"type\":\"content_block_delta\",\"index\":%d,\"delta\":{%s}}",
            block,
            delta));
  }

  private static String stopReason(AnswerEnd end) {
    return String.format(
        Locale.ROOT,
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
    return String.format(
        Locale.ROOT,
        """
        {"input_tokens":%d,"cache_creation_input_tokens":%d,"cache_read_input_tokens":%d,\
        "output_tokens":%d}\
        """,
        usage.uncached(),
        usage.written(),
        usage.cached(),
        usage.output());
  }
}
