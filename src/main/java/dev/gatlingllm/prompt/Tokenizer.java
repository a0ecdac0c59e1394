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

  /**
   * Those of the words that are exactly one token each.
   *
   * @param before what a word follows: a blank, or nothing at the beginning of a line
   */
  default List<String> singleTokens(String before, List<String> words) {
    return words.stream().filter(word -> countText(before + word) == 1).toList();
  }

  /** Input tokens of a conversation: those of its texts, if nothing is known of what is between. */
  default int countMessages(List<Message> messages) {
    return messages.stream().mapToInt(message -> countText(message.text())).sum();
  }
}
