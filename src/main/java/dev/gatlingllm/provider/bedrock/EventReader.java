package dev.gatlingllm.provider.bedrock;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.gatlingllm.provider.MalformedAnswerException;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.json.JsonScanner;
import java.io.IOException;
import java.io.StringWriter;
import java.util.OptionalLong;

/**
 * Reads the events of one ConverseStream answer into its exchange. Event types that carry nothing
 * for us, and those that do not exist yet, are passed over unread.
 */
final class EventReader implements FrameReader {

  private static final JsonFactory JSON = new JsonFactory();

  private final SdkExchange exchange;
  private final StreamErrors errors;
  private final JsonScanner scanner = new JsonScanner();
  private boolean stopped;

  /** Whether the content block that is open has reasoning as text. */
  private boolean reasoningCame;

  EventReader(SdkExchange exchange, Secrets secrets) {
    this.exchange = exchange;
    this.errors = new StreamErrors(exchange, secrets);
  }

  @Override
  public boolean stopped() {
    return stopped;
  }

  @Override
  public void read(Frame frame) {
    if (!errors.read(frame)) {
      event(frame.header(":event-type"), frame);
    }
  }

  private void event(String type, Frame frame) {
    switch (type) {
      case "contentBlockDelta" -> {
        if (!plainText(frame)) {
          fields(frame, type, this::contentBlockDelta);
        }
      }
      case "contentBlockStart" -> fields(frame, type, this::contentBlockStart);
      case "contentBlockStop" -> reasoningCame = false;
      case "messageStop" -> {
        stopped = true;
        fields(frame, type, this::messageStop);
      }
      case "metadata" -> fields(frame, type, this::metadata);
      default -> {}
    }
  }

  /** Reads the chunks that come by the thousand: one piece of text, and nothing unusual. */
  private boolean plainText(Frame frame) {
    String text = "";
    frame.scan(scanner);
    for (boolean more = scanner.beginObject(); more; more = scanner.nextField()) {
      if (!scanner.named("delta")) {
        scanner.skip();
        continue;
      }
      for (boolean inner = scanner.beginObject(); inner; inner = scanner.nextField()) {
        if (!scanner.named("text") || !text.isEmpty()) {
          scanner.giveUp();
        }
        text = scanner.string();
      }
    }
    boolean plain = scanner.finished() && !text.isEmpty();
    if (plain) {
      exchange.output(OutputKind.CONTENT, text);
    }
    return plain;
  }

  private void contentBlockStart(String name, JsonParser value) throws IOException {
    if (name.equals("start")) {
      fields(
          value,
          (kind, start) -> {
            if (kind.equals("toolUse") && start.currentToken() == JsonToken.START_OBJECT) {
              exchange.outputWithoutText(OutputKind.TOOL_CALL);
            }
          });
    }
  }

  private void contentBlockDelta(String name, JsonParser value) throws IOException {
    if (name.equals("delta")) {
      fields(value, this::delta);
    }
  }

  private void delta(String name, JsonParser value) throws IOException {
    switch (name) {
      case "text" -> output(OutputKind.CONTENT, value);
      case "reasoningContent" -> fields(value, this::reasoning);
      case "toolUse" -> fields(value, this::toolUse);
      case "image", "audio", "video" -> fields(value, this::media);
      default -> {}
    }
  }

  /**
   * A signature without text before it stands for reasoning that the service hides; after text it
   * is only its seal.
   */
  private void reasoning(String name, JsonParser value) throws IOException {
    String text = value.getValueAsString("");
    switch (name) {
      case "text" -> {
        exchange.output(OutputKind.REASONING, text);
        reasoningCame |= !text.isEmpty();
      }
      case "redactedContent" -> hidden(text);
      case "signature" -> hidden(reasoningCame ? "" : text);
      default -> {}
    }
  }

  private void hidden(String reasoning) {
    if (!reasoning.isEmpty()) {
      exchange.outputWithoutText(OutputKind.REASONING);
    }
  }

  private void toolUse(String name, JsonParser value) throws IOException {
    if (name.equals("input")) {
      exchange.output(OutputKind.TOOL_CALL, text(value));
    }
  }

  private void media(String name, JsonParser value) {
    if (name.equals("source") && value.currentToken() == JsonToken.START_OBJECT) {
      exchange.outputWithoutText(OutputKind.MEDIA);
    }
  }

  private void output(OutputKind kind, JsonParser value) throws IOException {
    exchange.output(kind, value.getValueAsString(""));
  }

  /** A text itself, an object as JSON. */
  private static String text(JsonParser value) throws IOException {
    if (!value.currentToken().isStructStart()) {
      return value.getValueAsString("");
    }
    StringWriter json = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(json)) {
      generator.copyCurrentStructure(value);
    }
    return json.toString();
  }

  private void messageStop(String name, JsonParser value) throws IOException {
    if (name.equals("stopReason")) {
      exchange.finish(value.getValueAsString(""));
    }
  }

  private void metadata(String name, JsonParser value) throws IOException {
    switch (name) {
      case "usage" -> {
        UsageCounts counts = new UsageCounts();
        fields(value, counts::read);
        exchange.usage(counts.toUsage());
      }
      case "metrics" ->
          within(value, "latencyMs", millis -> exchange.served(ServedCall.took(millis(millis))));
      case "performanceConfig" ->
          within(value, "latency", mode -> exchange.served(ServedCall.mode(mode.getText())));
      case "serviceTier" ->
          within(value, "type", tier -> exchange.served(ServedCall.tier(tier.getText())));
      case "trace" -> fields(value, this::trace);
      default -> {}
    }
  }

  private void trace(String name, JsonParser value) throws IOException {
    if (name.equals("promptRouter")) {
      within(value, "invokedModelId", id -> exchange.served(ServedCall.model(id.getText())));
    }
  }

  private static OptionalLong millis(JsonParser value) throws IOException {
    return value.currentToken().isNumeric()
        ? ServedCall.millis(value.getDecimalValue())
        : OptionalLong.empty();
  }

  /** What to do with one field of a JSON object; a value that it leaves alone is skipped. */
  @FunctionalInterface
  private interface Field {
    void read(String name, JsonParser value) throws IOException;
  }

  /**
   * Reads one scalar field of an object; an absent one, null, an object or a list is left alone.
   */
  private static void within(JsonParser value, String wanted, Scalar scalar) throws IOException {
    fields(
        value,
        (name, inner) -> {
          if (name.equals(wanted)
              && inner.currentToken().isScalarValue()
              && inner.currentToken() != JsonToken.VALUE_NULL) {
            scalar.read(inner);
          }
        });
  }

  /** What to do with a scalar. */
  @FunctionalInterface
  private interface Scalar {
    void read(JsonParser value) throws IOException;
  }

  private static void fields(Frame frame, String type, Field field) {
    try (JsonParser json = frame.payload(JSON)) {
      json.nextToken();
      fields(json, field);
    } catch (IOException unreadable) {
      // Jackson's own message quotes the payload, which is text of the model.
      throw new MalformedAnswerException("the payload of " + type + " is not valid JSON");
    }
  }

  private static void fields(JsonParser json, Field field) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      return;
    }
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      field.read(name, json);
      json.skipChildren();
    }
  }
}
