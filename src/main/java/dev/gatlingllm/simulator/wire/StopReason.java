package dev.gatlingllm.simulator.wire;

/** Why a model stopped, in the words of each wire format. */
public enum StopReason {
  STOP("stop", "end_turn"),
  LENGTH("length", "max_tokens"),
  FILTERED("content_filter", "content_filtered");

  private final String openAiWord;
  private final String bedrockWord;

  StopReason(String openAiWord, String bedrockWord) {
    this.openAiWord = openAiWord;
    this.bedrockWord = bedrockWord;
  }

  String openAiWord() {
    return openAiWord;
  }

  String bedrockWord() {
    return bedrockWord;
  }
}
