package dev.gatlingllm.provider;

/** What sort of model output an event carries. All of it counts as output of the model. */
public enum OutputKind {
  /** Text of the answer: the only kind that a reader sees. */
  CONTENT,
  /** Reasoning (thinking) that precedes the answer. */
  REASONING,
  /** A piece of the arguments of a tool call. */
  TOOL_ARGUMENT;

  /** Whether a user of the application would see this output. */
  public boolean visible() {
    return this != REASONING;
  }
}
