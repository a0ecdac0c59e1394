package dev.gatlingllm.provider.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.SerializedListener;
import dev.gatlingllm.provider.chat.RepeatedOutput.Level;

/**
 * Tells the output that the items of a Responses answer hold, each once. One per call. Not safe for
 * use by several threads.
 */
final class ResponsesOutput {

  private final SerializedListener listener;
  private final RepeatedOutput characters = new RepeatedOutput();
  private final RepeatedOutput calls = new RepeatedOutput();

  ResponsesOutput(SerializedListener listener) {
    this.listener = listener;
  }

  /** A piece of text. */
  void piece(long nanos, OutputKind kind, String text) {
    characters.told(kind, text.length());
    listener.output(nanos, kind, text);
  }

  /** A text that may have come in pieces or at a lower level. */
  void text(long nanos, Level level, OutputKind kind, String text) {
    if (characters.isNew(level, kind, text.length())) {
      listener.output(nanos, kind, text);
    }
  }

  /** A piece of sound or a preview of an image. */
  void media(long nanos) {
    listener.outputWithoutText(nanos, OutputKind.MEDIA);
  }

  /** An item begins: one that calls a tool names it. */
  void begins(long nanos, JsonNode item) {
    if (isCall(type(item))) {
      calls.told(OutputKind.TOOL_CALL, 1);
      listener.outputWithoutText(nanos, OutputKind.TOOL_CALL);
    }
  }

  /** An item as a whole. */
  void item(long nanos, Level level, JsonNode item) {
    String type = type(item);
    if (type.equals("reasoning")) {
      reasoning(nanos, level, item);
    } else if (type.equals("message")) {
      item.path("content").forEach(part -> part(nanos, level, part));
    } else if (type.equals("image_generation_call")) {
      withoutText(nanos, level, OutputKind.MEDIA);
    } else if (isCall(type)) {
      call(nanos, level, item);
    }
  }

  /** A part of a message or of reasoning. */
  void part(long nanos, Level level, JsonNode part) {
    switch (type(part)) {
      case "summary_text" ->
          text(nanos, level, OutputKind.REASONING_SUMMARY, part.path("text").asText(""));
      case "reasoning_text" ->
          text(nanos, level, OutputKind.REASONING, part.path("text").asText(""));
      case "refusal" -> text(nanos, level, OutputKind.CONTENT, part.path("refusal").asText(""));
      case "output_audio", "audio" -> audio(nanos, level, part.path("transcript").asText(""));
      case "output_image", "image" -> withoutText(nanos, level, OutputKind.MEDIA);
      default -> text(nanos, level, OutputKind.CONTENT, part.path("text").asText(""));
    }
  }

  private void audio(long nanos, Level level, String transcript) {
    if (transcript.isEmpty()) {
      withoutText(nanos, level, OutputKind.MEDIA);
    } else {
      text(nanos, level, OutputKind.MEDIA, transcript);
    }
  }

  private void reasoning(long nanos, Level level, JsonNode item) {
    for (JsonNode part : item.path("summary")) {
      text(nanos, level, OutputKind.REASONING_SUMMARY, part.path("text").asText(""));
    }
    for (JsonNode part : item.path("content")) {
      text(nanos, level, OutputKind.REASONING, part.path("text").asText(""));
    }
    if (!item.path("encrypted_content").asText("").isEmpty()) {
      withoutText(nanos, level, OutputKind.REASONING);
    }
  }

  private void call(long nanos, Level level, JsonNode item) {
    String arguments = arguments(item);
    boolean begun = !calls.isNew(level, OutputKind.TOOL_CALL, 1);
    if (arguments.isEmpty() && !begun) {
      listener.outputWithoutText(nanos, OutputKind.TOOL_CALL);
    }
    text(nanos, level, OutputKind.TOOL_CALL, arguments);
  }

  private static String arguments(JsonNode item) {
    for (String field : new String[] {"arguments", "input", "code"}) {
      JsonNode value = item.path(field);
      if (value.isContainerNode()) {
        return value.toString();
      }
      if (!value.asText("").isEmpty()) {
        return value.asText();
      }
    }
    return "";
  }

  private void withoutText(long nanos, Level level, OutputKind kind) {
    if (calls.isNew(level, kind, 1)) {
      listener.outputWithoutText(nanos, kind);
    }
  }

  private static String type(JsonNode node) {
    return node.path("type").asText("");
  }

  /** Its result, such as {@code function_call_output}, is not the model's. */
  private static boolean isCall(String type) {
    return (type.endsWith("_call") && !type.equals("image_generation_call"))
        || type.equals("mcp_approval_request");
  }
}
