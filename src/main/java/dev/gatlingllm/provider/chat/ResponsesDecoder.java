package dev.gatlingllm.provider.chat;

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
import dev.gatlingllm.provider.chat.RepeatedOutput.Level;
import dev.gatlingllm.provider.json.JsonScanner;
import dev.gatlingllm.provider.transport.JsonEventDecoder;
import dev.gatlingllm.provider.transport.ServiceError;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Decodes OpenAI's Responses API. The stream is complete with {@code response.completed} or {@code
 * response.incomplete}; the reason of the latter is the finish reason.
 */
final class ResponsesDecoder extends JsonEventDecoder {

  private static final ObjectReader JSON =
      new ObjectMapper(ChatJson.FACTORY)
          .reader()
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final String DELTA = ".delta";
  private static final String DONE = ".done";

  /** The events that carry text in {@code delta} and come by the thousand. */
  private static final Map<String, OutputKind> DELTAS =
      Map.of(
          "response.output_text.delta", OutputKind.CONTENT,
          "response.refusal.delta", OutputKind.CONTENT,
          "response.reasoning_text.delta", OutputKind.REASONING,
          "response.reasoning_summary_text.delta", OutputKind.REASONING_SUMMARY,
          "response.function_call_arguments.delta", OutputKind.TOOL_CALL,
          "response.custom_tool_call_input.delta", OutputKind.TOOL_CALL,
          "response.mcp_call_arguments.delta", OutputKind.TOOL_CALL,
          "response.code_interpreter_call_code.delta", OutputKind.TOOL_CALL);

  /** Where the events that end in {@code .done} have their text. */
  private static final String[] WHOLE_TEXTS = {
    "text", "refusal", "arguments", "input", "code", "transcript"
  };

  private final JsonScanner scanner = new JsonScanner();
  private final ResponsesOutput output;
  private TokenUsage usage = TokenUsage.NONE;
  private Served served = Served.UNKNOWN;

  ResponsesDecoder(SerializedListener listener) {
    super(listener);
    this.output = new ResponsesOutput(listener);
  }

  @Override
  public void end(long nanos) {
    endedBefore("response.completed", nanos);
  }

  @Override
  public void whole(long nanos, byte[] bytes, int offset, int length) {
    try {
      JsonNode response = read(bytes, offset, length);
      if (response.hasNonNull("error") && !response.has("status")) {
        listener.failed(nanos, error(response).insteadOfAnswer(OK));
      } else {
        end(nanos, response, "");
      }
    } catch (MalformedAnswerException e) {
      listener.failed(nanos, new Failure(Failure.Kind.MALFORMED, OK, "", e.getMessage()));
    }
  }

  /** Some servers end the stream as that of chat completions, after their last event. */
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
    if (!scanner.finished()) {
      return false;
    }
    OutputKind kind = DELTAS.get(type.isEmpty() ? eventName() : type);
    if (kind == null) {
      return false;
    }
    output.piece(nanos, kind, text);
    return true;
  }

  /** Whether it is an event that the API has. */
  private boolean other(long nanos, JsonNode event) {
    String type = event.path("type").asText("");
    if (type.isEmpty()) {
      type = eventName();
    }
    switch (type) {
      case "response.completed", "response.incomplete", "response.done" ->
          end(nanos, event.path("response"), type);
      case "response.created", "response.in_progress" -> tellServed(event.path("response"));
      case "response.failed", "response.cancelled" -> failed(nanos, event.path("response"), type);
      case "response.output_item.added" -> output.begins(nanos, event.path("item"));
      case "response.output_item.done" -> output.item(nanos, Level.ITEM, event.path("item"));
      case "response.content_part.done", "response.reasoning_summary_part.done" ->
          output.part(nanos, Level.PART, event.path("part"));
      case "error", "response.error" -> listener.failed(nanos, error(event).inStream(OK));
      default -> {
        return named(nanos, type, event);
      }
    }
    return true;
  }

  private Optional<ServiceError> unnamedError(JsonNode event) {
    boolean named = !event.path("type").asText("").isEmpty() || !eventName().isEmpty();
    ServiceError error = error(event);
    boolean says = !error.message().isEmpty() || !error.code().isEmpty();
    return event.hasNonNull("error") || (!named && says) ? Optional.of(error) : Optional.empty();
  }

  /** Events of tools have new names each year, of one form. */
  private boolean named(long nanos, String type, JsonNode event) {
    if (type.endsWith(".partial_image")) {
      output.media(nanos);
    } else if (type.endsWith(DELTA)) {
      JsonNode delta = event.path("delta");
      if (isSound(type)) {
        output.media(nanos);
      } else {
        output.piece(nanos, kind(type), delta.asText(delta.path("text").asText("")));
      }
    } else if (type.endsWith(DONE)) {
      for (String field : WHOLE_TEXTS) {
        output.text(nanos, Level.TEXT, kind(type), event.path(field).asText(""));
      }
    }
    return type.startsWith("response.");
  }

  private static boolean isSound(String type) {
    return type.contains("audio") && !type.contains("transcript");
  }

  private static OutputKind kind(String type) {
    if (type.contains("reasoning")) {
      return type.contains("summary") ? OutputKind.REASONING_SUMMARY : OutputKind.REASONING;
    }
    if (type.contains("audio")) {
      return OutputKind.MEDIA;
    }
    boolean words = type.contains("text") || type.contains("refusal");
    return words && !type.contains("call") ? OutputKind.CONTENT : OutputKind.TOOL_CALL;
  }

  /** The status decides, whatever the event is called. */
  private void end(long nanos, JsonNode response, String type) {
    String status = response.path("status").asText(type.replace("response.", ""));
    if (status.equals("failed") || response.path("error").isObject()) {
      failed(nanos, response, status);
      return;
    }
    tellServed(response);
    response.path("output").forEach(item -> output.item(nanos, Level.RESPONSE, item));
    tellUsage(response);
    String reason = response.path("incomplete_details").path("reason").asText(status);
    if (!reason.isEmpty()) {
      listener.finish(reason);
    }
    listener.completed(nanos);
  }

  private void failed(long nanos, JsonNode response, String how) {
    tellServed(response);
    tellUsage(response);
    ServiceError said = error(response);
    boolean silent = said.code().isEmpty() && said.message().isEmpty();
    ServiceError error =
        silent
            ? new ServiceError(how.replace("response.", ""), "the service gave no reason")
            : said;
    listener.failed(nanos, error.inStream(OK));
  }

  /** The first event says which tier is asked, the last which one it was. */
  private void tellServed(JsonNode response) {
    Served known =
        served
            .then(response.path("model").asText(""), response.path("service_tier").asText(""))
            .withResponseId(response.path("id").asText(""));
    if (!known.equals(served)) {
      served = known;
      listener.served(known);
    }
  }

  private void tellUsage(JsonNode response) {
    Optional<TokenUsage> reported = UsageJson.read(response.path("usage"));
    if (reported.isPresent()) {
      usage = usage.then(reported.get());
      listener.usage(usage);
    }
  }

  private static ServiceError error(JsonNode holder) {
    JsonNode error = holder.path("error");
    if (error.isTextual()) {
      return new ServiceError("", error.asText());
    }
    boolean nested = error.isObject();
    JsonNode fields = nested ? error : holder;
    String code = fields.path("code").asText("");
    String type = nested ? fields.path("type").asText("") : "";
    return ServiceError.of(code, type, fields.path("message").asText(""));
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
