package dev.gatlingllm.prompt;

import dev.gatlingllm.provider.Message;
import java.util.List;

/**
 * Counts tokens where a provider reports none; what it counts is marked as estimated. Called by
 * several threads at the same time, when a call has ended.
 */
@FunctionalInterface
public interface Tokenizer {

  /** Tokens of a text, at least 0. */
  int countText(String text);

  /** Input tokens of a conversation: those of its texts, if nothing is known of what is between. */
  default int countMessages(List<Message> messages) {
    return messages.stream().mapToInt(message -> countText(message.text())).sum();
  }
}
