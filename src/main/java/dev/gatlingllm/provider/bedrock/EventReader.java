package dev.gatlingllm.provider.bedrock;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.gatlingllm.provider.MalformedAnswerException;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.json.JsonScanner;
import java.io.IOException;

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
      default -> {}
    }
  }

  private void reasoning(String name, JsonParser value) throws IOException {
    if (name.equals("text")) {
      output(OutputKind.REASONING, value);
    }
  }

  private void toolUse(String name, JsonParser value) throws IOException {
    if (name.equals("input")) {
      output(OutputKind.TOOL_CALL, value);
    }
  }

  private void output(OutputKind kind, JsonParser value) throws IOException {
    exchange.output(kind, value.getValueAsString(""));
  }

  private void messageStop(String name, JsonParser value) throws IOException {
    if (name.equals("stopReason")) {
      exchange.finish(value.getValueAsString(""));
    }
  }

  private void metadata(String name, JsonParser value) throws IOException {
    if (name.equals("usage")) {
      UsageCounts counts = new UsageCounts();
      fields(value, counts::read);
      exchange.usage(counts.toUsage());
    }
  }

  /** What to do with one field of a JSON object; a value that it leaves alone is skipped. */
  @FunctionalInterface
  private interface Field {
    void read(String name, JsonParser value) throws IOException;
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
