package dev.gatlingllm.provider.anthropic;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.MalformedAnswerException;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.SerializedListener;
import dev.gatlingllm.provider.Served;
import dev.gatlingllm.provider.TokenUsage;
import dev.gatlingllm.provider.json.JsonScanner;
import dev.gatlingllm.provider.transport.JsonEventDecoder;
import dev.gatlingllm.provider.transport.ServiceError;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decodes Anthropic's Messages. A stream is complete with {@code message_stop}, or at its end if
 * the model said before why it stopped. The start of a tool call, redacted thinking and the
 * signature of thinking that the service does not show are output without text; results of tools
 * that the service runs itself are not the model's.
 *
 * <p>One per call. Not safe for use by several threads.
 */
final class MessagesDecoder extends JsonEventDecoder {

  private static final ObjectReader JSON =
      new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** The deltas that carry output, each with its text in a field of its own. */
  private static final Map<String, OutputKind> DELTAS =
      Map.of(
          "text_delta", OutputKind.CONTENT,
          "thinking_delta", OutputKind.REASONING,
          "input_json_delta", OutputKind.TOOL_CALL);

  private final JsonScanner scanner = new JsonScanner();
  private final MessagesUsage usage = new MessagesUsage();
  private boolean stopped;
  private boolean thinkingShown;

  MessagesDecoder(SerializedListener listener) {
    super(listener);
  }

  @Override
  public void end(long nanos) {
    if (stopped) {
      listener.completed(nanos);
      return;
    }
    endedBefore("message_stop", nanos);
  }

  @Override
  public void whole(long nanos, byte[] bytes, int offset, int length) {
    JsonNode message;
    try {
      message = read(bytes, offset, length);
    } catch (MalformedAnswerException e) {
      listener.failed(nanos, new Failure(Failure.Kind.MALFORMED, OK, "", e.getMessage()));
      return;
    }
    if (type(message).equals("error")) {
      listener.failed(nanos, error(message).insteadOfAnswer(OK));
      return;
    }
    message.path("content").forEach(block -> block(nanos, block));
    start(message);
    tellUsage();
    finish(message);
    if (!stopped && !message.path("content").isArray()) {
      String reason = "the answer holds neither content nor stop_reason";
      listener.failed(nanos, new Failure(Failure.Kind.MALFORMED, OK, "", reason));
    }
    listener.completed(nanos);
  }

  /**
   * Some gateways end the stream as that of chat completions, instead of message_stop or after it.
   */
  @Override
  protected void done(long nanos) {}

  @Override
  protected void decode(long nanos, byte[] bytes, int offset, int length) {
    if (!delta(nanos, bytes, offset, length)) {
      JsonNode event = read(bytes, offset, length);
      if (!other(nanos, event)) {
        unknown(bytes, offset, length)
            .or(() -> unnamedError(event))
            .ifPresent(error -> listener.failed(nanos, error.inStream(OK)));
      }
    }
  }

  /** Bedrock's shape: a message, and nothing that says what it is. */
  private Optional<ServiceError> unnamedError(JsonNode event) {
    return type(event).isEmpty() && event.path("message").isTextual()
        ? Optional.of(error(event)).filter(error -> !error.message().isEmpty())
        : Optional.empty();
  }

  /** Reads the events that come by the thousand; false if it is another one. */
  private boolean delta(long nanos, byte[] bytes, int offset, int length) {
    String type = "";
    String deltaType = "";
    String text = "";
    scanner.start(bytes, offset, length);
    for (boolean more = scanner.beginObject(); more; more = scanner.nextField()) {
      if (scanner.named("type")) {
        type = scanner.string();
      } else if (scanner.named("delta")) {
        for (boolean field = scanner.beginObject(); field; field = scanner.nextField()) {
          if (scanner.named("type")) {
            deltaType = scanner.string();
          } else if (scanner.named("text")
              || scanner.named("thinking")
              || scanner.named("partial_json")) {
            text = scanner.string();
          } else {
            scanner.skip();
          }
        }
      } else {
        scanner.skip();
      }
    }
    OutputKind kind = DELTAS.get(deltaType);
    if (!scanner.finished() || kind == null || !isDelta(type)) {
      return false;
    }
    output(nanos, kind, text);
    return true;
  }

  private boolean isDelta(String type) {
    return (type.isEmpty() ? eventName() : type).equals("content_block_delta");
  }

