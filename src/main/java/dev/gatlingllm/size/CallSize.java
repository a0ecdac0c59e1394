package dev.gatlingllm.size;

/**
 * The size of one call.
 *
 * @param shape name of the shape that it was drawn from
 * @param contextTokens input tokens, at least 1
 * @param maxTokens upper bound of the output, at least 1
 */
public record CallSize(String shape, int contextTokens, int maxTokens) {

  /** The same call with another input. */
  public CallSize withContextTokens(int tokens) {
    return new CallSize(shape, tokens, maxTokens);
  }
}
