package dev.gatlingllm.provider.bedrock.body;

import dev.gatlingllm.provider.LlmRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The bodies of one family of models.
 *
 * @param name its name in settings
 * @param writer writes the body of a request
 * @param paths where an answer, or a chunk of one, keeps what
 */
public record BodyFormat(String name, Writer writer, AnswerPaths paths) {

  /** The formats that need no settings of their own. */
  public static final List<String> BUILT_IN = List.of("anthropic", "llama", "nova", "titan");

  /** Writes the body of a request. Safe for use by many threads. */
  @FunctionalInterface
  public interface Writer {

    /**
     * The body as JSON-like values.
     *
     * @throws IllegalArgumentException if the format cannot say what the request asks for
     */
    Map<String, Object> body(LlmRequest request);
  }

  /** Rejects null components. */
  public BodyFormat {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(writer, "writer");
    Objects.requireNonNull(paths, "paths");
  }

  /**
   * One of {@link #BUILT_IN}.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public static BodyFormat named(String name) {
    return switch (name) {
      case "anthropic" -> new BodyFormat(name, AnthropicBody::of, AnthropicBody.PATHS);
      case "llama" -> new BodyFormat(name, LlamaBody::of, LlamaBody.PATHS);
      case "nova" -> new BodyFormat(name, NovaBody::of, NovaBody.PATHS);
      case "titan" -> new BodyFormat(name, TitanBody::of, TitanBody.PATHS);
      default ->
          throw new IllegalArgumentException(
              "body format must be one of " + String.join(", ", BUILT_IN) + ", was " + name);
    };
  }

  /**
   * A format of one's own.
   *
   * @param template the request's body; see {@link CustomBody}
   * @param expressions where an answer keeps what
   */
  public static BodyFormat custom(
      Map<String, Object> template, Map<AnswerPart, String> expressions) {
    return new BodyFormat("custom", new CustomBody(template), AnswerPaths.of(expressions));
  }
}