  private void output(long nanos, OutputKind kind, String text) {
    thinkingShown |= kind == OutputKind.REASONING && !text.isEmpty();
    listener.output(nanos, kind, text);
  }

  /** Whether it is an event that the API has. */
  private boolean other(long nanos, JsonNode event) {
    switch (type(event)) {
      case "message_start" -> start(event.path("message"));
      case "content_block_start" -> {
        thinkingShown = false;
        block(nanos, event.path("content_block"));
      }
      case "content_block_delta" -> unusualDelta(nanos, event.path("delta"));
      case "message_delta" -> {
        usage.add(event.path("usage"));
        finish(event.path("delta"));
        tellUsage();
      }
      case "message_stop" -> {
        stopped = true;
        listener.completed(nanos);
      }
      case "error" -> listener.failed(nanos, error(event).inStream(OK));
      case "content_block_stop", "ping" -> {}
      default -> {
        return false;
      }
    }
    return true;
  }

  /** That of its own, else the name of the event; an error of a gateway has neither. */
  private String type(JsonNode event) {
    String type = event.path("type").asText(eventName());
    return type.isEmpty() && event.hasNonNull("error") ? "error" : type;
  }

  /** A delta of another shape: with escapes in its names, or one that carries no output. */
  private void unusualDelta(long nanos, JsonNode delta) {
    String type = delta.path("type").asText("");
    OutputKind kind = DELTAS.get(type);
    if (kind != null) {
      String field = type.equals("input_json_delta") ? "partial_json" : type.replace("_delta", "");
      output(nanos, kind, delta.path(field).asText(""));
    } else if (type.equals("signature_delta") && !thinkingShown) {
      listener.outputWithoutText(nanos, OutputKind.REASONING);
      thinkingShown = true;
    }
  }

  /** The first event says which model answers, and what the prompt cost. */
  private void start(JsonNode message) {
    usage.add(message.path("usage"));
    listener.served(
        new Served(
            message.path("model").asText(""),
            message.path("usage").path("service_tier").asText(""),
            "",
            OptionalLong.empty()));
  }

  private void tellUsage() {
    TokenUsage counts = usage.counts();
    if (!counts.equals(TokenUsage.NONE)) {
      listener.usage(counts);
    }
  }

  private void finish(JsonNode holder) {
    JsonNode reason = holder.path("stop_reason");
    if (reason.isTextual() && !reason.asText().isBlank()) {
      stopped = true;
      listener.finish(reason.asText());
    }
  }

  private void block(long nanos, JsonNode block) {
    switch (block.path("type").asText("")) {
      case "text" -> output(nanos, OutputKind.CONTENT, block.path("text").asText(""));
      case "thinking" -> thinking(nanos, block);
      case "redacted_thinking" -> listener.outputWithoutText(nanos, OutputKind.REASONING);
      case "tool_use", "server_tool_use", "mcp_tool_use" -> toolCall(nanos, block.path("input"));
      case "image", "audio" -> listener.outputWithoutText(nanos, OutputKind.MEDIA);
      default -> {}
    }
  }

  private void thinking(long nanos, JsonNode block) {
    String text = block.path("thinking").asText("");
    if (text.isEmpty() && !block.path("signature").asText("").isEmpty()) {
      listener.outputWithoutText(nanos, OutputKind.REASONING);
    } else {
      output(nanos, OutputKind.REASONING, text);
    }
  }

  private void toolCall(long nanos, JsonNode input) {
    if (input.isEmpty()) {
      listener.outputWithoutText(nanos, OutputKind.TOOL_CALL);
    } else {
      listener.output(nanos, OutputKind.TOOL_CALL, input.toString());
    }
  }

  /** The fields of an error may lie in the event itself. */
  private static ServiceError error(JsonNode event) {
    JsonNode error = event.path("error");
    JsonNode fields = error.isObject() ? error : event;
    String type = error.isObject() ? fields.path("type").asText("") : "";
    String code = fields.path("code").asText("");
    return ServiceError.of(
        type.isEmpty() ? code : type, code, fields.path("message").asText(error.asText("")));
  }

  private static JsonNode read(byte[] bytes, int offset, int length) {
    try {
      JsonNode node = JSON.readTree(bytes, offset, length);
      if (!node.isObject()) {
        throw new MalformedAnswerException("expected a JSON object, was " + node.getNodeType());
      }
      return node;
    } catch (IOException e) {
      // Without its message, which may quote the model's text.
      throw new MalformedAnswerException("not JSON: " + e.getClass().getSimpleName());
    }
  }
}
