package dev.gatlingllm.provider.bedrock;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.MalformedAnswerException;
import java.io.IOException;
import java.util.Locale;

/** Reads the frames that end a stream with an error, which all of Bedrock's streams have. */
record StreamErrors(SdkExchange exchange, Secrets secrets) {

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * Reads a frame if it is an error.
   *
   * @return false if it is an event, which is left unread
   * @throws MalformedAnswerException if it is neither
   */
  boolean read(Frame frame) {
    switch (frame.header(":message-type")) {
      case "event" -> {
        return false;
      }
      case "exception" -> broken(frame.header(":exception-type"), messageOf(frame));
      case "error" -> broken(frame.header(":error-code"), frame.header(":error-message"));
      default -> throw new MalformedAnswerException("a frame is neither event nor exception");
    }
    return true;
  }

  /**
   * Ends the exchange.
   *
   * @param type a word, or the name of an AWS shape with its namespace, as {@code __type} may have
   */
  void broken(String type, String message) {
    String code = type.substring(type.lastIndexOf('#') + 1);
    String reason =
        code.isEmpty() && message.isEmpty() ? "an exception without type or message" : message;
    exchange.failed(
        new Failure(kind(code), exchange.status(), secrets.mask(code), secrets.mask(reason)));
  }

  /** Bedrock's own words, which mean the same as before the stream, and Anthropic's. */
  private static Failure.Kind kind(String code) {
    return switch (code.toLowerCase(Locale.ROOT)) {
      case "throttlingexception", "servicequotaexceededexception", "rate_limit_error" ->
          Failure.Kind.THROTTLED;
      default -> Failure.Kind.BROKEN;
    };
  }

  private static String messageOf(Frame frame) {
    try (JsonParser json = frame.payload(JSON)) {
      return json.nextToken() == JsonToken.START_OBJECT ? message(json) : frame.text();
    } catch (IOException unreadable) {
      // An exception need not be JSON; what it is, the frame says.
      return frame.text();
    }
  }

  private static String message(JsonParser json) throws IOException {
    String message = "";
    String words = null;
    Integer status = null;
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      if (name.equalsIgnoreCase("message")) {
        message = json.getValueAsString("");
      } else if (name.equals("originalMessage")) {
        words = json.getValueAsString("");
      } else if (name.equals("originalStatusCode") && json.getValueAsInt(0) > 0) {
        status = json.getValueAsInt();
      }
      json.skipChildren();
    }
    return (message + OriginalError.text(status, words)).strip();
  }
}
