package dev.gatlingllm.size;

import java.util.OptionalInt;

/**
 * The size of one call.
 *
 * @param shape name of the shape that it was drawn from
 * @param contextTokens input tokens, those of the prefix included, at least 1
 * @param maxTokens upper bound of the output, at least 1
 * @param prefix what it begins with
 */
public record CallSize(String shape, int contextTokens, int maxTokens, Prefix prefix) {

  /**
   * A system prompt before the call's own prompt.
   *
   * @param tokens its size; 0 for none
   * @param variant which of the shared ones it is; absent for one that no other call has
   */
  public record Prefix(int tokens, OptionalInt variant) {

    /** There is none. */
    public static final Prefix NONE = new Prefix(0, OptionalInt.empty());
  }

  /** A call without a prefix. */
  public CallSize(String shape, int contextTokens, int maxTokens) {
    this(shape, contextTokens, maxTokens, Prefix.NONE);
  }

  /** Input tokens after the prefix. */
  public int promptTokens() {
    return contextTokens - prefix.tokens;
  }

  /** The same call, whose prompt after the prefix has at least so many tokens. */
  public CallSize withPromptOfAtLeast(int tokens) {
    return promptTokens() >= tokens
        ? this
        : new CallSize(shape, prefix.tokens + tokens, maxTokens, prefix);
  }

  CallSize after(Prefix newPrefix) {
    return new CallSize(shape, contextTokens + newPrefix.tokens, maxTokens, newPrefix);
  }
}
