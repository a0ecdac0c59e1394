package dev.gatlingllm.prompt;

import dev.gatlingllm.provider.Message;
import java.util.List;
import java.util.OptionalInt;

/** Gives prompts of a size, numbered from 0. Safe for use by many threads. */
public interface PromptSource {

  /**
   * The prompt of a number: the same whenever it is asked for.
   *
   * @param index number of the prompt, at least 0
   * @param contextTokens size of the messages, at least {@link #smallestContext}
   * @param maxTokens how many tokens an instruction asks for at least, 1 or more; without it there
   *     is no instruction
   * @throws IllegalArgumentException if a number is out of its range
   */
  List<Message> prompt(long index, int contextTokens, OptionalInt maxTokens);

  /** The size of the smallest prompt that can be built for this {@code maxTokens}. */
  int smallestContext(OptionalInt maxTokens);
}
