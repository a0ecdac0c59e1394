package dev.gatlingllm.config;

import dev.gatlingllm.input.DrawOrder;

/**
 * {@code llm.messages}: conversations that are sent as they are.
 *
 * @param file where they stand
 * @param order which of them the next call takes
 * @param maxTokens upper bound of the output of those that name none
 */
public record MessagesConfig(String file, DrawOrder order, int maxTokens) {

  static MessagesConfig read(ConfigReader reader) {
    return new MessagesConfig(
        reader.text("llm.messages.file"),
        reader.choice("llm.messages.order", DrawOrder.class),
        reader.integer("llm.messages.maxTokens", 1));
  }
}
