package dev.gatlingllm.provider.bedrock;

/**
 * A Bedrock API key, sent as a bearer token. Its text form is {@code ***}.
 *
 * @param value the key itself
 */
public record BedrockApiKey(String value) {

  /**
   * Rejects what no header can carry.
   *
   * @throws IllegalArgumentException if the key is empty or holds anything but visible ASCII; the
   *     message does not show it
   */
  public BedrockApiKey {
    if (!value.matches("[\\x21-\\x7e]+")) {
      throw new IllegalArgumentException(
          "the Bedrock API key must be visible ASCII characters without blanks, had "
              + value.length()
              + " characters that are not all so");
    }
  }

  @Override
  public String toString() {
    return "***";
  }
}
