package dev.gatlingllm.input;

import dev.gatlingllm.provider.LlmRequest;

/**
 * A request body from a file.
 *
 * @param source file and line, for messages and records
 * @param request what it asks for
 */
public record Payload(String source, LlmRequest request) {

  /** Leaves out the messages, which must not reach a log. */
  @Override
  public String toString() {
    return "Payload[" + source + "]";
  }
}
