package dev.gatlingllm.provider;

/** What sort of model output an event carries. All of it counts as output of the model. */
public enum OutputKind {
  /** Text of the answer: the only kind that a reader sees. */
  CONTENT,
  /** Reasoning (thinking) that precedes the answer. */
  REASONING,
  /**
   * A summary of reasoning that the service hides. Its text is not what the count of reasoning
   * tokens counts.
   */
  REASONING_SUMMARY,
  /** The start of a tool call, which names the tool, or a piece of its arguments. */
  TOOL_CALL,
  /** Audio or an image. */
  MEDIA;

  /** Whether a user of the application would see this output. */
  public boolean visible() {
    return this != REASONING && this != REASONING_SUMMARY;
  }
}
