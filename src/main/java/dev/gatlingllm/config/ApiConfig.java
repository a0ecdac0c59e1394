package dev.gatlingllm.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which of a provider's APIs is called, of the real provider and of the simulated one alike.
 *
 * @param responses {@code llm.openai.api}: whether OpenAI's Responses API is called instead of chat
 *     completions
 * @param bedrock {@code llm.bedrock.api} and what belongs to it
 */
public record ApiConfig(boolean responses, Bedrock bedrock) {

  /** The names that {@code llm.bedrock.bodyFormat} accepts. */
  private static final List<String> FORMATS =
      List.of("anthropic", "llama", "nova", "titan", "custom");

  private static final List<String> CUSTOM_PATHS =
      List.of(
          "text",
          "reasoning",
          "toolArgument",
          "stopReason",
          "inputTokens",
          "allInputTokens",
          "cachedInputTokens",
          "cacheWriteTokens",
          "outputTokens",
          "errorCode",
          "errorMessage");

  /** What stands for an empty {@code llm.bedrock.custom.request}. */
  private static final Map<String, Object> CHAT_REQUEST =
      Map.of(
          "messages", "#{messages}",
          "max_tokens", "#{maxTokens}",
          "temperature", "#{temperature}",
          "top_p", "#{topP}",
          "stop", "#{stop}");

  /**
   * How Bedrock is called.
   *
   * @param invoke whether InvokeModel is called instead of Converse
   * @param bodyFormat whose body InvokeModel has
   * @param request the body of the format {@code custom}
   * @param paths where an answer of the format {@code custom} keeps what; none is empty
   * @param guardrailId guardrail, or empty
   * @param guardrailVersion its version, or empty
   * @param serviceTier service tier, or empty
   */
  public record Bedrock(
      boolean invoke,
      String bodyFormat,
      Map<String, Object> request,
      Map<String, String> paths,
      String guardrailId,
      String guardrailVersion,
      String serviceTier) {

    /**
     * The same for the simulated endpoint, which cannot know a request of one's own: it is spoken
     * to in Nova's words instead.
     */
    public Bedrock simulated() {
      return bodyFormat.equals("custom") && !request.equals(CHAT_REQUEST)
          ? new Bedrock(invoke, "nova", request, paths, guardrailId, guardrailVersion, serviceTier)
          : this;
    }
  }

  static ApiConfig read(ConfigReader reader) {
    Map<String, Object> request = reader.object("llm.bedrock.custom.request");
    Map<String, String> paths = new TreeMap<>();
    for (String part : CUSTOM_PATHS) {
      String path = reader.text("llm.bedrock.custom." + part).strip();
      if (!path.isEmpty()) {
        paths.put(part, path);
      }
    }
    String tier =
        reader.choice(
            "llm.bedrock.serviceTier", List.of("none", "default", "priority", "flex", "reserved"));
    return new ApiConfig(
        reader.choice("llm.openai.api", List.of("chat", "responses")).equals("responses"),
        new Bedrock(
            reader.choice("llm.bedrock.api", List.of("converse", "invoke")).equals("invoke"),
            reader.choice("llm.bedrock.bodyFormat", FORMATS),
            request.isEmpty() ? CHAT_REQUEST : request,
            paths,
            reader.text("llm.bedrock.guardrail.id").strip(),
            reader.text("llm.bedrock.guardrail.version").strip(),
            tier.equals("none") ? "" : tier));
  }
}
