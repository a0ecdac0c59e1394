package dev.gatlingllm.simulator.wire;

import java.util.List;
import java.util.Optional;

/**
 * Models that answer one text to one text: Meta's Llama and Amazon's Titan Text. They know no
 * reasoning: it is text like any other. Every chunk has the same fields.
 */
final class TextAnswer implements ModelAnswer {

  static final ModelFamily LLAMA =
      new ModelFamily(
          body -> body.path("prompt").isTextual(),
          "/max_gen_len",
          body -> PromptTurns.text(body.path("prompt")),
          (model, requestId, usage) -> new TextAnswer(Fields.LLAMA, usage));

  static final ModelFamily TITAN =
      new ModelFamily(
          body -> body.has("inputText"),
          "/textGenerationConfig/maxTokenCount",
          body -> PromptTurns.text(body.path("inputText")),
          (model, requestId, usage) -> new TextAnswer(Fields.TITAN, usage));

  /**
   * The fields of a family. Formats are given a text, the tokens of the prompt, those of the
   * answer, the stop reason and further fields.
   *
   * @param chunksCounted whether chunks count the tokens so far; if not, the last one repeats those
   *     of the prompt
   */
  private record Fields(
      String chunk,
      String whole,
      boolean chunksCounted,
      String stop,
      String length,
      String filtered) {

    private static final String LLAMA_EVENT =
        """
        {"generation":"%1$s","prompt_token_count":%2$s,"generation_token_count":%3$s,\
        "stop_reason":%4$s%5$s}\
        """;

    /** Llama has no word for an answer that was filtered: the guardrail that did it says so. */
    static final Fields LLAMA =
        new Fields(
            LLAMA_EVENT,
            LLAMA_EVENT,
            true,
            "\"stop\"",
            "\"length\"",
            "\"stop\",\"amazon-bedrock-guardrailAction\":\"INTERVENED\"");

    static final Fields TITAN =
        new Fields(
            """
            {"outputText":"%1$s","index":0,"totalOutputTextTokenCount":%3$s,\
            "completionReason":%4$s,"inputTextTokenCount":%2$s%5$s}\
            """,
            """
            {"inputTextTokenCount":%2$s,"results":[{"tokenCount":%3$s,"outputText":"%1$s",\
            "completionReason":%4$s}]}\
            """,
            false,
            "\"FINISH\"",
            "\"LENGTH\"",
            "\"CONTENT_FILTERED\"");

    String reason(AnswerEnd end) {
      return switch (end.reason()) {
        case STOP -> stop;
        case LENGTH -> length;
        case FILTERED -> filtered;
      };
    }
  }

  private final Fields fields;
  private final String promptTokens;
  private int tokens;

  private TextAnswer(Fields fields, Optional<Usage> usage) {
    this.fields = fields;
    this.promptTokens = number(usage.map(Usage::input));
  }

  @Override
  public List<String> chunk(boolean reasoning, String text) {
    String prompt = tokens == 0 ? promptTokens : "null";
    tokens += (int) text.chars().filter(c -> c == ' ').count();
    boolean counted = fields.chunksCounted && !promptTokens.equals("null");
    return List.of(
        Json.of(
            fields.chunk, text, prompt, counted ? Integer.toString(tokens) : "null", "null", ""));
  }

  @Override
  public List<String> closing(AnswerEnd end, String metrics) {
    String prompt = fields.chunksCounted ? "null" : promptTokens;
    return List.of(
        Json.of(fields.chunk, "", prompt, outputTokens(end), fields.reason(end), metrics));
  }

  @Override
  public String whole(String reasoning, String content, AnswerEnd end) {
    String input = number(end.usage().map(Usage::input));
    return Json.of(
        fields.whole, reasoning + content, input, outputTokens(end), fields.reason(end), "");
  }

  private static String outputTokens(AnswerEnd end) {
    return number(end.usage().map(Usage::output));
  }

  private static String number(Optional<Integer> number) {
    return number.map(Object::toString).orElse("null");
  }
}
