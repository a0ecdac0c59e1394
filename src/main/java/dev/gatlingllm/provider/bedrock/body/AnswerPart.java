package dev.gatlingllm.provider.bedrock.body;

/** What is looked for in an answer. */
public enum AnswerPart {
  TEXT("text"),
  REASONING("reasoning"),
  TOOL_CALL("toolArgument"),
  /** Something that stands for reasoning which the service does not show. */
  HIDDEN_REASONING("hiddenReasoning"),
  /** The seal of reasoning; without a text of reasoning it stands for one that is not shown. */
  REASONING_SIGNATURE("reasoningSignature"),
  /** The name of a tool that is called. */
  TOOL_START("toolStart"),
  /** Audio, an image or a video. */
  MEDIA("media"),
  /** The model that answered. */
  MODEL("model"),
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
