package dev.gatlingllm.simulator.wire;

/**
 * What an answer says about tokens.
 *
 * @param input all input tokens, cached ones included
 * @param cached the part of {@code input} that was read from a cache
 * @param written the part of {@code input} that was written to a cache, by Bedrock's accounting
 * @param output all output tokens, reasoning included
 * @param reasoning the part of {@code output} that is reasoning
 */
public record Usage(int input, int cached, int written, int output, int reasoning) {

  /** Input tokens that did not go through a cache: all that Bedrock and Anthropic call input. */
  int uncached() {
    return input - cached - written;
  }

  int total() {
    return input + output;
  }
}
