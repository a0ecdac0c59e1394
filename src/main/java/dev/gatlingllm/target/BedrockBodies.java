package dev.gatlingllm.target;

import dev.gatlingllm.config.ConfigReader;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.provider.Parameters;
import dev.gatlingllm.provider.bedrock.BedrockOptions;
import dev.gatlingllm.provider.bedrock.body.AnswerPart;
import dev.gatlingllm.provider.bedrock.body.BodyFormat;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads {@code llm.bedrock.api} and what belongs to it. */
final class BedrockBodies {

  private static final String CUSTOM = "custom";
  private static final String SECTION = "llm.bedrock.custom.";

  private static final List<String> FORMATS =
      Stream.concat(BodyFormat.BUILT_IN.stream(), Stream.of(CUSTOM)).toList();

  /** What stands for an empty {@code llm.bedrock.custom.request}. */
  private static final Map<String, Object> CHAT_REQUEST =
      Map.of(
          "messages", "#{messages}",
          "max_tokens", "#{maxTokens}",
          "temperature", "#{temperature}",
          "top_p", "#{topP}",
          "stop", "#{stop}");

  private BedrockBodies() {}

  static BedrockOptions read(ConfigReader reader) {
    return options(reader, format(reader), request(reader));
  }

  /**
   * The options for the simulated endpoint. It does not know the user's own request bodies and gets
   * Nova's instead.
   */
  static BedrockOptions simulated(ConfigReader reader) {
    Map<String, Object> request = request(reader);
    String format = format(reader);
    boolean unknown = format.equals(CUSTOM) && !request.equals(CHAT_REQUEST);
    return options(reader, unknown ? "nova" : format, request);
  }

  private static String format(ConfigReader reader) {
    return reader.choice("llm.bedrock.bodyFormat", FORMATS);
  }

  private static Map<String, Object> request(ConfigReader reader) {
    Map<String, Object> request = reader.object(SECTION + "request");
    request.values().removeIf(Parameters.LEFT_OUT::equals);
    return request.isEmpty() ? CHAT_REQUEST : request;
  }

  private static BedrockOptions options(
      ConfigReader reader, String format, Map<String, Object> request) {
    boolean invoke =
        reader.choice("llm.bedrock.api", List.of("converse", "invoke")).equals("invoke");
    String tier =
        reader.choice(
            "llm.bedrock.serviceTier", List.of("none", "default", "priority", "flex", "reserved"));
    return new BedrockOptions(
        invoke ? Optional.of(body(reader, format, request)) : Optional.empty(),
        reader.text("llm.bedrock.guardrail.id").strip(),
        reader.text("llm.bedrock.guardrail.version").strip(),
        orNone(
            reader.choice(
                "llm.bedrock.guardrail.streamProcessingMode", List.of("none", "sync", "async"))),
        orNone(tier));
  }

  private static String orNone(String choice) {
    return choice.equals("none") ? "" : choice;
  }

  private static BodyFormat body(ConfigReader reader, String format, Map<String, Object> request) {
    if (!format.equals(CUSTOM)) {
      return BodyFormat.named(format);
    }
    Map<AnswerPart, String> paths = new EnumMap<>(AnswerPart.class);
    for (AnswerPart part : AnswerPart.values()) {
      String path = reader.text(SECTION + part.key()).strip();
      if (!path.isEmpty()) {
        paths.put(part, path);
      }
    }
    return ConfigurationException.in(SECTION, () -> BodyFormat.custom(request, paths));
  }
}
