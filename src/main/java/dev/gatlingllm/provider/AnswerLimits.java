package dev.gatlingllm.provider;

/**
 * How long an answer may be. What is longer is malformed, so that no service can fill the memory.
 *
 * @param eventBytes longest line, and most data in one event, of a stream
 * @param answerBytes longest answer that is not streamed
 */
public record AnswerLimits(int eventBytes, int answerBytes) {

  /** 32 MiB each: an image of 24 MB as base64. */
  public static final AnswerLimits DEFAULT = new AnswerLimits(32 << 20, 32 << 20);

  /**
   * Rejects limits that nothing fits in.
   *
   * @throws IllegalArgumentException naming the setting, its value and what is accepted
   */
  public AnswerLimits {
    requirePositive("llm.limit.eventBytes", eventBytes);
    requirePositive("llm.limit.answerBytes", answerBytes);
  }

  private static void requirePositive(String key, int bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException(key + " must be >= 1, was " + bytes);
    }
  }
}
