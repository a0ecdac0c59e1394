package dev.gatlingllm.provider.chat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.MalformedAnswerException;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.SerializedListener;
import dev.gatlingllm.provider.json.JsonScanner;
import dev.gatlingllm.provider.transport.AnswerDecoder;
import dev.gatlingllm.provider.transport.ServiceError;
import java.io.IOException;
import java.util.Map;

/**
 * Decodes OpenAI's Responses API. The stream is complete with {@code response.completed} or {@code
 * response.incomplete}; the reason of the latter is the finish reason.
 */
final class ResponsesDecoder implements AnswerDecoder {

  private static final int OK = 200;
  private static final ObjectReader JSON =
      new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** The events that carry model output, each in {@code delta}. */
  private static final Map<String, OutputKind> DELTAS =
      Map.of(
          "response.output_text.delta", OutputKind.CONTENT,
          "response.refusal.delta", OutputKind.CONTENT,
          "response.reasoning_text.delta", OutputKind.REASONING,
          "response.reasoning_summary_text.delta", OutputKind.REASONING,
          "response.function_call_arguments.delta", OutputKind.TOOL_CALL,
          "response.custom_tool_call_input.delta", OutputKind.TOOL_CALL,
          "response.mcp_call_arguments.delta", OutputKind.TOOL_CALL,
          "response.code_interpreter_call_code.delta", OutputKind.TOOL_CALL);

  private final SerializedListener listener;
  private final JsonScanner scanner = new JsonScanner();
  private int events;

  ResponsesDecoder(SerializedListener listener) {
    this.listener = listener;
  }

  @Override
  public void event(long nanos, byte[] bytes, int offset, int length) {
    try {
      decode(nanos, bytes, offset, length);
    } catch (MalformedAnswerException e) {
      listener.failed(nanos, new Failure(Failure.Kind.MALFORMED, OK, "", e.getMessage()));
    }
  }

  @Override
  public void lastEvent(long nanos, byte[] bytes, int offset, int length) {
    try {
      decode(nanos, bytes, offset, length);
    } catch (MalformedAnswerException e) {
      listener.failed(
          nanos, new Failure(Failure.Kind.BROKEN, OK, "", "stream ended inside an event"));
    }
  }

  @Override
  public void end(long nanos) {
    String message = "stream ended before response.completed, after " + events + " events";
    listener.failed(nanos, new Failure(Failure.Kind.BROKEN, OK, "", message));
  }

  @Override
  public void whole(long nanos, byte[] bytes, int offset, int length) {
    try {
      JsonNode response = read(bytes, offset, length);
      response.path("output").forEach(item -> outputs(nanos, item));
      end(nanos, response);
    } catch (MalformedAnswerException e) {
      listener.failed(nanos, new Failure(Failure.Kind.MALFORMED, OK, "", e.getMessage()));
    }
  }

  private void decode(long nanos, byte[] bytes, int offset, int length) {
    if (isDone(bytes, offset, length)) {
      return;
    }
    events++;
    if (!delta(nanos, bytes, offset, length)) {
      other(nanos, read(bytes, offset, length));
    }
  }

  /** Some servers end the stream as that of chat completions, after their last event. */
  private static boolean isDone(byte[] bytes, int offset, int length) {
    return length == 6 && bytes[offset] == '[' && bytes[offset + 1] == 'D';
  }

  /** Reads the events that come by the thousand; false if it is another one. */
  private boolean delta(long nanos, byte[] bytes, int offset, int length) {
    String type = "";
    String text = "";
    scanner.start(bytes, offset, length);
    for (boolean more = scanner.beginObject(); more; more = scanner.nextField()) {
      if (scanner.named("type")) {
        type = scanner.string();
      } else if (scanner.named("delta")) {
        text = scanner.string();
      } else {
        scanner.skip();
      }
    }
    OutputKind kind = DELTAS.get(type);
    if (!scanner.finished() || kind == null) {
      return false;
    }
    listener.output(nanos, kind, text);
    return true;
  }

  private void other(long nanos, JsonNode event) {
    String type = event.path("type").asText("");
    OutputKind kind = DELTAS.get(type);
    if (kind != null) {
      listener.output(nanos, kind, event.path("delta").asText(""));
      return;
    }
    switch (type) {
      case "response.completed", "response.incomplete", "response.failed" ->
          end(nanos, event.path("response"));
      case "error", "" -> listener.failed(nanos, error(event).inStream(OK));
      default -> {}
    }
  }

  private void end(long nanos, JsonNode response) {
    String status = response.path("status").asText("");
    if (status.equals("failed") || response.path("error").isObject()) {
      listener.failed(nanos, error(response).inStream(OK));
      return;
    }
    UsageJson.read(response.path("usage")).ifPresent(listener::usage);
    String reason = response.path("incomplete_details").path("reason").asText(status);
    if (!reason.isEmpty()) {
      listener.finish(reason);
    }
    listener.completed(nanos);
  }

  private void outputs(long nanos, JsonNode item) {
    switch (item.path("type").asText("")) {
      case "reasoning" -> {
        item.path("summary").forEach(part -> text(nanos, OutputKind.REASONING, part));
        item.path("content").forEach(part -> text(nanos, OutputKind.REASONING, part));
      }
      case "message" -> item.path("content").forEach(part -> text(nanos, OutputKind.CONTENT, part));
      case "function_call", "mcp_call" ->
          listener.output(nanos, OutputKind.TOOL_CALL, item.path("arguments").asText(""));
      case "custom_tool_call" ->
          listener.output(nanos, OutputKind.TOOL_CALL, item.path("input").asText(""));
      default -> {}
    }
  }

  private void text(long nanos, OutputKind kind, JsonNode part) {
    listener.output(nanos, kind, part.path("text").asText(part.path("refusal").asText("")));
  }

  private static ServiceError error(JsonNode holder) {
    boolean nested = holder.path("error").isObject();
    JsonNode error = nested ? holder.path("error") : holder;
    String code = error.path("code").asText("");
    String type = nested ? error.path("type").asText("") : "";
    return new ServiceError(code.isEmpty() ? type : code, error.path("message").asText(""));
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
