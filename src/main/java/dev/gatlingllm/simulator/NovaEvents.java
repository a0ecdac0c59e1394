package dev.gatlingllm.simulator;

import java.util.ArrayList;
import java.util.List;

/** Amazon's Nova. */
final class NovaEvents implements ModelBody {

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
        "{\"contentBlockDelta\":{\"delta\":{%s},\"contentBlockIndex\":%d}}"
            .formatted(block(reasoning, text), block));
    return events;
  }

  @Override
  public List<String> closing(Tail tail, String metrics) {
    List<String> events = new ArrayList<>();
    stop(events);
    events.add("{\"messageStop\":{\"stopReason\":\"%s\"}}".formatted(tail.reason().bedrockWord()));
    events.add(
        "{\"metadata\":{%s\"metrics\":{},\"trace\":{}}%s}"
            .formatted(
                tail.usage().map(usage -> "\"usage\":" + usage.novaJson() + ",").orElse(""),
                metrics));
    return events;
  }

  @Override
  public String whole(String reasoning, String content, Tail tail) {
    String thinking = reasoning.isEmpty() ? "" : "{" + block(true, reasoning) + "},";
    return "{\"output\":{\"message\":{\"content\":[%s{%s}],\"role\":\"assistant\"}},"
            .formatted(thinking, block(false, content))
        + "\"stopReason\":\"%s\"%s}"
            .formatted(
                tail.reason().bedrockWord(),
                tail.usage().map(usage -> ",\"usage\":" + usage.novaJson()).orElse(""));
  }

  private void stop(List<String> events) {
    if (block >= 0) {
      events.add("{\"contentBlockStop\":{\"contentBlockIndex\":%d}}".formatted(block));
    }
  }

  private static String block(boolean reasoning, String text) {
    return reasoning
        ? "\"reasoningContent\":{\"reasoningText\":{\"text\":\"%s\"}}".formatted(text)
        : "\"text\":\"%s\"".formatted(text);
  }
}
