package dev.gatlingllm.simulator;

import java.util.List;
import java.util.Locale;

/** Amazon's Titan Text. Knows no reasoning: it is text like any other. */
final class TitanBody implements ModelBody {

  private final String promptTokens;
  private boolean begun;

  /**
   * Events of one answer.
   *
   * @param promptTokens tokens of the request, or null to say nothing
   */
  TitanBody(String promptTokens) {
    this.promptTokens = promptTokens;
  }

  @Override
  public List<String> chunk(boolean reasoning, String text) {
    String prompt = begun ? "null" : promptTokens;
    begun = true;
    return List.of(event(text, "null", "null", prompt, ""));
  }

  @Override
  public List<String> closing(AnswerEnd end, String metrics) {
    return List.of(event("", end.outputTokens(), reason(end), promptTokens, metrics));
  }

  @Override
  public String whole(String reasoning, String content, AnswerEnd end) {
    return String.format(
        Locale.ROOT,
        """
    {"inputTextTokenCount":%s,"results":[{"tokenCount":%s,"outputText":"%s",\
    "completionReason":%s}]}\
    """,
        end.inputTokens(),
        end.outputTokens(),
        reasoning + content,
        reason(end));
  }

  private static String event(
      String text, String generated, String reason, String prompt, String more) {
    return String.format(
        Locale.ROOT,
        """
    {"outputText":"%s","index":0,"totalOutputTextTokenCount":%s,"completionReason":%s,\
    "inputTextTokenCount":%s%s}\
    """,
        text,
        generated,
        reason,
        prompt,
        more);
  }

  private static String reason(AnswerEnd end) {
    return switch (end.reason()) {
      case STOP -> "\"FINISH\"";
      case LENGTH -> "\"LENGTH\"";
      case FILTERED -> "\"CONTENT_FILTERED\"";
    };
  }
}
