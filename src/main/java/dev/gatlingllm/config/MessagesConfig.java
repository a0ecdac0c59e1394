package dev.gatlingllm.config;

import dev.gatlingllm.input.DrawOrder;
import java.util.Arrays;

/**
 * {@code llm.messages}: conversations that are sent as they are.
 *
 * @param file where they stand
 * @param order which of them the next call takes
 * @param maxTokens upper bound of the output of those that name none
 */
public record MessagesConfig(String file, DrawOrder order, int maxTokens) {

  static MessagesConfig read(ConfigReader reader) {
    String order =
        reader.choice(
            "llm.messages.order", Arrays.stream(DrawOrder.values()).map(DrawOrder::code).toList());
    return new MessagesConfig(
        reader.text("llm.messages.file"),
        Arrays.stream(DrawOrder.values()).filter(o -> o.code().equals(order)).findFirst().get(),
        reader.integer("llm.messages.maxTokens", 1));
  }
}
