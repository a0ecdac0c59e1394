package dev.gatlingllm.simulator;

import java.util.List;
import java.util.Locale;

/** Meta's Llama: every chunk has the same fields. Knows no reasoning: it is text like any other. */
final class LlamaBody implements ModelBody {

  private final String promptTokens;
  private int tokens;

  /**
   * Events of one answer.
   *
   * @param promptTokens tokens of the request, or null to say nothing
   */
  LlamaBody(String promptTokens) {
    this.promptTokens = promptTokens;
  }

  @Override
  public List<String> chunk(boolean reasoning, String text) {
    String prompt = tokens == 0 ? promptTokens : "null";
    tokens += (int) text.chars().filter(c -> c == ' ').count();
    String generated = promptTokens.equals("null") ? "null" : Integer.toString(tokens);
    return List.of(event(text, prompt, generated, "null", ""));
  }

  @Override
  public List<String> closing(AnswerEnd end, String metrics) {
    return List.of(event("", "null", end.outputTokens(), reason(end), guardrail(end) + metrics));
  }

  @Override
  public String whole(String reasoning, String content, AnswerEnd end) {
    return event(
        reasoning + content,
        end.inputTokens(),
        end.outputTokens(),
        reason(end),
        guardrail(end));
  }

  private static String event(
      String text, String prompt, String generated, String reason, String more) {
    return String.format(
        Locale.ROOT,
        """
    {"generation":"%s","prompt_token_count":%s,"generation_token_count":%s,"stop_reason":%s%s}\
    """,
        text,
        prompt,
        generated,
        reason,
        more);
  }

  private static String reason(AnswerEnd end) {
    return end.reason() == StopReason.LENGTH ? "\"length\"" : "\"stop\"";
  }

  /** Llama has no word for it: the guardrail that filtered it says so. */
  private static String guardrail(AnswerEnd end) {
    return end.reason() == StopReason.FILTERED
        ? ",\"amazon-bedrock-guardrailAction\":\"INTERVENED\""
        : "";
  }
}
