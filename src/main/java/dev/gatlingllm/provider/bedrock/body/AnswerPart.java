package dev.gatlingllm.provider.bedrock.body;

/** What is looked for in an answer. */
public enum AnswerPart {
  TEXT("text"),
  REASONING("reasoning"),
  TOOL_CALL("toolArgument"),
  STOP_REASON("stopReason"),
  /** Input tokens, those of the prompt cache left out. */
  INPUT("inputTokens"),
  /** Input tokens, those of the prompt cache among them. */
  ALL_INPUT("allInputTokens"),
  CACHE_READ("cachedInputTokens"),
  CACHE_WRITE("cacheWriteTokens"),
  OUTPUT("outputTokens"),
  ERROR_CODE("errorCode"),
  ERROR_MESSAGE("errorMessage");

  private final String key;

  AnswerPart(String key) {
    this.key = key;
  }

  /** Its name in settings. */
  public String key() {
    return key;
  }
}
