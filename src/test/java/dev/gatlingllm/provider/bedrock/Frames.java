package dev.gatlingllm.provider.bedrock;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.eventstream.HeaderValue;
import software.amazon.awssdk.eventstream.Message;

/** Frames as the service writes them, made by the encoder of AWS. */
final class Frames {

  private Frames() {}

  static byte[] text(String text) {
    return delta("{\"text\":\"" + text + "\"}");
  }

  static byte[] delta(String delta) {
    return event(
        "contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":" + delta + ",\"p\":\"abcdef\"}");
  }

  static byte[] stop(String reason) {
    return event("messageStop", "{\"stopReason\":\"" + reason + "\",\"p\":\"abc\"}");
  }

  static byte[] usage(int input, int output) {
    return event(
        "metadata",
        "{\"metrics\":{\"latencyMs\":551},\"usage\":{\"inputTokens\":"
            + input
            + ",\"outputTokens\":"
            + output
            + ",\"totalTokens\":"
            + (input + output)
            + "}}");
  }

  static byte[] event(String type, String payload) {
    return frame(
        Map.of(":event-type", type, ":content-type", "application/json", ":message-type", "event"),
        payload);
  }

  static byte[] exception(String type, String payload) {
    return frame(
        Map.of(
            ":exception-type",
            type,
            ":content-type",
            "application/json",
            ":message-type",
            "exception"),
        payload);
  }

  static byte[] frame(Map<String, String> headers, String payload) {
    Map<String, HeaderValue> values = new LinkedHashMap<>();
    headers.forEach((name, value) -> values.put(name, HeaderValue.fromString(value)));
    return encoded(values, payload);
  }

  static byte[] encoded(Map<String, HeaderValue> headers, String payload) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new Message(headers, payload.getBytes(StandardCharsets.UTF_8)).encode(bytes);
    return bytes.toByteArray();
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }
}
